import { sendEvent } from '../../shared/campaign/actions/events';
import type { Operation } from '../../shared/execution/operation';
import { maxRequestsInFlightOption, requestsPerSecondOption, waitForCampaignOption } from '../../shared/ui/options/paceOptions';
import { simplifyProperty } from '../../shared/ui/record/simplify';
import { timeoutOption } from '../../shared/ui/options/timeoutOption';
import { readMessage } from './message';
import {
  attributesOption,
  channelOption,
  expirationOption,
  messageProperties,
  scheduledOption,
  withoutAddressOption,
} from './messageProperties';
import { present } from './eventOutput';
import { baseTenantOption, eventIdProperty, readTarget } from './target';

/** POST of one event (Adobe: "Managing transactional messages"). */
export const send: Operation = {
  value: 'send',
  name: 'Send',
  action: 'Send transactional event',
  description: 'Make Campaign send one person the message of an event, and go on at once',
  properties: [
    eventIdProperty,
    ...messageProperties,
    simplifyProperty,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        baseTenantOption,
        channelOption,
        expirationOption,
        attributesOption,
        maxRequestsInFlightOption,
        requestsPerSecondOption,
        scheduledOption,
        timeoutOption,
        waitForCampaignOption,
        withoutAddressOption,
      ],
    },
  ],

  async run(client, item) {
    const target = readTarget(item, client.instance);
    return [present(item, await sendEvent(client, target, readMessage(item).body))];
  },
};
