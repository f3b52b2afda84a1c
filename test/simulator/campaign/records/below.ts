import { isServed, viewOf } from '../model/entity';
import type { LinkField } from '../model/field';
import type { Place, Scene } from '../scene';
import { storeOf } from '../instance';
import type { StoredRecord } from './store';

/**
 * The scene of the records in a collection below a record, for example the orders of a profile.
 * @param rest the path segments after the collection
 * @returns null for a collection that names no link back, or whose records are not published
 */
export function sceneBelow(field: LinkField, parent: StoredRecord, rest: readonly string[], scene: Scene): Scene | null {
  if (field.inverse === null) return null;
  const { call, instance } = scene;
  const store = storeOf(instance, field.resTarget);
  const { entity } = store;
  if (!isServed(entity, call.api, instance)) return null;
  // The key that the href of the collection has, not the parent's own.
  const { name, keyLength } = scene.store.entity;
  const key = instance.keys.mint(name, parent.id, 'subscriptions', keyLength);
  const isOutside = entity.isTopLevel && instance.assumptions.hrefBelowRecord === 'topLevel';
  const place: Place = {
    path: `${scene.place.path}/${key}/${field.apiName}`,
    ...(isOutside ? { recordPath: entity.name } : {}),
    scope: { attribute: field.inverse, value: parent.id },
    shown: {},
  };
  return { call: { ...call, segments: rest }, instance, entity, store, view: viewOf(entity, call.api, instance.dialect), place };
}
