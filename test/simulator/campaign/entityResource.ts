import { empty, json, type Answer } from '../answers';
import { answerCollection } from './collection/list';
import { parseCollectionPath } from './collection/query';
import { refuse } from './errors';
import { viewOf, type EntityType } from './model/entity';
import { resourceMetadata } from './model/metadata';
import { checkKeysInBody, checkUnused, locate, type Located } from './records/locate';
import { recordHref, renderRecord } from './records/render';
import type { StoredRecord } from './records/store';
import { checkedValues, isJsonObject, parseBody, type JsonObject } from './records/write';
import { endpointOf, type Call, type Resource } from './resource';
import type { Scene } from './scene';

/** The resource that serves an entity in both APIs: lists, single records, writes and metadata. Adobe: Verbs. */
export function entityResource(entity: EntityType): Resource {
  const place = { path: entity.name, scope: null, shown: {} };
  return {
    name: entity.name,
    apis: ['profileAndServices', 'profileAndServicesExt'],
    answer: (call, instance) => {
      const store = instance.stores.get(entity.name);
      if (store === undefined) return refuse({ kind: 'unknownResource', endpoint: endpointOf(call) });
      return route({ call, instance, entity, store, view: viewOf(entity, call.api, instance.dialect), place });
    },
  };
}

function route(scene: Scene): Answer {
  const { call, instance, entity, view } = scene;
  const [first, ...rest] = call.segments;
  if (first === undefined && call.method === 'POST') return create(scene);
  if (first === undefined && call.method === 'PATCH') return patchByKeyInBody(scene);
  if (call.method === 'GET') {
    if (first === 'metadata' && rest.length === 0) return json(200, resourceMetadata(entity, view, instance));
    const path = parseCollectionPath(call.segments, view);
    if (path !== null) return answerCollection(path, scene);
  }
  if (first === undefined) return unsupported(call);

  const located = locate(first, 'uri', scene);
  const [below, ...deeper] = rest;
  if (below !== undefined) return answerBelow(scene, located, below, deeper);
  switch (call.method) {
    case 'GET':
      return json(200, renderRecord(located.record, scene, instance.dialect === 'v8'));
    case 'PATCH':
      return patch(scene, located, parseBody(call.body));
    case 'DELETE':
      return remove(scene, located.record);
    default:
      return unsupported(call);
  }
}

function create(scene: Scene): Answer {
  const { call, instance, entity, store } = scene;
  const values = checkedValues(parseBody(call.body), null, scene);
  const { customKey } = entity;
  if (customKey !== null) checkUnused(customKey, String(values[customKey] ?? ''), null, store);
  if (instance.assumptions.uniqueEmail) checkUnused('email', String(values.email ?? ''), null, store);
  const record = store.insert(values);
  instance.writes.note(call.method, entity.name, record.id, call.body);
  return json(entity.createStatus(instance.assumptions), renderRecord(record, scene));
}

/** Adobe support article KA-15086: PATCH on the collection, the custom key in the body. */
function patchByKeyInBody(scene: Scene): Answer {
  const { call, instance, entity, store, view } = scene;
  const { customKey } = entity;
  if (customKey === null || !view.byName.has(customKey)) return unsupported(call);
  const body = parseBody(call.body);
  const key = body[customKey];
  if (typeof key !== 'string' || key === '') return unsupported(call);
  const isUnknown = store.findBy(customKey, key).length === 0;
  if (isUnknown && instance.assumptions.patchUnknownCustomKey === 'creates') return create(scene);
  return patch(scene, locate(key, 'body', scene), body);
}

function patch(scene: Scene, located: Located, body: JsonObject): Answer {
  const { call, instance, entity, store } = scene;
  const { assumptions, dialect } = instance;
  const answer = (): Answer => {
    const context = assumptions.patchAnswerKey === 'different' ? 'patchAnswer' : 'record';
    const key = instance.keys.mint(entity.name, located.record.id, context, entity.keyLength);
    return json(200, { PKey: key, href: recordHref(key, scene) });
  };
  if (Object.keys(body).length === 0) {
    if (dialect === 'v8') return empty(204);
    return assumptions.acsEmptyPatch === 'ok' ? answer() : refuse({ kind: 'generic' });
  }
  const values = checkedValues(body, located.record, scene);
  // The values as they would be stored: a name may have been changed by its data policy.
  checkKeysInBody({ ...body, ...values }, located, scene);
  store.update(located.record, values, assumptions.derivedAttributes === 'onEveryWrite');
  instance.writes.note(call.method, entity.name, located.record.id, call.body);
  return answer();
}

/** A sub-collection, or on ACS a PATCH of an element. A custom key cannot stand in these URLs (Adobe: Must-read). */
function answerBelow(scene: Scene, located: Located, below: string, deeper: readonly string[]): Answer {
  const { call, entity, view } = scene;
  if (located.rawKey !== null) return unsupported(call);
  const subCollection = Object.hasOwn(entity.subCollections, below) ? entity.subCollections[below] : undefined;
  if (subCollection !== undefined) return subCollection(located.record, deeper, scene);
  if (call.method !== 'PATCH' || deeper.length > 0 || view.byName.get(below)?.type !== 'item') return unsupported(call);
  const parts = parseBody(call.body);
  return patch(scene, located, isJsonObject(parts[below]) ? parts : { [below]: parts });
}

function remove(scene: Scene, record: StoredRecord): Answer {
  const { call, instance, entity, store } = scene;
  entity.checkRemoval(record, instance);
  store.remove(record.id);
  instance.writes.note(call.method, entity.name, record.id, call.body);
  return empty(instance.assumptions.deleteStatus);
}

function unsupported(call: Call): Answer {
  return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
}
