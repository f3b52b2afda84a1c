import { json, type Answer } from '../../answers';
import { refuse } from '../errors';
import { storeOf } from '../instance';
import { renderLink, renderRecord } from '../records/render';
import type { StoredRecord } from '../records/store';
import { checkedValues, parseBody } from '../records/write';
import type { Scene } from '../scene';
import { findSubscription, insertSubscription, type End } from './table';

/** Answers POST on the subscriptions of a profile or service: the body names the other end by its PKey. */
export function createSubscription(end: End, parent: StoredRecord, scene: Scene): Answer {
  const { call, instance, entity, store } = scene;
  const values = checkedValues(parseBody(call.body), null, scene);
  // The parent in the URL is one end already; a body that names another one contradicts it.
  if (values[end] !== undefined && values[end] !== parent.id) refuse({ kind: 'generic' });
  const ends = { ...values, [end]: parent.id };
  const profile = storeOf(instance, 'profile').get(Number(ends.subscriber));
  const service = storeOf(instance, 'service').get(Number(ends.service));
  // Both links are required; on ACS a link described by other attributes than the PKey counts as not set.
  if (profile === undefined || service === undefined) return refuse({ kind: 'generic' });

  const status = entity.createStatus(instance.assumptions);
  const existing = findSubscription(store, profile.id, service.id);
  const { duplicateSubscription } = instance.assumptions;
  if (existing !== undefined && duplicateSubscription === 'refused')
    return refuse({ kind: 'duplicateSubscription', profileId: profile.id, serviceId: service.id });
  if (existing !== undefined && duplicateSubscription === 'answersExisting') return json(status, rendered(existing, scene));
  const subscription = insertSubscription(store, profile, service, values);
  // The two ends and not the body: what one profile sends to subscribe, the next one sends as well.
  instance.writes.note(call.method, entity.name, subscription.id, `${profile.id} ${service.id}`);
  return json(status, rendered(subscription, scene));
}

/** Adobe: Performing subscriptions prints a service reduced to key and title, and no name of the service yet. */
function rendered(subscription: StoredRecord, scene: Scene): object {
  const record = renderRecord(subscription, scene);
  const field = scene.view.byName.get('service');
  if (scene.instance.assumptions.subscriptionAnswer === 'complete' || field?.type !== 'link') return record;
  return { ...record, service: renderLink(field, subscription.service, ['title'], scene), serviceName: '' };
}
