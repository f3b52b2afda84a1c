import type { INode, INodeParameters } from 'n8n-workflow';

import { chain, locator, profileStep, updateParameters } from '../support/workflows';
import type { Execution, WorkflowRecord } from '../host/client';
import type { Session } from './session';

/** The address of the person that the simulator always has. */
export const AMY = 'amy.dakota@mail.com';

/** What connections are counted and times are taken with: how many updates, how many at a time, how late Campaign answers. */
export const UPDATES = 200;
export const MOST_IN_FLIGHT = 8;
export const LATENCY_MS = 10;

/** A built-in step that puts out one item for each object. */
function items(objects: INodeParameters[]): INode[] {
  const settings = { position: [0, 0] as [number, number] };
  return [
    {
      ...settings,
      id: 'rows',
      name: 'Rows',
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows: objects }), options: {} },
    },
    {
      ...settings,
      id: 'each',
      name: 'Each',
      type: 'n8n-nodes-base.splitOut',
      typeVersion: 1,
      parameters: { fieldToSplitOut: 'rows', options: {} },
    },
  ];
}

/** A workflow of rows and one step of the profile node. */
export function overRows(rows: INodeParameters[], parameters: INodeParameters, settings: Partial<INode> = {}): WorkflowRecord {
  const { nodes, connections } = chain(...items(rows), profileStep('Step', parameters, settings));
  return { name: 'Compatibility', nodes: nodes.map((node) => ({ ...node })), connections: { ...connections } };
}

/** Updates the phone of each row's `email`. */
export function updateByEmail(more: INodeParameters = {}): INodeParameters {
  return updateParameters(locator('email', '={{ $json.email }}'), { phone: '={{ $json.phone }}' }, more);
}

/** Stores a workflow and runs it. */
export async function runOnce({ host }: Session, workflow: WorkflowRecord): Promise<Execution> {
  const { id } = await host.client.createWorkflow(workflow);
  return await host.client.run(id, { withinMs: 90_000 });
}

/** What the step put out: one list for each of its outputs. */
export function outputs(execution: Execution): Array<Array<Record<string, unknown>>> {
  const main = execution.nodeRuns.Step?.[0]?.data?.main ?? [];
  return main.map((list) => (list ?? []).map(({ json }) => json));
}
