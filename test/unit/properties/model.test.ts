import fc from 'fast-check';

import { subscription } from '../../../nodes/AdobeCampaignProfile/subscription';
import { profile } from '../../../nodes/AdobeCampaignProfile/profile';
import { findOperation } from '../../../nodes/shared/execution/operation';
import { startSimulator, type Dialect, type Simulator } from '../../simulator';
import { lifeRuns, ProfileLife, type LifeStep } from '../../support/profileLife/life';
import { sample } from '../../support/sample';
import { InProcess } from '../support/inProcess';

/** Sequences of up to eight runs. More on a quiet machine: MODEL_RUNS=5000; a failure prints its seed, MODEL_SEED repeats it. */
const RUNS = Number(process.env.MODEL_RUNS ?? sample(100));
const SEED = Number(process.env.MODEL_SEED ?? 20_261_125);

jest.setTimeout(3_600_000);

describe.each<Dialect>(['v8', 'acs'])(`the life of profiles in Campaign %s, MODEL_SEED=${SEED}`, (dialect) => {
  let simulator: Simulator;
  beforeAll(async () => void (simulator = await startSimulator({ dialect, profiles: 0, seed: SEED, settings: { freshKeys: true } })));
  afterAll(async () => await simulator.close());

  it('is what the items said, whatever goes wrong on the way', async () => {
    await fc.assert(
      fc.asyncProperty(lifeRuns('any'), async (runs) => {
        const life = new ProfileLife(simulator);
        const steps = new InProcess(simulator);
        const perform = async ({ resource, operation: name, parameters, items }: LifeStep) => {
          const operation = findOperation([profile, subscription], resource, name);
          if (!operation) throw new Error(`There is no operation '${name}' for '${resource}'`);
          const { outcomes } = await steps.run(operation, parameters, items);
          return outcomes.map((outcome) => ('error' in outcome ? { reason: outcome.error.details.reason } : outcome));
        };
        for (const run of runs) await life.live(run, perform);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
