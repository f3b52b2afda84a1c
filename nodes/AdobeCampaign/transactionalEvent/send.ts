import { sendEvent } from '../../shared/campaign/actions/events';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { simplifyProperty } from '../../shared/ui/record/simplifyOption';
import { readMessage } from './message';
import { messageOptions, messageProperties } from './messageProperties';
import { plannedEvent, readEventOutput } from './eventOutput';
import { baseTenantOption, eventIdProperty, readTarget } from './target';

/** POST of one event (Adobe: "Managing transactional messages"). */
export const send: Operation = {
  value: 'send',
  name: 'Send',
  action: 'Send transactional event',
  description: 'Make Campaign send one person the message of an event, and go on at once',
  writes: true,
  addsEachTime: true,
  properties: [eventIdProperty, ...messageProperties, simplifyProperty, optionsProperty(baseTenantOption, ...messageOptions)],

  async run(client, item) {
    const target = readTarget(item, client.instance);
    const { body } = readMessage(item);
    const shape = readEventOutput(item);
    return [client.preview ? plannedEvent(target, body) : shape(await sendEvent(client, target, body))];
  },
};
