import { empty, json, type Answer } from '../../answers';
import { answerCollection } from '../collection/list';
import { parseCollectionPath } from '../collection/query';
import { refuse } from '../errors';
import { resourceMetadata } from '../model/metadata';
import { endpointOf, type Call } from '../resource';
import type { Scene } from '../scene';
import { sceneBelow } from './below';
import { checkKeysInBody, checkUnused, locate, type Located } from './locate';
import { recordHref, renderRecord, singleAnswer } from './render';
import type { StoredRecord, Values } from './store';
import { checkedValues, isJsonObject, parseBody, type JsonObject } from './write';

/** Answers calls about the records of an entity: lists, single records, writes and metadata. Adobe: Verbs. */
export function answerRecords(scene: Scene): Answer {
  const { call, instance, entity, view } = scene;
  const [first, ...rest] = call.segments;
  if (rest.length === 0 && !entity.methods.some((method) => method === call.method)) return unsupported(call);
  if (first === undefined && call.method === 'POST') return create(scene);
  if (first === undefined && call.method === 'PATCH') return patchByKeyInBody(scene);
  if (call.method === 'GET') {
    if (first === 'metadata' && rest.length === 0) return json(200, resourceMetadata(entity, view, instance));
    const path = parseCollectionPath(call.segments, view);
    if (path !== null) return answerCollection(path, scene);
  }
  // Seen on ACS (500): nothing is posted to a record, whether it exists or not.
  if (first === undefined || (rest.length === 0 && call.method === 'POST')) return unsupported(call);

  const located = locate(first, 'uri', scene);
  checkParent(located.record, scene);
  const [below, ...deeper] = rest;
  if (below !== undefined) return answerBelow(scene, located, below, deeper);
  switch (call.method) {
    case 'GET':
      return singleAnswer(located.record, scene);
    case 'PATCH':
      return patch(scene, located, readBody(scene));
    case 'DELETE':
      return remove(scene, located.record);
    default:
      return unsupported(call);
  }
}

function create(scene: Scene): Answer {
  const { call, instance, entity, store } = scene;
  const values = { ...checkedValues(readBody(scene), null, scene), ...endOf(scene) };
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
  const body = readBody(scene);
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
  const field = view.byName.get(below);
  const child = field?.type === 'collection' ? sceneBelow(field, located.record, deeper, scene) : null;
  if (child !== null) return answerRecords(child);
  if (call.method !== 'PATCH' || deeper.length > 0 || field?.type !== 'item') return unsupported(call);
  const parts = parseBody(call.body);
  return patch(scene, located, isJsonObject(parts[below]) ? parts : { [below]: parts });
}

/** A record named below a parent that is not its own. */
function checkParent(record: StoredRecord, { entity, instance, place: { scope } }: Scene): void {
  if (scope === null || record[scope.attribute] === scope.value) return;
  if (instance.assumptions.subscriptionOfAnotherParent === 'accepted') return;
  refuse({ kind: 'unknownRawKey', key: String(record.id), place: 'uri', subject: entity });
}

/** A record created below another one is linked to it. */
function endOf({ place: { scope } }: Scene): Values {
  return scope === null ? {} : { [scope.attribute]: scope.value };
}

function readBody({ call, entity, instance }: Scene): JsonObject {
  return entity.readBody(parseBody(call.body), instance.assumptions);
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
