import { commandWorkflow, parseWorkflowId, type WorkflowCommand } from '../../shared/campaign/actions/workflows';
import type { Operation } from '../../shared/execution/operation';
import { maxRequestsInFlightOption, requestsPerSecondOption, waitForCampaignOption } from '../../shared/ui/options/paceOptions';
import { deadlineOption, pollIntervalOption, readPatience } from '../../shared/ui/options/patience';
import { timeoutOption } from '../../shared/ui/options/timeoutOption';
import { workflowIdProperty } from './workflowId';

/** POST of a command (Adobe: "Controlling a workflow"); the four of them differ in a word. */
export function commandOperation(value: WorkflowCommand, texts: Pick<Operation, 'name' | 'action' | 'description'>): Operation {
  return {
    value,
    ...texts,
    properties: [
      workflowIdProperty,
      {
        displayName: 'Options',
        name: 'options',
        type: 'collection',
        placeholder: 'Add option',
        default: {},
        options: [
          deadlineOption,
          maxRequestsInFlightOption,
          pollIntervalOption,
          requestsPerSecondOption,
          timeoutOption,
          waitForCampaignOption,
          {
            displayName: 'Wait Until Reached',
            name: 'waitUntilReached',
            type: 'boolean',
            default: false,
            description: 'Whether to go on only when the workflow has reached the state. Deadline and Poll Interval apply to this.',
          },
        ],
      },
    ],

    async run(client, item) {
      const id = parseWorkflowId(item.value('workflowId'));
      const patience = item.flag('options.waitUntilReached') ? readPatience(item) : undefined;
      return await item.inOrder(id, async () => [
        { id, command: value, ...(await commandWorkflow(client, item.clock, id, value, patience)) },
      ]);
    },
  };
}
