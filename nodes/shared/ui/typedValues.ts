import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { CampaignField } from '../campaign/metadata';
import { isoTextOf } from '../campaign/fields/moments';
import { show } from '../campaign/scalars';
import { convertValue } from '../campaign/fields/values';
import { whileOptions } from '../execution/formerParameters';
import type { Item } from '../execution/item';
import { plainObject } from '../execution/reading/jsonObject';

/** Named values that Campaign has no metadata for, so that people say the types. */
export interface TypedValues {
  /** The parameter's name, e.g. `parameters`. */
  readonly name: string;
  readonly displayName: string;
  /** What one of the values is called. */
  readonly singular: string;
  readonly description: string;
  readonly namePlaceholder: string;
  readonly jsonPlaceholder: string;
  /** Whether JSON may hold lists and objects as values. */
  readonly canNest: boolean;
}

const TYPES = ['string', 'boolean', 'datetime', 'number'] as const;
type ValueType = (typeof TYPES)[number];

/** How the values are given, for the Options collection. */
export function typedValuesFromOption({ name, displayName }: TypedValues): INodeProperties {
  return {
    displayName: `${displayName} From`,
    name: `${name}From`,
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Fields', value: 'fields', description: 'Give names, types and values one by one' },
      { name: 'JSON', value: 'json', description: 'Give everything as a JSON object' },
    ],
    default: 'fields',
    description: 'How to give the values',
  };
}

/** A list of names, types and values, or a JSON object instead. */
export function typedValuesProperties(values: TypedValues): INodeProperties[] {
  const { name, displayName, singular, description, namePlaceholder, jsonPlaceholder } = values;
  const from = `${name}From`;
  return [
    ...whileOptions(
      { [from]: { isNot: ['json'] } },
      {
        displayName,
        name,
        type: 'fixedCollection',
        typeOptions: { multipleValues: true },
        placeholder: `Add ${singular.toLowerCase()}`,
        default: {},
        description,
        options: [
          {
            displayName: singular,
            name: 'values',
            values: [
              {
                displayName: 'Name',
                name: 'name',
                type: 'string',
                default: '',
                placeholder: namePlaceholder,
                description: 'The name as it is declared in Campaign',
              },
              {
                displayName: 'Type',
                name: 'type',
                type: 'options',
                options: [
                  { name: 'Boolean', value: 'boolean' },
                  { name: 'Date and Time', value: 'datetime' },
                  { name: 'Number', value: 'number' },
                  { name: 'Text', value: 'string' },
                ],
                default: 'string',
                description: 'The type as it is declared in Campaign',
              },
              {
                displayName: 'Value',
                name: 'value',
                type: 'string',
                default: '',
                description: "The value. A date and time without a time zone is one of the workflow's time zone.",
              },
            ],
          },
        ],
      },
    ),
    ...whileOptions(
      { [from]: { is: ['json'] } },
      {
        displayName,
        name: `${name}Json`,
        type: 'json',
        default: '{}',
        placeholder: jsonPlaceholder,
        description,
      },
    ),
  ];
}

/**
 * Reads the values of one item in the form that Campaign takes.
 *
 * @throws CampaignError `invalidInput` naming what cannot be sent
 */
export function readTypedValues(item: Item, values: TypedValues): IDataObject {
  const { name, displayName, jsonPlaceholder } = values;
  if (item.choice(`options.${name}From`, `${displayName} From`, ['fields', 'json']) === 'fields') return readRows(item, values);

  const given = item.jsonObject(`${name}Json`, displayName, `Give an object with names and values, ${jsonPlaceholder}.`);
  if (values.canNest) return plainObject(given, displayName);
  const nested = Object.keys(given).filter(
    (key) => given[key] === null || (typeof given[key] === 'object' && isoTextOf(given[key]) === undefined),
  );
  if (nested.length === 0) return plainObject(given, displayName);
  throw invalidInput(
    `'${displayName}' has values that are not text, number, boolean or date: ${nested.join(', ')}`,
    'Give every value on its own, without lists, objects and null.',
  );
}

function readRows(item: Item, { name, displayName, singular }: TypedValues): IDataObject {
  const read = new Map<string, IDataObject[string]>();
  for (const row of item.rows(name, displayName, `Without it nothing would be sent.`)) {
    if (row.isLeftOut('value')) continue;
    const title = row.text('name', `Name in ${displayName}`);
    if (title === '')
      throw invalidInput(`A value in '${displayName}' has no name`, 'Enter the name as it is declared in Campaign, or remove the value.');
    if (read.has(title)) throw invalidInput(`'${title}' stands twice in '${displayName}'`, 'Give every name once.');
    const kind = row.choice('type', `Type of ${singular.toLowerCase()} '${title}'`, TYPES);
    const conversion = convertValue(fieldOf(title, kind), row.typed('value'), item.zone);
    if (!('value' in conversion))
      throw invalidInput(
        `'${title}' in '${displayName}' takes ${conversion.wanted}, not ${show(row.typed('value'))}`,
        `Nothing was sent. Correct the value, or its type. ${conversion.advice ?? ''}`.trim(),
      );
    read.set(title, conversion.value);
  }
  return Object.fromEntries(read);
}

function fieldOf(name: string, kind: ValueType): CampaignField {
  return { name, label: name, kind, readOnly: false, sortable: false, values: [] };
}
