import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { CampaignClient } from '../../campaign/client';
import { matchColumns, type MatchedColumns } from '../../campaign/fields/columns';
import { alikeField, nearestName, plainName } from '../../campaign/fields/names';
import { nothingToSend, prepareFields, type FieldRemark, type FieldRules } from '../../campaign/fields/prepareFields';
import { readableFields } from '../../campaign/fields/readableFields';
import { isEmpty } from '../../campaign/scalars';
import type { CampaignResource } from '../../campaign/urls';
import type { FieldCatalogue } from '../../campaign/metadata';
import type { Item } from '../../execution/item';
import { FIELDS_JSON_ADVICE } from './fieldsProperties';

/** The fields of one item as they were given, and how strictly to take them. */
export interface GivenFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** The column that says whose record it is; undefined where the form has none. */
  readonly matchingColumn?: string;
  /** Whether the values are the columns of the input. */
  readonly isAutomatic: boolean;
  /** What columns were matched to; undefined where that was not asked for. */
  readonly catalogue?: FieldCatalogue;
  readonly rules: Omit<FieldRules, 'api'>;
}

const LISTED_COLUMNS = 12;
/** Tells whether the fields are given as JSON. */
export function isJson(item: Item): boolean {
  return item.choice('options.fieldsFrom', 'Fields From', ['mapping', 'json']) === 'json';
}

/**
 * Reads the fields of one item, and how strictly to take them.
 *
 * @throws CampaignError `invalidInput`, before any request
 */
export function readGivenFields(item: Item): GivenFields {
  if (item.settings('isJson', isJson)) {
    const values = item.jsonObject('fieldsJson', 'Fields', FIELDS_JSON_ADVICE);
    return { values, isAutomatic: false, rules: item.settings('rulesOfJson', readRulesOfJson) };
  }
  const { values, matchingColumn, isAutomatic } = item.mappedFields('fields', 'Fields');
  const rules = isAutomatic ? item.settings('rulesOfColumns', readRulesOfColumns) : item.settings('rulesOfForm', readRulesOfForm);
  return { values, matchingColumn, isAutomatic, rules };
}

const readRulesOfJson = (item: Item): GivenFields['rules'] => readRules(item, 'json');
const readRulesOfColumns = (item: Item): GivenFields['rules'] => readRules(item, 'columns');
const readRulesOfForm = (item: Item): GivenFields['rules'] => readRules(item, 'form');

function readRules(item: Item, givenAs: FieldRules['givenAs']): GivenFields['rules'] {
  const areColumns = givenAs === 'columns';
  return {
    zone: item.zone,
    dateOrder: item.choice('options.dateOrder', 'Dates Are Written As', ['iso', 'dayFirst', 'monthFirst']),
    givenAs,
    unknownFields: areColumns ? item.choice('options.unknownColumns', 'Unknown Columns', ['refuse', 'leaveOut']) : 'refuse',
    // Columns of an earlier Get hold PKey, age and the like; nobody means to write those.
    readOnlyFields: areColumns ? 'leaveOut' : 'refuse',
    emptyValues: readEmptyValues(item, givenAs === 'json'),
    longText: item.choice('options.longText', 'When Text Is Too Long', ['refuse', 'cut', 'send']),
    nestedFields: areColumns ? 'leaveOut' : 'send',
  };
}

/** A blank cell is no wish to lose what is there; `""` in JSON is one, unless it is what an AI agent left out. */
function readEmptyValues(item: Item, isGivenAsJson: boolean): FieldRules['emptyValues'] {
  const [name, displayName] = ['options.emptyValues', 'Empty Values'];
  return isGivenAsJson && !item.isTool
    ? item.choice(name, displayName, ['clear', 'leaveOut'])
    : item.choice(name, displayName, ['leaveOut', 'clear']);
}

/**
 * Gives columns of the input the names of the fields that they mean, and says in the output panel which went where.
 *
 * @returns the same where the fields were not taken from columns
 * @throws CampaignError when Campaign could not be asked for its fields
 */
export async function takeColumns(
  client: CampaignClient,
  item: Item,
  { api, name }: CampaignResource,
  given: GivenFields,
): Promise<GivenFields> {
  if (!given.isAutomatic || isHopeless(given)) return given;
  return withFieldNames(item, given, await readableFields(client, api, name, item.warn));
}

