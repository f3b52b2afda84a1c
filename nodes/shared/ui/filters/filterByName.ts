import type { INodePropertyCollection } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { NamedFilter } from '../../campaign/find/givenFilters';
import { isObject } from '../../campaign/records';
import { isSendable } from '../../campaign/urls';
import { dateTimeText } from '../../campaign/fields/values';
import { RESOURCE_PARAMETERS } from '../apiProperty';

/** Any filter of the instance, custom ones included, as a choice of a Filters collection. */
export const filterByName: INodePropertyCollection = {
  displayName: 'Filter by Name',
  name: 'byName',
  values: [
    {
      displayName: 'Filter Name or ID',
      name: 'name',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getFilters', loadOptionsDependsOn: RESOURCE_PARAMETERS },
      default: '',
      description:
        'A filter of this Campaign instance; custom filters need the extended API. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'Parameters',
      name: 'parameters',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add parameter',
      default: {},
      description: 'What the filter compares with; the list of filters shows the names',
      options: [
        {
          displayName: 'Parameter',
          name: 'parameter',
          values: [
            {
              displayName: 'Name',
              name: 'name',
              type: 'string',
              default: '',
              placeholder: 'e.g. amount',
              description: 'The parameter by its API name',
            },
            {
              displayName: 'Value',
              name: 'value',
              type: 'string',
              default: '',
              placeholder: 'e.g. 100',
              description: 'The value to compare with',
            },
          ],
        },
      ],
    },
  ],
};

/**
 * Reads one filter by name.
 *
 * @param entry what the editor stored
 * @throws CampaignError `invalidInput`
 */
export function readFilterByName(entry: Readonly<Record<string, unknown>>): NamedFilter {
  const name = typeof entry.name === 'string' ? entry.name.trim() : '';
  if (name === '')
    throw invalidInput(
      "'Filter Name or ID' is empty",
      'Choose a filter from the list, or check that the expression finds one in every item.',
    );
  const rows = isObject(entry.parameters) && Array.isArray(entry.parameters.parameter) ? (entry.parameters.parameter as unknown[]) : [];
  const parameters = new Map<string, string>();
  for (const row of rows) {
    if (!isObject(row)) continue;
    const parameter = typeof row.name === 'string' ? row.name.trim() : '';
    if (parameter === '') throw invalidInput(`A parameter of filter '${name}' has no name`, 'Enter its API name, or remove the parameter.');
    if (parameters.has(parameter))
      throw invalidInput(`Parameter '${parameter}' of filter '${name}' is there twice`, 'Remove one of the two.');
    parameters.set(parameter, textOf(row.value, `Parameter '${parameter}' of filter '${name}'`));
  }
  return { kind: 'named', name, parameters: Object.fromEntries(parameters) };
}

/**
 * A filter's value as text; dates of n8n's expressions as Campaign writes them.
 *
 * @param field what to call it in messages
 * @throws CampaignError `invalidInput`
 */
export function textOf(value: unknown, field: string): string {
  const text = asText(value, field);
  if (isSendable(text)) return text;
  throw invalidInput(`${field} has characters that cannot be sent`, 'Remove line breaks and broken characters from it.');
}

function asText(value: unknown, field: string): string {
  switch (typeof value) {
    case 'string':
      return value.trim();
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value === null || value === undefined ? '' : dateText(value, field);
  }
}

function dateText(value: unknown, field: string): string {
  const text = dateTimeText(value);
  if (text !== undefined) return text;
  throw invalidInput(`${field} is ${JSON.stringify(value)}`, 'Give text, a number, a date, or true or false.');
}
