import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from './engine';

/** The credential that the tests' workflows use; the same id as in the examples. */
export const CREDENTIAL_ID = 'adobeCampaignDemo';

/** Makes a step from its name and parameters. */
export type StepMaker = (name: string, parameters: INodeParameters, settings?: Partial<INode>) => INode;

/**
 * Most tests are about the standard API, which the step names where it stood before it was an option; those about the choice of
 * the API set `options.api`, or `api` to ''.
 */
const STANDARD = { api: 'profileAndServices' };

/** A step of the Adobe Campaign Profile node. */
export function profileStep(name: string, parameters: INodeParameters, settings: Partial<INode> = {}): INode {
  return step('adobeCampaignProfile', name, { resource: 'profile', ...STANDARD, ...parameters }, settings);
}

/** Makes steps of the Adobe Campaign node for one resource. */
export function campaignStep(resource: string): StepMaker {
  return (name, parameters, settings = {}) =>
    step('adobeCampaign', name, { resource, ...(resource === 'service' ? STANDARD : {}), ...parameters }, settings);
}

function step(node: string, name: string, parameters: INodeParameters, settings: Partial<INode>): INode {
  return {
    id: name,
    name,
    type: `n8n-nodes-adobe-campaign.${node}`,
    typeVersion: 1,
    position: [0, 0],
    parameters,
    credentials: { adobeCampaignApi: { id: CREDENTIAL_ID, name: 'Adobe Campaign' } },
    ...settings,
  };
}

/** The Adobe Campaign Profile Trigger. */
export function triggerStep(parameters: INodeParameters = {}): INode {
  return step('adobeCampaignProfileTrigger', 'Trigger', { ...STANDARD, ...parameters }, {});
}

/** A resource locator's value as the editor stores it. */
export function locator(mode: 'list' | 'pKey' | 'url' | 'email' | 'customKey', value: string): INodeParameters {
  return { __rl: true, mode, value };
}

/** Parameters of Get. */
export function getParameters(profile: INodeParameters, more: INodeParameters = {}): INodeParameters {
  return { operation: 'get', profile, ...more };
}

/** Parameters of Update with fields that somebody filled in. */
export function updateParameters(profile: INodeParameters, value: INodeParameters, more: INodeParameters = {}): INodeParameters {
  return {
    operation: 'update',
    identifyBy: 'profile',
    profile,
    fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
    ...more,
  };
}

/** Parameters of Update that takes everything from the columns of the input. */
export function automaticUpdateParameters(column: string, more: INodeParameters = {}): INodeParameters {
  return {
    operation: 'update',
    identifyBy: 'matchingColumn',
    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
    ...more,
  };
}

/** Start, then the steps one after the other along their first output. */
export function chain(...steps: INode[]): WorkflowJson {
  const start: INode = {
    id: 'start',
    name: 'Start',
    type: 'n8n-nodes-base.manualTrigger',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  };
  const nodes = [start, ...steps];
  const connections: IConnections = {};
  nodes.slice(1).forEach((step, index) => {
    const before = nodes[index];
    if (before) connections[before.name] = { main: [[{ node: step.name, type: 'main', index: 0 }]] };
  });
  return { nodes, connections };
}
