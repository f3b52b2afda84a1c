import type { IDataObject } from 'n8n-workflow';

import type { EventTarget, SentEvent } from '../../shared/campaign/actions/events';
import type { Item } from '../../shared/execution/item';
import { readSimplify } from '../../shared/ui/record/simplifyOption';

/** The output item of an event; the rest is what was sent, which Campaign Standard blanks in its answers. */
export function eventItem(item: Item, { eventId, status, pKey, href, record }: SentEvent): IDataObject {
  if (!readSimplify(item)) return record;
  return { eventId, status, scheduled: record.scheduled, expiration: record.expiration, PKey: pKey, href };
}

/** What a preview shows of an event: what would be sent, to where. Nobody can ask Campaign whether it takes it. */
export function plannedEvent({ eventId, api }: EventTarget, body: IDataObject): IDataObject {
  return { outcome: 'wouldSend', eventId, api, ...body };
}
