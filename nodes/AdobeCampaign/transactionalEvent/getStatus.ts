import { findEvent } from '../../shared/campaign/actions/events';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { simplifyProperty } from '../../shared/ui/record/simplifyOption';
import { readEventOutput } from './eventOutput';
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
    optionsProperty(baseTenantOption),
  ],

  async run(client, item) {
    const target = readTarget(item, client.instance);
    const pKey = item.key('pKey', 'PKey', '');
    const shape = readEventOutput(item);
    return [shape(await findEvent(client, target, pKey))];
  },
};
