import { refuse, type ProblemSubject } from '../errors';
import type { CampaignInstance } from '../instance';
import { accessOf, type EntityType, type EntityView } from '../model/entity';
import type { FieldValue, ItemField, ItemValue, LinkField, Scalar } from '../model/field';
import type { Scene } from '../scene';
import { storedValue } from './values';
import type { StoredRecord, Values } from './store';

/** A parsed JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON object in a request body; an absent body counts as an object without attributes.
 * @throws CampaignProblem for a body that is not a JSON object
 */
export function parseBody(body: string): JsonObject {
  if (body.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (isJsonObject(value)) return value;
  } catch {
    // Refused below, like any other body that is not an object.
  }
  return refuse({ kind: 'generic' });
}

/**
 * What a POST (`record` null) or PATCH stores. Adobe: Recommendations & limitations and the write rules seen in the field.
 * @throws CampaignProblem for an attribute that does not exist, is read-only or does not take the value
 */
export function checkedValues(body: JsonObject, record: StoredRecord | null, { entity, view, instance }: Scene): Values {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(body)) {
    // Identifies the record; what it may say is checked where the record is looked up.
    if (name === 'PKey' && record !== null) continue;
    const field = view.byName.get(name);
    if (field === undefined) return refuse({ kind: 'propertyNotValid', property: name, subject: entity });
    const access = accessOf(field, instance.dialect, instance.assumptions);
    if (access === 'readOnly') refuse({ kind: 'propertyReadOnly', property: name, subject: entity });
    if (access === 'ignored') continue;
    if (field.type === 'item') values[name] = checkedItem(field, value, entity, record, instance);
    else if (field.type === 'link' || field.type === 'collection') values[name] = checkedLink(field, value, entity, instance);
    else values[name] = storedValue(field, value, entity, instance);
  }
  checkMandatory(values, record, view, instance);
  return values;
}

/** Whether every attribute that a record needs has a value, or keeps the one it had. */
function checkMandatory(values: Values, record: StoredRecord | null, view: EntityView, instance: CampaignInstance): void {
  if (instance.assumptions.missingMandatory === 'accepted') return;
  const missing = view.fields.find(({ apiName, mandatory }) => mandatory && isEmpty(values[apiName] ?? record?.[apiName]));
  if (missing !== undefined) refuse({ kind: 'generic' });
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** An element in a body replaces the parts it names. v8 takes it in a POST only (documented for `location`). */
function checkedItem(
  field: ItemField,
  value: unknown,
  subject: ProblemSubject,
  record: StoredRecord | null,
  instance: CampaignInstance,
): ItemValue {
  if (!isJsonObject(value)) return refuse({ kind: 'wrongType', value: JSON.stringify(value), from: typeof value, to: field.apiName });
  if (record !== null && instance.dialect === 'v8') {
    return refuse({ kind: 'propertyNotValid', property: Object.keys(value)[0] ?? field.apiName, subject });
  }
  const parts: Record<string, Scalar> = {};
  for (const [name, partValue] of Object.entries(value)) {
    const part = field.parts.find(({ apiName }) => apiName === name);
    if (part === undefined) return refuse({ kind: 'propertyNotValid', property: name, subject });
    parts[name] = storedValue(part, partValue, subject, instance);
  }
  const previous = record?.[field.apiName];
  const defaults = Object.fromEntries(field.parts.map((part) => [part.apiName, part.defaultValue]));
  return { ...defaults, ...(typeof previous === 'object' ? previous : {}), ...parts };
}

/**
 * Links are set with the PKey of the target. Adobe: Recommendations & limitations: a target described by other
 * attributes is ignored on ACS and refused on v8.
 */
function checkedLink(field: LinkField, value: unknown, subject: EntityType, instance: CampaignInstance): FieldValue {
  if (value === null) return null;
  if (!isJsonObject(value)) return refuse({ kind: 'wrongType', value: JSON.stringify(value), from: typeof value, to: 'link' });
  const { PKey: key, ...others } = value;
  if (typeof key === 'string') return linkedId(key, field, subject, instance);
  const [foreign] = Object.keys(others);
  return instance.dialect === 'acs' || foreign === undefined ? null : refuse({ kind: 'propertyNotValid', property: foreign, subject });
}

function linkedId(key: string, field: LinkField, subject: EntityType, instance: CampaignInstance): number {
  const store = instance.stores.get(field.resTarget);
  const about = store?.entity ?? subject;
  const { deletedRecordKey, rawKeyInLinks } = instance.assumptions;
  const target = instance.keys.open(key);
  if (target?.type === field.resTarget) {
    if (store?.get(target.id) !== undefined) return target.id;
    if (deletedRecordKey === 'notFound') return refuse({ kind: 'unknownRawKey', key: String(target.id), place: 'body', subject: about });
  }
  if (key.startsWith('@')) return refuse({ kind: 'undecryptableKey', key, place: 'body', endpoint: '', subject: about });
  const customKey = rawKeyInLinks === 'accepted' ? about.customKey : null;
  const [named] = customKey === null ? [] : (store?.findBy(customKey, key) ?? []);
  return named?.id ?? refuse({ kind: 'unknownRawKey', key, place: 'body', subject: about });
}
