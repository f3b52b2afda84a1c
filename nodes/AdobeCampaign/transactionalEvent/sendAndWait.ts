import { awaitEnd, checkDelivered, sendEvent } from '../../shared/campaign/actions/events';
import { invalidInput } from '../../shared/campaign/error';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { deadlineOption, pollIntervalOption, readPatience } from '../../shared/ui/options/patience';
import { simplifyProperty } from '../../shared/ui/record/simplifyOption';
import { readMessage } from './message';
import { messageOptions, messageProperties } from './messageProperties';
import { plannedEvent, readEventOutput } from './eventOutput';
import { baseTenantOption, eventIdProperty, readTarget } from './target';

/** POST of one event, then GETs until it has come to its end (Adobe: "Managing transactional messages"). */
export const sendAndWait: Operation = {
  // n8n keeps `sendAndWait` for steps that wait for a person's answer, and treats them differently.
  value: 'sendAndWaitForStatus',
  name: 'Send and Wait',
  action: 'Send transactional event and wait',
  description: 'Make Campaign send one person the message of an event, and go on when it is processed',
  writes: true,
  addsEachTime: true,
  properties: [
    eventIdProperty,
    ...messageProperties,
    simplifyProperty,
    optionsProperty(baseTenantOption, ...messageOptions, deadlineOption, pollIntervalOption, {
      displayName: 'When Not Delivered',
      name: 'whenNotDelivered',
      type: 'options',
      options: [
        { name: 'Fail', value: 'fail', description: 'Stop, and say how the event ended' },
        { name: 'Return', value: 'return', description: 'Return the event with its status, to branch on it' },
      ],
      default: 'fail',
      description: 'What to do when the event ends without reaching the person',
    }),
  ],

  async run(client, item) {
    const target = readTarget(item, client.instance);
    const { body, scheduledAt } = readMessage(item);
    const patience = readPatience(item);
    const shape = readEventOutput(item);
    const whenNotDelivered = item.choice('options.whenNotDelivered', 'When Not Delivered', ['fail', 'return']);
    if (scheduledAt !== undefined && scheduledAt > item.clock.now() + patience.deadlineMilliseconds) {
      throw invalidInput(
        "'Scheduled' is after the deadline",
        "Nothing was sent. Raise 'Deadline' under 'Options', or use Send and ask later with Get Status.",
      );
    }

    if (client.preview) return [plannedEvent(target, body)];
    const sent = await sendEvent(client, target, body);
    const ended = await awaitEnd(client, item.polling, { target, sent }, patience);
    if (whenNotDelivered === 'fail') checkDelivered(ended);
    return [shape(ended)];
  },
};
