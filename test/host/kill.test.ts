import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { faultActions, startSimulator, type Simulator } from '../simulator';
import type { WorkflowRecord } from './client';
import { demoCredential, readExamples } from './demo';
import { startHost, type Host } from './host';
import { poll } from './support/poll';

const CHANGED = 5;

/** Writes into a field of every profile that changed; the example, changed. */
function workflow(id: string, field: string, repeatUnfinished: boolean): WorkflowRecord & { id: string } {
  const example = readExamples().find((candidate) => candidate.id === 'adobeCampaignTriggerUpdate');
  if (!example) throw new Error('The example is missing');
  const { nodes, ...rest } = structuredClone(example);
  for (const node of nodes) {
    const parameters = node.parameters as IDataObject;
    if ('event' in parameters) parameters.options = { startDate: '2026-01-15T09:01:00Z', repeatUnfinished };
    if ('fields' in parameters) Object.assign(parameters.fields as IDataObject, { value: { [field]: 'handed over' } });
  }
  return { ...rest, nodes, id, name: id };
}

describe('an n8n that is killed while an execution has profiles of the trigger', () => {
  let simulator: Simulator;
  let host: Host;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'n8n-killed-'));

  beforeAll(async () => {
    simulator = await startSimulator();
    host = await startHost({ folder, credentials: [demoCredential(simulator)] });
  }, 180_000);
  afterAll(async () => {
    await host.stop();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }, 60_000);

  it('hands them over again with Repeat Unfinished, and loses them without', async () => {
    simulator.clock.advance(120_000);
    const changed = simulator.profiles.all().slice(0, CHANGED);
    for (const { id } of changed) simulator.profiles.update(id, { phone: '4401020304' });
    simulator.faults.add({ method: 'PATCH', action: faultActions.stallBefore });
    for (const [id, field, repeats] of [
      ['keeps', 'salutation', true],
      ['loses', 'middleName', false],
    ] as const) {
      await host.client.createWorkflow(workflow(id, field, repeats));
      await host.client.activate(id);
    }
    const underWay = async () => simulator.stats.received.filter(({ method }) => method === 'PATCH').length >= 2 || undefined;
    expect(await poll(underWay, { withinMs: 30_000 })).toBe(true);
    await host.kill();
    simulator.faults.clear();

    host = await startHost({ folder });
    const has = (field: 'salutation' | 'middleName') =>
      changed.filter(({ id }) => simulator.profiles.get(id)?.[field] === 'handed over').length;
    const isBack = async () => has('salutation') === CHANGED || undefined;
    expect(await poll(isBack, { withinMs: 60_000 })).toBe(true);
    expect(has('middleName')).toBe(0);
  }, 240_000);
});
