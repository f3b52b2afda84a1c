import type { IDataObject, INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import { nothingToSend, plainName, prepareFields, type FieldRemark, type FieldRules } from '../../campaign/fields/prepareFields';
import { isEmpty } from '../../campaign/scalars';
import type { FieldCatalogue } from '../../campaign/metadata';
import { byOptions, shownByOption } from '../../execution/formerParameters';
import type { Item } from '../../execution/item';
import { RESOURCE_PARAMETERS } from '../apiOption';

/** The fields of one item as they were given, and how strictly to take them. */
export interface GivenFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** The column that says whose record it is; undefined where the form has none. */
  readonly matchingColumn?: string;
  readonly rules: Omit<FieldRules, 'api'>;
}

export const FIELDS_JSON_ADVICE = 'Give an object with field names and values, e.g. { "phone": "3301020304" }.';

/** How the fields are given, for the Options collection. */
export const fieldsFromOption: INodeProperties = {
  displayName: 'Fields From',
  name: 'fieldsFrom',
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'JSON', value: 'json', description: 'Give the fields as a JSON object' },
    { name: 'Mapping', value: 'mapping', description: 'Fill in the fields, or take them from the columns of the input' },
  ],
  default: 'mapping',
  description: 'How to give the fields',
};

/** The fields as JSON. */
export const fieldsJsonProperties: readonly INodeProperties[] = shownByOption('fieldsFrom', ['json'], {
  displayName: 'Fields',
  name: 'fieldsJson',
  type: 'json',
  default: '{}',
  required: true,
  placeholder: 'e.g. { "phone": "3301020304" }',
  description: 'The fields by their API names, as a JSON object',
});

/** For `displayOptions`: wherever the fields are not given as JSON. */
export const WITHOUT_JSON: Record<string, string[]> = byOptions({ fieldsFrom: ['json'] });

/**
 * The form of fields, built from Campaign's metadata.
 *
 * @param options the mapper's mode and what goes with it: n8n offers a column to match on in one mode only
 */
export function fieldsMapper(options: Partial<ResourceMapperTypeOptions>): INodeProperties {
  return {
    displayName: 'Fields',
    name: 'fields',
    type: 'resourceMapper',
    noDataExpression: true,
    default: { mappingMode: 'defineBelow', value: null },
    required: true,
    description: 'The fields to write. Fields that Campaign sets itself are left out.',
    typeOptions: {
      loadOptionsDependsOn: [...RESOURCE_PARAMETERS, 'options.identifyBy', 'options.matchOn'],
      resourceMapper: {
        mode: 'add',
        resourceMapperMethod: 'getFields',
        supportAutoMap: true,
        refreshStaleSchemaOnOpen: true,
        fieldWords: { singular: 'field', plural: 'fields' },
        valuesLabel: 'Fields',
        ...options,
      } as ResourceMapperTypeOptions,
    },
  };
}

/** What to do with columns that Campaign does not know, for the Options collection. */
export const unknownColumnsOption: INodeProperties = {
  displayName: 'Unknown Columns',
  name: 'unknownColumns',
  type: 'options',
  options: [
    { name: 'Fail', value: 'refuse', description: 'Send nothing for the item, and name the columns' },
    { name: 'Leave Out', value: 'leaveOut', description: 'Send the others, and name the columns in the output panel' },
  ],
  default: 'refuse',
  description: 'What to do with columns that are no fields of Campaign when mapping automatically',
};

/** What blank values mean, for the Options collection. */
export const emptyValuesOption: INodeProperties = {
  displayName: 'Empty Values',
  name: 'emptyValues',
  type: 'options',
  options: [
    { name: 'Clear', value: 'clear', description: 'Empty the field in Campaign' },
    { name: 'Leave as It Is', value: 'leaveOut', description: 'Do not send the field' },
  ],
  default: 'leaveOut',
  description:
    'What to do with a field whose value is blank. Without this option it stays as it is, but in JSON a field that is there with "" or null is emptied.',
};

/** What to do with text that does not fit, for the Options collection. */
export const longTextOption: INodeProperties = {
  displayName: 'When Text Is Too Long',
  name: 'longText',
  type: 'options',
  options: [
    { name: 'Cut to Fit', value: 'cut', description: 'Send as much of it as the field takes, and name the fields in the output panel' },
    { name: 'Fail', value: 'refuse', description: 'Send nothing for the item, and name the fields' },
    { name: 'Send Anyway', value: 'send', description: 'Let Campaign decide what becomes of it' },
  ],
  default: 'refuse',
  description: 'What to do with text that is longer than the field in Campaign. The field to match on is never cut.',
};

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
  const json = isJson(item);
  const { values, matchingColumn, isAutomatic } = json
    ? { values: item.jsonObject('fieldsJson', 'Fields', FIELDS_JSON_ADVICE), matchingColumn: undefined, isAutomatic: false }
    : item.mappedFields('fields', 'Fields');
  return {
    values,
    matchingColumn,
    rules: {
      zone: item.zone,
      unknownFields: isAutomatic ? item.choice('options.unknownColumns', 'Unknown Columns', ['refuse', 'leaveOut']) : 'refuse',
      // Columns of an earlier Get hold PKey, age and the like; nobody means to write those.
      readOnlyFields: isAutomatic ? 'leaveOut' : 'refuse',
      emptyValues: readEmptyValues(item, json),
      longText: item.choice('options.longText', 'When Text Is Too Long', ['refuse', 'cut', 'send']),
      nestedFields: isAutomatic ? 'leaveOut' : 'send',
    },
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
 * The value that tells which record is meant.
 *
 * @throws CampaignError `invalidInput` when there is no such column but one of almost the same name
 */
export function matchedValue(values: Readonly<Record<string, unknown>>, column: string): unknown {
  if (Object.hasOwn(values, column)) return values[column];
  const plain = plainName(column);
  const alike = Object.keys(values).find((name) => plainName(name) === plain);
  if (alike === undefined) return undefined;
  throw invalidInput(
    `There is no column '${column}': did you mean '${alike.trim()}'?`,
    `The names differ in letter case, blanks or characters that cannot be seen. Rename the column to '${column}' in the step before, e.g. with Edit Fields.`,
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
  for (const { remark, field } of remarks) item.tally(REMARKS[remark], [field]);
  return fields;
}

/** Says in the output panel which fields an update emptied. */
export function tellEmptied(item: Item, sent: IDataObject): void {
  item.tally(
    'Emptied, because the value was blank',
    Object.keys(sent).filter((name) => isEmpty(sent[name])),
  );
}

/**
 * @returns the values, if there are any
 * @throws CampaignError `invalidInput`
 */
export function requireValues(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.values(values).some((value) => value !== undefined)) return values;
  throw nothingToSend();
}
