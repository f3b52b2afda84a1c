import type { INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';

import { invalidInput, type CampaignError } from '../campaign/error';
import { nothingToSend, type FieldRules } from '../campaign/fields';
import type { CampaignInstance } from '../campaign/instance';
import { profileByCustomKey, profileByEmail, profileByKey, type ProfileReference } from '../campaign/profiles';
import { isObject } from '../campaign/records';
import type { Item } from '../execution/item';
import { readApi } from './apiProperty';
import { profileLocator, readProfile } from './profileLocator';

/** The fields to write, whose profile, and how strictly to take them. */
export interface ProfileFields {
  readonly reference: ProfileReference;
  readonly values: Readonly<Record<string, unknown>>;
  readonly rules: Omit<FieldRules, 'api'>;
}

const MATCHING_COLUMN_ONLY = { fieldsFrom: ['mapping'], identifyBy: ['matchingColumn'] };
const LOCATOR_WITH_MAPPING = { fieldsFrom: ['mapping'], identifyBy: ['profile'] };
const LOCATOR_WITH_JSON = { fieldsFrom: ['json'] };

/** Whose profile to change and which fields, as a form built from Campaign's metadata or as JSON. */
export const profileFieldsProperties: readonly INodeProperties[] = [
  {
    displayName: 'Fields From',
    name: 'fieldsFrom',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Mapping', value: 'mapping', description: 'Fill in the fields, or take them from the columns of the input' },
      { name: 'JSON', value: 'json', description: 'Give the fields as a JSON object' },
    ],
    default: 'mapping',
    description: 'How to give the fields to change',
  },
  {
    displayName: 'Identify Profile By',
    name: 'identifyBy',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Chosen Profile', value: 'profile', description: 'Choose the profile from a list, or give its PKey, URL, e-mail or custom key' },
      {
        name: 'Matching Column',
        value: 'matchingColumn',
        description: 'Let one of the fields say which profile to change. Best for many items: with automatic mapping no expression is needed.',
      },
    ],
    default: 'profile',
    displayOptions: { show: { fieldsFrom: ['mapping'] } },
    description: 'How to tell which profile to change',
  },
  { ...profileLocator, displayOptions: { show: LOCATOR_WITH_MAPPING } },
  { ...profileLocator, displayOptions: { show: LOCATOR_WITH_JSON } },
  mapper(LOCATOR_WITH_MAPPING, { mode: 'add', addAllFields: false }),
  mapper(MATCHING_COLUMN_ONLY, {
    mode: 'update',
    multiKeyMatch: false,
    matchingFieldsLabels: {
      title: 'Column to match on',
      hint: 'The field that tells which profile to change: PKey, Email, or your custom key with the extended API',
    },
  }),
  {
    displayName: 'Fields',
    name: 'fieldsJson',
    type: 'json',
    default: '{}',
    required: true,
    placeholder: 'e.g. { "phone": "3301020304" }',
    displayOptions: { show: { fieldsFrom: ['json'] } },
    description: 'The fields to change by their API names, as a JSON object',
  },
];

/** The form of fields, one for each way to identify the profile: n8n offers a column to match on in one mode only. */
function mapper(show: Record<string, string[]>, options: Partial<ResourceMapperTypeOptions>): INodeProperties {
  return {
    displayName: 'Fields',
    name: 'fields',
    type: 'resourceMapper',
    noDataExpression: true,
    default: { mappingMode: 'defineBelow', value: null },
    required: true,
    displayOptions: { show },
    description: 'The fields to change. Fields that Campaign sets itself are left out.',
    typeOptions: {
      loadOptionsDependsOn: ['api', 'identifyBy'],
      resourceMapper: {
        mode: 'add',
        resourceMapperMethod: 'getProfileFields',
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

/**
 * Reads the profile and fields of one item.
 *
 * @throws CampaignError `invalidInput`, before any request
 */
export function readProfileFields(item: Item, instance: CampaignInstance): ProfileFields {
  const emptyValues = item.flag('options.ignoreEmptyValues') ? 'leaveOut' : 'clear';

  if (item.choice('fieldsFrom', 'Fields From', ['mapping', 'json']) === 'json') {
    const values = parseJsonFields(item.value('fieldsJson'));
    return {
      reference: readProfile(item, instance),
      values: notNone(values),
      rules: { emptyValues, unknownFields: 'refuse', readOnlyFields: 'refuse' },
    };
  }

  const isMatched = item.choice('identifyBy', 'Identify Profile By', ['profile', 'matchingColumn']) === 'matchingColumn';
  const { values, matchingColumn, isAutomatic } = item.mappedFields('fields');
  const { matched, others } = isMatched ? splitMatch(values, matchingColumn) : { matched: undefined, others: values };
  return {
    reference: isMatched ? referenceByColumn(instance, item, matchingColumn ?? '', matched) : readProfile(item, instance),
    values: notNone(others),
    rules: {
      emptyValues,
      unknownFields: isAutomatic ? item.choice('options.unknownColumns', 'Unknown Columns', ['refuse', 'leaveOut']) : 'refuse',
      // Columns of an earlier Get hold PKey, age and the like; nobody means to write those.
      readOnlyFields: isAutomatic ? 'leaveOut' : 'refuse',
    },
  };
}

function splitMatch(
  values: Readonly<Record<string, unknown>>,
  column: string | undefined,
): { matched: unknown; others: Readonly<Record<string, unknown>> } {
  if (!column) {
    throw invalidInput("No column to match on is chosen in 'Fields'", "Choose the field that tells which profile to change under 'Column to match on'.");
  }
  const { [column]: matched, ...others } = values;
  return { matched, others };
}

function referenceByColumn(instance: CampaignInstance, item: Item, column: string, value: unknown): ProfileReference {
  const api = readApi(item);
  if (column === 'PKey') return profileByKey(instance, api, value, column);
  if (column === 'email') return profileByEmail(api, value, column);
  return profileByCustomKey(instance, api, value, column);
}

function notNone(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.values(values).some((value) => value !== undefined)) return values;
  throw nothingToSend();
}

function parseJsonFields(value: unknown): Readonly<Record<string, unknown>> {
  let parsed: unknown = value;
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value.trim() === '' ? '{}' : value);
    } catch (error) {
      throw notJson(error instanceof Error ? error.message : String(error));
    }
  }
  if (isObject(parsed)) return parsed;
  throw invalidInput("'Fields' is not a JSON object", 'Give an object with field names and values, e.g. { "phone": "3301020304" }.');
}

function notJson(reason: string): CampaignError {
  return invalidInput(`'Fields' is not JSON: ${reason}`, 'Give an object with field names and values, e.g. { "phone": "3301020304" }.');
}
