/** n8n's engine with this package in it, in a process that trusts the simulator: where the quick run takes place. */
import { Engine } from '../../test/support/engine';
import { simulatorCredential } from '../../test/support/simulatorCredential';
import { CREDENTIAL_ID } from '../../test/support/workflows';
import type { EngineCalls } from './engine';
import { BenchItems } from '../nodes/BenchItems.node';
import { BenchLoop } from '../nodes/BenchLoop.node';
import { BenchMeter } from '../nodes/BenchMeter.node';
import { serve } from './process';
import { METER, STEP } from '../workflows';
import { readOutcome } from '../outcome';

const engine = Engine.load({
  'CUSTOM.benchItems': new BenchItems(),
  'CUSTOM.benchLoop': new BenchLoop(),
  'CUSTOM.benchMeter': new BenchMeter(),
});

serve<EngineCalls>({
  async credential(access) {
    (await engine).setCredential(CREDENTIAL_ID, 'adobeCampaignApi', simulatorCredential(access));
  },

  async run(workflow) {
    const result = await (await engine).run(workflow);
    if (result.error) throw result.error;
    return readOutcome(result.task(STEP).executionTime, result.json(METER)[0]);
  },
});
