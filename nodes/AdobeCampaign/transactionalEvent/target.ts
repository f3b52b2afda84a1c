import type { INodeProperties } from 'n8n-workflow';

import { parseEventTarget, type EventTarget } from '../../shared/campaign/actions/events';
import type { CampaignInstance } from '../../shared/campaign/instance';
import type { Item } from '../../shared/execution/item';

/** Says which kind of event is meant. */
export const eventIdProperty: INodeProperties = {
  displayName: 'Event ID',
  name: 'eventId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. EVTcart',
  description: "The ID in the event's configuration in Campaign, which has to be published",
};

/** Where the events of unusual instances go, as an option. */
export const baseTenantOption: INodeProperties = {
  displayName: 'Base Tenant',
  name: 'baseTenant',
  type: 'string',
  default: '',
  placeholder: 'e.g. northwind',
  description:
    "What follows mc in the address of the events. Left blank, it is the credential's organization without the suffix of stage instances.",
};

/**
 * Reads the kind of event and where it goes for one item.
 *
 * @throws CampaignError `invalidInput`
 */
export function readTarget(item: Item, instance: CampaignInstance): EventTarget {
  return parseEventTarget(instance, item.text('eventId', 'Event ID'), item.text('options.baseTenant', 'Base Tenant'));
}
