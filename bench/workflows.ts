import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../test/support/engine';
import { automaticUpdateParameters, chain, CREDENTIAL_ID, locator, profileStep, updateParameters } from '../test/support/workflows';
import { FIELDS } from './update';

/** Name of the step that is measured, and of the one that tells. */
export const STEP = 'Step';
export const METER = 'Meter';

const credentials = { adobeCampaignApi: { id: CREDENTIAL_ID, name: 'Adobe Campaign' } };

/** Every contestant goes on after an item that failed, so that all do the same work. */
const onError = 'continueRegularOutput';

/** An expression for a field, as the editor stores it. */
const dragged = (name: string): string => `={{ $json.${name} }}`;
const expressions = FIELDS.map((name) => ({ name, value: dragged(name) }));

/** n8n's HTTP Request node as a user would set it up: its defaults, which send everything at once. */
export function httpRequestStep(profilesUrl: string): INode {
  return httpStep('PATCH', `=${profilesUrl}/{{ $json.PKey }}`, { sendBody: true, bodyParameters: { parameters: expressions } });
}

function httpStep(method: string, url: string, more: INodeParameters): INode {
  return step('n8n-nodes-base.httpRequest', 4.5, {
    method,
    url,
    authentication: 'predefinedCredentialType',
    nodeCredentialType: 'adobeCampaignApi',
    sendHeaders: true,
    headerParameters: { parameters: [{ name: 'Cache-Control', value: 'no-cache' }] },
    ...more,
    options: {},
  });
}

/** The least that one would write oneself. */
export function loopStep(profilesUrl: string): INode {
  return step('CUSTOM.benchLoop', 1, { address: profilesUrl });
}

/** Puts out answers without asking for them. */
export function readyStep(profilesUrl: string): INode {
  return step('CUSTOM.benchReady', 1, { address: profilesUrl });
}

/** This package, everything read from the columns of the input. */
export function automaticStep(): INode {
  return profileStep(STEP, automaticUpdateParameters('PKey'), { onError });
}

/**
 * This package, with expressions as the HTTP Request node has them.
 *
 * @param expression for a field
 */
export function expressionsStep(expression = dragged): INode {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, expression(name)]));
  return profileStep(STEP, updateParameters(locator('pKey', '={{ $json.PKey }}'), fields), { onError });
}

/** This package, every row looked up by its email and updated where it differs. */
export function syncStep(lookUp: 'fromList' | 'oneByOne'): INode {
  const fields = { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] };
  return profileStep(STEP, { operation: 'upsert', fields, options: { lookUp } }, { onError });
}

/** The same as a user would build it: search by email, compare, PATCH what differs; both branches come together for the meter. */
export function httpSyncWorkflow(profilesUrl: string, syncFile: string, count: number): WorkflowJson {
  const rowField = (name: string): string => `={{ $('Items').item.json.${name} }}`;
  const search = {
    ...httpStep('GET', `=${profilesUrl}/byEmail`, {
      sendQuery: true,
      queryParameters: { parameters: [{ name: 'email', value: '={{ $json.email }}' }] },
    }),
    name: 'Search',
    id: 'Search',
  };
  const differs: INode = {
    ...step('n8n-nodes-base.if', 2.2, {
      conditions: {
        options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
        combinator: 'and',
        conditions: [
          {
            id: 'differs',
            leftValue: '={{ $json.content?.[0]?.phone }}',
            rightValue: rowField('phone'),
            operator: { type: 'string', operation: 'notEquals' },
          },
        ],
      },
      options: {},
    }),
    name: 'Differs',
    id: 'Differs',
  };
  const patch = httpStep('PATCH', '={{ $json.content[0].href }}', {
    sendBody: true,
    bodyParameters: { parameters: [{ name: 'phone', value: rowField('phone') }] },
  });
  const merge: INode = { ...step('n8n-nodes-base.merge', 3, { mode: 'append' }), name: 'Merge', id: 'Merge' };
  const { nodes, connections } = measuredWorkflow(patch, syncFile, count);
  const to = (node: string, index = 0) => [{ node, type: 'main' as const, index }];
  const branches: IConnections = {
    ...connections,
    Items: { main: [to('Search')] },
    Search: { main: [to('Differs')] },
    Differs: { main: [to(STEP), to('Merge', 1)] },
    [STEP]: { main: [to('Merge')] },
    Merge: { main: [to(METER)] },
  };
  return { nodes: [...nodes, search, differs, merge], connections: branches };
}

/** Items from the file, the step, the meter. */
export function measuredWorkflow(measured: INode, itemsFile: string, count: number): WorkflowJson {
  const items = { ...step('CUSTOM.benchItems', 1, { file: itemsFile, count }), name: 'Items', id: 'Items' };
  const meter = { ...step('CUSTOM.benchMeter', 1, {}), name: METER, id: METER };
  return chain(items, measured, meter);
}

function step(type: string, typeVersion: number, parameters: INodeParameters): INode {
  return { id: STEP, name: STEP, type, typeVersion, position: [0, 0], parameters, credentials, onError };
}
