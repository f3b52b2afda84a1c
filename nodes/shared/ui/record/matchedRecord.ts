import { ownValue } from '../../campaign/records';
import type { CampaignInstance } from '../../campaign/instance';
import type { RecordReference } from '../../campaign/find/references';
import { isObject } from '../../campaign/records';
import type { CampaignResource } from '../../campaign/urls';
import type { Item } from '../../execution/item';
import { FIELDS_JSON_ADVICE, isJson, matchedValue } from './givenFields';
import type { RecordKind } from './recordKind';

/** Whose record an item is about, and no more than that. */
export interface MatchedRecord {
  readonly reference: RecordReference;
  /** The field that says so; undefined where a locator does. */
  readonly column?: string;
  /** Names of the fields that are written; undefined where they are not known yet. */
  readonly fields: readonly string[] | undefined;
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
  instance: CampaignInstance,
  resource: CampaignResource,
): MatchedRecord | undefined {
  if (item.choice('options.matchOn', 'Match On', ['matchingColumn', 'customFilter']) === 'customFilter') return undefined;
  const { column, value, fields } = readColumn(item);
  return { reference: matching.toUpsert(instance, resource, column, value), column, fields };
}

/**
 * The record that Update is about.
 *
 * @throws CampaignError `invalidInput`
 */
export function readUpdateMatch(kind: RecordKind, item: Item, instance: CampaignInstance, resource: CampaignResource): MatchedRecord {
  const { locator } = kind;
  const isMatched =
    !isJson(item) &&
    item.choice('options.identifyBy', `Identify ${locator.displayName} By`, [locator.name, 'matchingColumn']) === 'matchingColumn';
  if (!isMatched) {
    const names = isJson(item) ? undefined : fieldNames(item);
    return { reference: kind.readReference(item, instance, resource), fields: names };
  }
  const { column, value, fields } = readColumn(item);
  return { reference: kind.matching.toUpdate(instance, resource, column, value), column, fields };
}

function readColumn(item: Item): { column: string; value: unknown; fields: readonly string[] | undefined } {
  if (isJson(item)) {
    const values = item.jsonObject('fieldsJson', 'Fields', FIELDS_JSON_ADVICE);
    const column = item.text('matchField', 'Match Field');
    return { column, value: matchedValue(values, column), fields: Object.keys(values) };
  }
  const { values, matchingColumn: column = '' } = item.mappedFields('fields', 'Fields', 'matchingColumn');
  return { column, value: matchedValue(values, column), fields: fieldNames(item) };
}

/** Names of the fields in the form or, with automatic mapping, of the item's columns. */
function fieldNames(item: Item): readonly string[] | undefined {
  const mapper = item.stored('fields');
  if (!isObject(mapper)) return undefined;
  if (mapper.mappingMode === 'autoMapInputData') return Object.keys(item.json);
  const value = ownValue(mapper, 'value');
  return isObject(value) ? Object.keys(value) : undefined;
}
