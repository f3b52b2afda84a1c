import { ownValue } from '../../campaign/records';
import { matchColumns } from '../../campaign/fields/columns';
import type { FieldCatalogue } from '../../campaign/metadata';
import type { CampaignInstance } from '../../campaign/instance';
import type { RecordReference } from '../../campaign/find/references';
import { isObject } from '../../campaign/records';
import type { CampaignResource } from '../../campaign/urls';
import type { Item } from '../../execution/item';
import { FIELDS_JSON_ADVICE } from './fieldsProperties';
import { isJson, matchedValue } from './givenFields';
import type { RecordKind } from './recordKind';

/** Whose record an item is about, and no more than that. */
export interface MatchedRecord {
  readonly reference: RecordReference;
  /** The field that says so; undefined where a locator does. */
  readonly column?: string;
  /** Names of the fields that are written; undefined where they are not known yet. */
  readonly fields: readonly string[] | undefined;
}

/** Where records are looked up. */
export interface LookedUpIn {
  readonly instance: CampaignInstance;
  readonly resource: CampaignResource;
  /** The resource's fields, for columns that are called otherwise; undefined where nobody asked for them. */
  readonly catalogue: FieldCatalogue | undefined;
}

/**
 * The record that Create or Update is about.
 *
 * @returns undefined where a filter has to find it
 * @throws CampaignError `invalidInput`
 */
export function readUpsertMatch(
  { matching }: RecordKind,
  item: Item,
  { instance, resource, catalogue }: LookedUpIn,
): MatchedRecord | undefined {
  if (item.choice('options.matchOn', 'Match On', ['matchingColumn', 'customFilter']) === 'customFilter') return undefined;
  const { column, value, fields } = readColumn(item, catalogue);
  return { reference: matching.toUpsert(instance, resource, column, value), column, fields };
}

/**
 * The record that Update is about.
 *
 * @throws CampaignError `invalidInput`
 */
export function readUpdateMatch(kind: RecordKind, item: Item, { instance, resource, catalogue }: LookedUpIn): MatchedRecord {
  const { locator } = kind;
  const isMatched =
    !isJson(item) &&
    item.choice('options.identifyBy', `Identify ${locator.displayName} By`, [locator.name, 'matchingColumn']) === 'matchingColumn';
  if (!isMatched) {
    const names = isJson(item) ? undefined : fieldNames(item, catalogue);
    return { reference: kind.readReference(item, instance, resource), fields: names };
  }
  const { column, value, fields } = readColumn(item, catalogue);
  return { reference: kind.matching.toUpdate(instance, resource, column, value), column, fields };
}

function readColumn(
  item: Item,
  catalogue: FieldCatalogue | undefined,
): { column: string; value: unknown; fields: readonly string[] | undefined } {
  if (isJson(item)) {
    const values = item.jsonObject('fieldsJson', 'Fields', FIELDS_JSON_ADVICE);
    const column = item.text('matchField', 'Match Field');
    return { column, value: matchedValue({ values, isAutomatic: false }, column), fields: Object.keys(values) };
  }
  const { values: given, matchingColumn: column = '', isAutomatic } = item.mappedFields('fields', 'Fields', 'matchingColumn');
  const values = isAutomatic ? matchColumns(catalogue, given, column).values : given;
  return { column, value: matchedValue({ values, isAutomatic }, column), fields: fieldNames(item, catalogue, column) };
}

/** Names of the fields in the form or, with automatic mapping, of those that the item's columns mean. */
function fieldNames(item: Item, catalogue: FieldCatalogue | undefined, column?: string): readonly string[] | undefined {
  const mapper = item.stored('fields');
  if (!isObject(mapper)) return undefined;
  if (mapper.mappingMode === 'autoMapInputData') return Object.keys(matchColumns(catalogue, item.json, column).values);
  const value = ownValue(mapper, 'value');
  return isObject(value) ? Object.keys(value) : undefined;
}
