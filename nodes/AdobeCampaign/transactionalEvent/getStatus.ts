import { findEvent } from '../../shared/campaign/actions/events';
import { parseKey } from '../../shared/campaign/urls';
import type { Operation } from '../../shared/execution/operation';
import { maxRequestsInFlightOption, requestsPerSecondOption, waitForCampaignOption } from '../../shared/ui/options/paceOptions';
import { simplifyProperty } from '../../shared/ui/record/simplify';
import { timeoutOption } from '../../shared/ui/options/timeoutOption';
import { present } from './eventOutput';
import { baseTenantOption, eventIdProperty, readTarget } from './target';

/** GET of one event (Adobe: "Managing transactional messages"). */
export const getStatus: Operation = {
  value: 'getStatus',
  name: 'Get Status',
  action: 'Get transactional event status',
  description: 'Retrieve what became of an event that was sent before',
  properties: [
    { ...eventIdProperty, placeholder: 'e.g. {{ $json.eventId }}' },
    {
      displayName: 'PKey',
      name: 'pKey',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. {{ $json.PKey }}',
      description: 'The key of the event, as Send returned it',
    },
    simplifyProperty,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [baseTenantOption, maxRequestsInFlightOption, requestsPerSecondOption, timeoutOption, waitForCampaignOption],
    },
  ],

  async run(client, item) {
    const target = readTarget(item, client.instance);
    const pKey = parseKey(item.value('pKey'), 'PKey', '');
    return [present(item, await findEvent(client, target, pKey))];
  },
};
