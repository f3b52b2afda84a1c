import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowRecord } from '../host/client';

const CREDENTIALS = { adobeCampaignApi: { id: 'adobeCampaignDemo', name: 'Adobe Campaign (simulator)' } };
/** As somebody exports it from a spreadsheet. */
const FILE = [
  'E-Mail;First name;LAST_NAME;Birth date;Comment',
  'amy.dakota@mail.com;Amy;Dakota;24.10.1980;an old friend',
  'nora.berg@mail.com;Nora;Berg;01.02.1990;from the fair',
  'lars.holm@mail.com;Lars;Holm;31.12.1975;',
].join('\n');

/** A profile that is found, and a step behind it that has nobody chosen yet. */
export function getAndGetWorkflow(): WorkflowRecord {
  const get = (name: string, mode: string, value: string): INode => ({
    ...step(name, 'n8n-nodes-adobe-campaign.adobeCampaignProfile', 1, {
      resource: 'profile',
      operation: 'get',
      profile: { __rl: true, mode, value },
    }),
    credentials: CREDENTIALS,
  });
  return chained('Get and get', [
    step('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
    get('Get profile', 'email', 'amy.dakota@mail.com'),
    get('Get profile again', 'list', ''),
  ]);
}

/** A CSV, read by n8n's own steps, goes through Create or Update with automatic mapping. */
export function csvWorkflow(options: INodeParameters): WorkflowRecord {
  const importing = step('Create or update profiles', 'n8n-nodes-adobe-campaign.adobeCampaignProfile', 1, {
    resource: 'profile',
    operation: 'upsert',
    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
    options,
  });
  return chained('A CSV from a spreadsheet', [
    step('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
    step('Text', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ csv: FILE }), options: {} }),
    step('File', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'toText', sourceProperty: 'csv', options: {} }),
    step('Rows', 'n8n-nodes-base.extractFromFile', 1, { operation: 'csv', options: { delimiter: ';' } }),
    { ...importing, credentials: CREDENTIALS },
  ]);
}

function step(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
  return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

/** A workflow of steps one behind the other. */
function chained(name: string, steps: INode[]): WorkflowRecord {
  const nodes = steps.map((made, index) => ({ ...made, position: [220 * index, 0] }));
  const connections = Object.fromEntries(
    steps.slice(0, -1).map((made, index) => [made.name, { main: [[{ node: steps[index + 1]?.name ?? '', type: 'main', index: 0 }]] }]),
  );
  return { name, nodes, connections };
}
