import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { CampaignField } from '../campaign/metadata';
import { isObject } from '../campaign/records';
import { convertValue, show } from '../campaign/fields/values';
import type { Item } from '../execution/item';
import { parseJsonObject } from './jsonObject';

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

/** A list of names, types and values, or a JSON object instead. */
export function typedValuesProperties(values: TypedValues): INodeProperties[] {
  const { name, displayName, singular, description, namePlaceholder, jsonPlaceholder } = values;
  return [
    {
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
    },
    {
      displayName,
      name,
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: `Add ${singular.toLowerCase()}`,
      default: {},
      displayOptions: { show: { [`${name}From`]: ['fields'] } },
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
              description: 'The value. A date and time without a time zone counts as UTC.',
            },
          ],
        },
      ],
    },
    {
      displayName,
      name: `${name}Json`,
      type: 'json',
      default: '{}',
      placeholder: jsonPlaceholder,
      displayOptions: { show: { [`${name}From`]: ['json'] } },
      description,
    },
  ];
}

/**
 * Reads the values of one item in the form that Campaign takes.
 *
 * @throws CampaignError `invalidInput` naming what cannot be sent
 */
export function readTypedValues(item: Item, values: TypedValues): IDataObject {
  const { name, displayName } = values;
  if (item.choice(`${name}From`, `${displayName} From`, ['fields', 'json']) === 'fields') return readRows(item, values);

  const given = parseJsonObject(item.value(`${name}Json`), displayName, `Give an object with names and values, ${values.jsonPlaceholder}.`);
  if (values.canNest) return given;
  const nested = Object.keys(given).filter(
    (key) => given[key] === null || (typeof given[key] === 'object' && !(given[key] instanceof Date)),
  );
  if (nested.length === 0) return given;
  throw invalidInput(
    `'${displayName}' has values that are not text, number, boolean or date: ${nested.join(', ')}`,
    'Give every value on its own, without lists, objects and null.',
  );
}

function readRows(item: Item, { name, displayName }: TypedValues): IDataObject {
  const entered = item.value(name, {});
  const rows = isObject(entered) && Array.isArray(entered.values) ? (entered.values as unknown[]) : [];
  const read = new Map<string, IDataObject[string]>();
  for (const row of rows) {
    const { name: key, type, value } = isObject(row) ? row : {};
    const title = typeof key === 'string' ? key.trim() : '';
    if (title === '')
      throw invalidInput(`A value in '${displayName}' has no name`, 'Enter the name as it is declared in Campaign, or remove the value.');
    if (read.has(title)) throw invalidInput(`'${title}' stands twice in '${displayName}'`, 'Give every name once.');
    const conversion = convertValue(fieldOf(title, type), value);
    if (!('value' in conversion))
      throw invalidInput(
        `'${title}' in '${displayName}' takes ${conversion.wanted}, not ${show(value)}`,
        'Nothing was sent. Correct the value, or its type.',
      );
    read.set(title, conversion.value);
  }
  return Object.fromEntries(read);
}

function fieldOf(name: string, type: unknown): CampaignField {
  const kind: ValueType = TYPES.find((candidate) => candidate === type) ?? 'string';
  return { name, label: name, kind, readOnly: false, sortable: false, values: [] };
}
