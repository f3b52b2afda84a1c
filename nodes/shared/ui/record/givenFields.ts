import type { IDataObject, INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';

import { nothingToSend, prepareFields, type FieldRules } from '../../campaign/fields/prepareFields';
import type { FieldCatalogue } from '../../campaign/metadata';
import type { Item } from '../../execution/item';
import { RESOURCE_PARAMETERS } from '../apiProperty';
import { parseJsonObject } from '../jsonObject';

/** The fields of one item as they were given, and how strictly to take them. */
export interface GivenFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** The column that says whose record it is; undefined where the form has none. */
  readonly matchingColumn?: string;
  readonly rules: Pick<FieldRules, 'unknownFields' | 'readOnlyFields'>;
}

const JSON_ADVICE = 'Give an object with field names and values, e.g. { "phone": "3301020304" }.';

/** How the fields are given. */
export const fieldsFromProperty: INodeProperties = {
  displayName: 'Fields From',
  name: 'fieldsFrom',
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'Mapping', value: 'mapping', description: 'Fill in the fields, or take them from the columns of the input' },
    { name: 'JSON', value: 'json', description: 'Give the fields as a JSON object' },
  ],
  default: 'mapping',
  description: 'How to give the fields',
};

/** The fields as JSON. */
export const fieldsJsonProperty: INodeProperties = {
  displayName: 'Fields',
  name: 'fieldsJson',
  type: 'json',
  default: '{}',
  required: true,
  placeholder: 'e.g. { "phone": "3301020304" }',
  displayOptions: { show: { fieldsFrom: ['json'] } },
  description: 'The fields by their API names, as a JSON object',
};

/**
 * The form of fields, built from Campaign's metadata.
 *
 * @param show when to show it
 * @param options the mapper's mode and what goes with it: n8n offers a column to match on in one mode only
 */
export function fieldsMapper(show: Record<string, string[]>, options: Partial<ResourceMapperTypeOptions>): INodeProperties {
  return {
    displayName: 'Fields',
    name: 'fields',
    type: 'resourceMapper',
    noDataExpression: true,
    default: { mappingMode: 'defineBelow', value: null },
    required: true,
    displayOptions: { show },
    description: 'The fields to write. Fields that Campaign sets itself are left out.',
    typeOptions: {
      loadOptionsDependsOn: [...RESOURCE_PARAMETERS, 'identifyBy', 'matchOn'],
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
export const ignoreEmptyValuesOption: INodeProperties = {
  displayName: 'Ignore Empty Values',
  name: 'ignoreEmptyValues',
  type: 'boolean',
  default: false,
  description: 'Whether to leave a field as it is when its value is blank, instead of emptying it',
};

/** Tells whether the fields are given as JSON. */
export function isJson(item: Item): boolean {
  return item.choice('fieldsFrom', 'Fields From', ['mapping', 'json']) === 'json';
}

/**
 * Reads the fields of one item.
 *
 * @throws CampaignError `invalidInput`, before any request
 */
export function readGivenFields(item: Item): GivenFields {
  if (isJson(item)) {
    return {
      values: parseJsonObject(item.value('fieldsJson'), 'Fields', JSON_ADVICE),
      rules: { unknownFields: 'refuse', readOnlyFields: 'refuse' },
    };
  }
  const { values, matchingColumn, isAutomatic } = item.mappedFields('fields');
  return {
    values,
    matchingColumn,
    rules: {
      unknownFields: isAutomatic ? item.choice('options.unknownColumns', 'Unknown Columns', ['refuse', 'leaveOut']) : 'refuse',
      // Columns of an earlier Get hold PKey, age and the like; nobody means to write those.
      readOnlyFields: isAutomatic ? 'leaveOut' : 'refuse',
    },
  };
}

/**
 * Checks the fields of one item against Campaign's description and makes them ready to be sent; which columns were left
 * out goes to the output panel.
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
  const { fields, leftOut } = prepareFields(catalogue, values, rules);
  if (leftOut.length > 0) item.hint(`Columns left out, because they are no fields of Campaign: ${leftOut.join(', ')}`);
  return fields;
}

/**
 * @returns the values, if there are any
 * @throws CampaignError `invalidInput`
 */
export function notNone(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.values(values).some((value) => value !== undefined)) return values;
  throw nothingToSend();
}