function withFieldNames(item: Item, given: GivenFields, catalogue: FieldCatalogue | undefined): GivenFields {
  const { values, renamed } = matchColumns(catalogue, given.values, given.matchingColumn);
  if (renamed.length > 0) noteRenamed(item, catalogue, renamed, given.matchingColumn);
  return { values, matchingColumn: given.matchingColumn, isAutomatic: true, catalogue, rules: given.rules };
}

function noteRenamed(
  item: Item,
  catalogue: FieldCatalogue | undefined,
  renamed: MatchedColumns['renamed'],
  matchingColumn: string | undefined,
): void {
  // Somebody who has a column "Title" may mean a salutation, and not what Campaign calls so.
  const isSetByCampaign = ({ field }: { readonly field: string }): boolean =>
    field !== matchingColumn && catalogue?.get(field)?.readOnly === true;
  const shown = (columns: typeof renamed): string[] => columns.map(({ column, field }) => `${column} → ${field}`);
  item.note('Columns that were matched to fields by their label or spelling', shown(renamed.filter((column) => !isSetByCampaign(column))));
  item.note('Columns left out, because they were matched to fields that Campaign sets itself', shown(renamed.filter(isSetByCampaign)));
}

/** Whether it is clear before any request that nothing can come of it: nobody is meant, or there is nothing to write. */
function isHopeless({ values, matchingColumn }: GivenFields): boolean {
  const names = Object.keys(values);
  const isNobody = matchingColumn !== undefined && Object.hasOwn(values, matchingColumn) && isEmpty(values[matchingColumn]);
  return isNobody || names.every((name) => name === matchingColumn);
}

/**
 * The value that tells which record is meant.
 *
 * @throws CampaignError `invalidInput` when there is no such column
 */
export function matchedValue({ values, isAutomatic }: Pick<GivenFields, 'values' | 'isAutomatic'>, column: string): unknown {
  if (Object.hasOwn(values, column)) return values[column];
  const names = Object.keys(values);
  // Of the fields of a form only those that have a value are there: one that is nearly called so is another one.
  const alike = isAutomatic ? nearestName(column, names) : names.find((name) => plainName(name) === plainName(column));
  if (alike !== undefined) {
    throw invalidInput(
      `There is no column '${column}': did you mean '${alike.trim()}'?`,
      `Rename the column to '${column}' in the step before, e.g. with Edit Fields, or match on another one.`,
    );
  }
  if (!isAutomatic) return undefined;
  const more = names.length - LISTED_COLUMNS;
  throw invalidInput(
    `There is no column '${column}'`,
    names.length === 0
      ? 'The item has no columns at all: check the step before.'
      : `The columns are: ${names.slice(0, LISTED_COLUMNS).join(', ')}${more > 0 ? ` and ${more} more` : ''}. Rename one in the step before, or match on another one.`,
  );
}

const REMARKS: Readonly<Record<FieldRemark, string>> = {
  unknown: 'Columns left out, because they are no fields of Campaign',
  cut: 'Cut to fit',
  notEmptied: 'Left as they are, because they have no empty value',
  nested: "Left out, because Campaign v8 cannot update them (in Campaign Standard set 'Fields From' to 'JSON')",
};

/**
 * Checks the fields of one item against Campaign's description and makes them ready to be sent; what was not sent as it
 * was given goes to the output panel.
 *
 * @param catalogue undefined where Campaign does not describe its fields: they go out as they came
 * @throws CampaignError `invalidInput` naming everything that cannot be sent
 */
export function checkGivenFields(
  item: Item,
  catalogue: FieldCatalogue | undefined,
  values: Readonly<Record<string, unknown>>,
  rules: FieldRules,
): IDataObject {
  const { fields, remarks } = prepareFields(catalogue, values, rules);
  for (const { remark, field } of remarks) {
    const alike = remark === 'unknown' && catalogue ? alikeField(field, catalogue) : undefined;
    item.tally(REMARKS[remark], [alike === undefined ? field : `${field} (did you mean ${alike.name}?)`]);
  }
  return fields;
}

/** Says in the output panel which fields an update emptied, or would empty. */
export function tellEmptied(item: Item, { preview }: CampaignClient, sent: IDataObject): void {
  const names = Object.keys(sent).filter((name) => isEmpty(sent[name]));
  if (preview) item.tally('Would be emptied, because the value is blank', names);
  else item.tallyEmptied(names);
}

/**
 * @returns the values, if there are any
 * @throws CampaignError `invalidInput`
 */
export function requireValues(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.values(values).some((value) => value !== undefined)) return values;
  throw nothingToSend();
}
