import type { INodeProperties } from 'n8n-workflow';

/** Says which workflow is meant. Campaign lists no workflows, so there is nothing to choose from. */
export const workflowIdProperty: INodeProperties = {
  displayName: 'Workflow ID',
  name: 'workflowId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. WKF42',
  description: "The ID in the workflow's properties in Campaign. It changes when the workflow is given another ID there.",
};
