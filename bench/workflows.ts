import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../test/support/engine';
import { automaticUpdateParameters, chain, CREDENTIAL_ID, locator, profileStep, updateParameters } from '../test/support/workflows';
import { FIELDS } from './update';

/** Name of the step that is measured, and of the one that tells. */
export const STEP = 'Step';
export const METER = 'Meter';

const credentials = { adobeCampaignApi: { id: CREDENTIAL_ID, name: 'Adobe Campaign' } };

/** Every contestant goes on after an item that failed, so that all do the same work. */
const onError = 'continueRegularOutput';

/** An expression for every field, as the editor stores it. */
const expressions = FIELDS.map((name) => ({ name, value: `={{ $json.${name} }}` }));

/** n8n's HTTP Request node as a user would set it up: its defaults, which send everything at once. */
export function httpRequestStep(profilesUrl: string): INode {
  return step('n8n-nodes-base.httpRequest', 4.5, {
    method: 'PATCH',
    url: `=${profilesUrl}/{{ $json.PKey }}`,
    authentication: 'predefinedCredentialType',
    nodeCredentialType: 'adobeCampaignApi',
    sendHeaders: true,
    headerParameters: { parameters: [{ name: 'Cache-Control', value: 'no-cache' }] },
    sendBody: true,
    bodyParameters: { parameters: expressions },
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

/** This package, with the expressions that the HTTP Request node has. */
export function expressionsStep(): INode {
  const fields = Object.fromEntries(expressions.map(({ name, value }) => [name, value]));
  return profileStep(STEP, updateParameters(locator('pKey', '={{ $json.PKey }}'), fields), { onError });
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
