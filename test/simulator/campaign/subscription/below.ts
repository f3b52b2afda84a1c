import { empty, type Answer } from '../../answers';
import { answerCollection } from '../collection/list';
import { parseCollectionPath } from '../collection/query';
import { refuse } from '../errors';
import { storeOf, type CampaignInstance } from '../instance';
import { viewOf } from '../model/entity';
import { locate } from '../records/locate';
import { singleAnswer } from '../records/render';
import type { StoredRecord } from '../records/store';
import { endpointOf, type SubCollection } from '../resource';
import type { Place, Scene } from '../scene';
import { createSubscription } from './create';
import { subscriptionEntity } from './index';
import type { End } from './table';

/** What recorded subscriptions call themselves, by the parent through which they were read. */
const METADATA: Readonly<Record<End, string>> = { subscriber: 'subscription', service: 'subscriptionRcp' };

/**
 * The subscriptions below a profile or a service. Adobe: Performing, Retrieving and Deleting subscriptions.
 * @param end the link of a subscription that leads to the parent
 */
export function subscriptionsBelow(end: End): SubCollection {
  return (parent, rest, scene) => route(end, parent, rest, sceneBelow(end, parent, scene));
}

/** A `checkRemoval` that stops the deletion of a subscribed profile or service, if that is assumed. */
export function checkNotSubscribed(end: End): (record: StoredRecord, instance: CampaignInstance) => void {
  return (record, instance) => {
    if (instance.assumptions.deleteOfSubscribed === 'removesSubscriptions') return;
    if (storeOf(instance, subscriptionEntity.name).findBy(end, record.id).length > 0) refuse({ kind: 'generic' });
  };
}

/** The key in the path is the one that `subscriptions.href` of the parent has, not the parent's own. */
function sceneBelow(end: End, parent: StoredRecord, { call, instance, entity }: Scene): Scene {
  const key = instance.keys.mint(entity.name, parent.id, 'subscriptions', entity.keyLength);
  const place: Place = {
    path: `${entity.name}/${key}/subscriptions`,
    scope: { attribute: end, value: parent.id },
    shown: { metadata: METADATA[end] },
  };
  const view = viewOf(subscriptionEntity, call.api, instance.dialect);
  return { call, instance, entity: subscriptionEntity, store: storeOf(instance, subscriptionEntity.name), view, place };
}

function route(end: End, parent: StoredRecord, rest: readonly string[], scene: Scene): Answer {
  const { call, instance, view } = scene;
  const [first, ...deeper] = rest;
  if (first === undefined && call.method === 'POST') return createSubscription(end, parent, scene);
  if (call.method === 'GET') {
    const path = parseCollectionPath(rest, view);
    if (path !== null) return answerCollection(path, scene);
  }
  const isKnown = call.method === 'GET' || call.method === 'DELETE';
  if (first === undefined || deeper.length > 0 || !isKnown) return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });

  const { record } = locate(first, 'uri', scene);
  const isForeign = record[end] !== parent.id;
  if (isForeign && instance.assumptions.subscriptionOfAnotherParent === 'notFound') {
    return refuse({ kind: 'unknownRawKey', key: String(record.id), place: 'uri', subject: subscriptionEntity });
  }
  if (call.method === 'GET') return singleAnswer(record, scene);
  scene.store.remove(record.id);
  instance.writes.note(call.method, subscriptionEntity.name, record.id, call.body);
  return empty(204);
}
