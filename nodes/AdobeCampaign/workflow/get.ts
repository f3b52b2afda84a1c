import type { IDataObject } from 'n8n-workflow';

import { findWorkflow, type Workflow } from '../../shared/campaign/actions/workflows';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { readSimplify, simplifyProperty } from '../../shared/ui/record/simplifyOption';
import { readWorkflowId, workflowIdProperty } from './workflowId';

/** GET of one workflow (Adobe: "Triggering a signal activity"). */
export const get: Operation = {
  value: 'get',
  name: 'Get',
  action: 'Get workflow',
  description: 'Retrieve the state of a workflow, its activities and its signals',
  properties: [workflowIdProperty, simplifyProperty, optionsProperty()],

  async run(client, item) {
    const isSimplified = readSimplify(item);
    const workflow = await findWorkflow(client, readWorkflowId(item));
    return [isSimplified ? summaryOf(workflow) : workflow.record];
  },
};

/** Attributes of a signal go along: Campaign Standard lists its parameters there. */
function summaryOf({ id, state, activities, record }: Workflow): IDataObject {
  return {
    id,
    state,
    activities: activities.map(({ name }) => name),
    signals: activities
      .filter(({ trigger }) => trigger !== undefined)
      .map(({ name, trigger, attributes }) => ({ name, ...attributes, trigger })),
    PKey: record.PKey,
    href: record.href,
  };
}
