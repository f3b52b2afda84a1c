import type { INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';

import { whileOptions, type OptionCondition } from '../../execution/formerParameters';
import type { Item } from '../../execution/item';
import { RESOURCE_PARAMETERS } from '../apiOption';

export const FIELDS_JSON_ADVICE = 'Give an object with field names and values, e.g. { "phone": "3301020304" }.';

/** How the fields are given, for the Options collection. */
const fieldsFromOption: INodeProperties = {
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

/** Where the fields are given as JSON, and where they are not. */
export const AS_JSON: OptionCondition = { is: ['json'] };
export const NOT_AS_JSON: OptionCondition = { isNot: ['json'] };

/** The fields as JSON. */
export const fieldsJsonProperties: readonly INodeProperties[] = whileOptions(
  { fieldsFrom: AS_JSON },
  {
    displayName: 'Fields',
    name: 'fieldsJson',
    type: 'json',
    default: '{}',
    required: true,
    placeholder: 'e.g. { "phone": "3301020304" }',
    description: 'The fields by their API names, as a JSON object',
  },
);

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
const unknownColumnsOption: INodeProperties = {
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

/** How dates are written, for the Options collection. */
const dateOrderOption: INodeProperties = {
  displayName: 'Dates Are Written As',
  name: 'dateOrder',
  type: 'options',
  options: [
    { name: 'Day First', value: 'dayFirst', description: 'Such as 24.10.1980, 24/10/1980 or 24-10-1980, with or without a time' },
    { name: 'ISO', value: 'iso', description: 'Such as 1980-10-24, with or without a time' },
    { name: 'Month First', value: 'monthFirst', description: 'Such as 10/24/1980, 10.24.1980 or 10-24-1980, with or without a time' },
  ],
  default: 'iso',
  description: 'How the input writes dates. It is never guessed. Dates that begin with the year are understood in any case.',
};

/** What to do with text that does not fit, for the Options collection. */
const longTextOption: INodeProperties = {
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

/** How fields are given and how strictly they are taken, for the Options collection of everything that writes a record. */
export const fieldsOptions: readonly INodeProperties[] = [dateOrderOption, fieldsFromOption, longTextOption, unknownColumnsOption];

const SEND_ONLY_CHANGED: INodeProperties = {
  displayName: 'Send Only Changed Fields',
  name: 'sendOnlyChangedFields',
  type: 'boolean',
  default: false,
};

/**
 * Send Only Changed Fields, for the Options collection.
 *
 * @param isDefault whether it is on unless it is turned off
 * @param description what it means for the operation
 */
export function sendOnlyChangedFieldsOption(isDefault: boolean, description: string): INodeProperties {
  return { ...SEND_ONLY_CHANGED, default: isDefault, description };
}

/** Reads Send Only Changed Fields. */
export function readOnlyChanged(item: Item, isDefault: boolean): boolean {
  return item.flag(`options.${SEND_ONLY_CHANGED.name}`, SEND_ONLY_CHANGED.displayName, isDefault);
}
