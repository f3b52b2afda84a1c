import { commandWorkflow, type WorkflowCommand } from '../../shared/campaign/actions/workflows';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { deadlineOption, pollIntervalOption, readPatience } from '../../shared/ui/options/patience';
import { readWorkflowId, workflowIdProperty } from './workflowId';

/** POST of a command (Adobe: "Controlling a workflow"); the four of them differ in a word. */
export function commandOperation(value: WorkflowCommand, texts: Pick<Operation, 'name' | 'action' | 'description'>): Operation {
  return {
    value,
    ...texts,
    writes: true,
    properties: [
      workflowIdProperty,
      optionsProperty(deadlineOption, pollIntervalOption, {
        displayName: 'Wait Until Reached',
        name: 'waitUntilReached',
        type: 'boolean',
        default: false,
        description: 'Whether to go on only when the workflow has reached the state. Deadline and Poll Interval apply to this.',
      }),
    ],

    async run(client, item) {
      const id = readWorkflowId(item);
      const patience = item.flag('options.waitUntilReached', 'Wait Until Reached') ? readPatience(item) : undefined;
      return await item.inOrder(id, async () => {
        const result = await commandWorkflow(client, item.polling, { id, command: value }, patience);
        if (result.outcome) item.tellOutcome(result.outcome);
        return [{ id, command: value, ...result }];
      });
    },
  };
}
