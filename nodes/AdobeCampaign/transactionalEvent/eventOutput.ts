import type { IDataObject } from 'n8n-workflow';

import type { EventTarget, SentEvent } from '../../shared/campaign/actions/events';
import type { Item } from '../../shared/execution/item';
import { readSimplify } from '../../shared/ui/record/simplifyOption';

/**
 * Reads how to return an event for one item: what is sent is not to fail afterwards for it.
 *
 * @throws CampaignError `invalidInput`
 */
export function readEventOutput(item: Item): (event: SentEvent) => IDataObject {
  return readSimplify(item) ? simplifyEvent : ({ record }) => record;
}

/** The rest is what was sent, which Campaign Standard blanks in its answers. */
function simplifyEvent({ eventId, status, pKey, href, record }: SentEvent): IDataObject {
  return { eventId, status, scheduled: record.scheduled, expiration: record.expiration, PKey: pKey, href };
}

/** What a preview shows of an event: what would be sent, to where. Nobody can ask Campaign whether it takes it. */
export function plannedEvent({ eventId, api }: EventTarget, body: IDataObject): IDataObject {
  return { outcome: 'wouldSend', eventId, api, ...body };
}
