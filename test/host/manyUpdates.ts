import type { INode, INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { chain, locator, profileStep, updateParameters } from '../support/workflows';
import type { WorkflowRecord } from './client';

const builtIn = (name: string, type: string, typeVersion: number, parameters: INodeParameters): INode => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [0, 0],
  parameters,
});

/** How the steps of `manyUpdates` are called. */
export const UPDATE_STEP = 'Update';

/**
 * A workflow that updates the phones of the first profiles of a simulator, one item each, by expressions.
 * @param items how many profiles
 * @param requestsInFlight most requests at a time
 */
export function manyUpdates(simulator: Simulator, items: number, requestsInFlight: number): WorkflowRecord {
  const people = simulator.profiles
    .all()
    .slice(0, items)
    .map((profile, index) => ({ key: simulator.profiles.keyOf(profile), phone: `${1000 + index}` }));
  const { nodes, connections } = chain(
    builtIn('People', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ people }), options: {} }),
    builtIn('Each', 'splitOut', 1, { fieldToSplitOut: 'people', options: {} }),
    profileStep(
      UPDATE_STEP,
      updateParameters(
        locator('pKey', '={{ $json.key }}'),
        { phone: '={{ $json.phone }}' },
        { options: { maxRequestsInFlight: requestsInFlight } },
      ),
    ),
  );
  return { name: `Update ${items} profiles`, nodes: nodes.map((node) => ({ ...node })), connections: { ...connections } };
}
