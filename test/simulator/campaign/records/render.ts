import { json, type Answer } from '../../answers';
import { absoluteHref } from '../instance';
import type { Field, FieldValue, LinkField } from '../model/field';
import type { Scene } from '../scene';
import type { StoredRecord } from './store';
import type { JsonObject } from './write';

type Rendered = FieldValue | { readonly href: string } | { readonly [attribute: string]: FieldValue };

/** URL of a record in the API that was called: hrefs never lead from one API into the other. */
export function recordHref(key: string, { place, view, instance }: Scene): string {
  return absoluteHref(instance, `${view.api}/${place.recordPath ?? place.path}/${key}`);
}

/**
 * A record as answers print it: attributes by name, with its key and the href made from it.
 * @param withHref whether the href is printed too
 */
export function renderRecord(record: StoredRecord, scene: Scene, withHref = true): JsonObject {
  const key = recordKey(record, scene);
  const rendered: Record<string, Rendered> = {};
  for (const field of scene.view.fields) {
    if (!field.printed || (field.apiName === 'href' && !withHref)) continue;
    rendered[field.apiName] = renderValue(field, record, key, scene);
  }
  return scene.entity.present === null ? rendered : scene.entity.present(rendered, record, scene);
}

/** Answers GET on one record, for which Campaign Standard leaves href out. */
export function singleAnswer(record: StoredRecord, scene: Scene): Answer {
  const { dialect, assumptions } = scene.instance;
  const rendered = renderRecord(record, scene, dialect === 'v8');
  return json(200, assumptions.singleRecord === 'wrapped' ? { content: [rendered] } : rendered);
}

/** One attribute of a record as answers print it. */
export function renderAttribute(field: Field, record: StoredRecord, scene: Scene): Rendered {
  return renderValue(field, record, recordKey(record, scene), scene);
}

function recordKey(record: StoredRecord, { store: { entity }, instance }: Scene): string {
  return instance.keys.mint(entity.name, record.id, 'record', entity.keyLength);
}

function renderValue(field: Field, record: StoredRecord, key: string, scene: Scene): Rendered {
  if (field.apiName === 'PKey') return key;
  if (field.apiName === 'href') return recordHref(key, scene);
  if (field.type === 'collection') {
    // The key inside the collection's href is another text for the same record.
    const { name, keyLength } = scene.store.entity;
    const nestedKey = scene.instance.keys.mint(name, record.id, 'subscriptions', keyLength);
    return { href: `${recordHref(nestedKey, scene)}/${field.apiName}/` };
  }
  if (field.type === 'link') return renderLink(field, record[field.apiName], field.shows, scene);
  return scene.place.shown[field.apiName] ?? record[field.apiName] ?? '';
}

/** A link as answers print it: the key of its target and some of the target's attributes; null if it is not set. */
export function renderLink(field: LinkField, id: FieldValue | undefined, shows: readonly string[], { instance, view }: Scene): Rendered {
  const store = instance.stores.get(field.resTarget);
  const target = typeof id === 'number' ? store?.get(id) : undefined;
  if (store === undefined || target === undefined) return null;
  const key = instance.keys.mint(store.entity.name, target.id, 'link', store.entity.keyLength);
  const href = absoluteHref(instance, `${view.api}/${store.entity.name}/${key}`);
  return { PKey: key, ...Object.fromEntries(shows.map((name) => [name, name === 'href' ? href : (target[name] ?? '')])) };
}
