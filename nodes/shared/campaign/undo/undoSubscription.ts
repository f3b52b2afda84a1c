import { findSubscriptions, subscribeTo, subscriptionsUrl, unsubscribeFrom } from '../actions/subscriptions';
import { invalidInput } from '../error';
import { nameOfService, referToService, serviceByKey } from '../find/services';
import type { FieldChange } from '../fields/prepareFields';
import { textOf } from '../records';
import { isEmpty } from '../scalars';
import type { Trail } from './readTrails';
import { alreadyRestored, type Undoing, type UndoResult } from './undoing';

/** The name of the service in a change. @throws CampaignError `invalidInput` */
export function serviceIn({ before, after }: FieldChange): string {
  const name = textOf(isEmpty(after) ? before : after);
  if (name !== '') return name;
  throw invalidInput('The trail does not say which service it is about', 'Nothing was undone for this item.');
}

/**
 * Ends a subscription that was made, or makes one again that was ended.
 *
 * @throws CampaignError `notFound` when profile or service are gone …
 */
export async function undoSubscription({ client, resource, finder }: Undoing, trail: Trail): Promise<UndoResult> {
  const [change] = trail.changes;
  if (!change) return alreadyRestored();
  const wasMade = !isEmpty(change.after);
  const given = serviceIn(change);
  const profile = { api: resource.api, name: 'profile' };
  const { record } = await finder.retrieve(trail, profile);
  const service = await referToService(client, serviceByKey(client.instance, resource.api, given, 'Service in the trail'));
  const name = nameOfService(service);

  const url = subscriptionsUrl(client.instance, record, 'profile');
  const subscriptions = await findSubscriptions(client, url, name);
  // Several may have the email.
  const key = `${finder.keyOf(finder.lastingReference(trail, profile), profile)} ${textOf(record.created)} ${name}`;
  const isThere = client.preview?.wouldBeThere(key, subscriptions.length > 0) ?? subscriptions.length > 0;
  if (isThere !== wasMade) return alreadyRestored(record);

  client.preview?.planPresence(key, !wasMade);
  if (!client.preview) {
    if (wasMade) for (const subscription of subscriptions) await unsubscribeFrom(client, subscription);
    else await subscribeTo(client, url, service, name);
  }
  const changes = [{ field: 'subscription', before: change.after, after: change.before }];
  return { outcome: 'restored', done: wasMade ? 'unsubscribed' : 'subscribed', changes, skipped: [], record };
}
