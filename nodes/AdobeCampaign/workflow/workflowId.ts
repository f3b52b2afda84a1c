import type { INodeProperties } from 'n8n-workflow';

import { WORKFLOW_ID_ADVICE } from '../../shared/campaign/actions/workflows';
import type { Item } from '../../shared/execution/item';

const TITLE = 'Workflow ID';

/** Says which workflow is meant. Campaign lists no workflows, so there is nothing to choose from. */
export const workflowIdProperty: INodeProperties = {
  displayName: TITLE,
  name: 'workflowId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. WKF42',
  description: "The ID in the workflow's properties in Campaign. It changes when the workflow is given another ID there.",
};

/**
 * Reads which workflow is meant for one item.
 *
 * @throws CampaignError `invalidInput`
 */
export function readWorkflowId(item: Item): string {
  return item.key('workflowId', TITLE, WORKFLOW_ID_ADVICE);
}
