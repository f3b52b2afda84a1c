import type { INodePropertyCollection } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { NamedFilter } from '../../campaign/find/givenFilters';
import type { Parameters, Row } from '../../execution/parameters';
import { RESOURCE_PARAMETERS } from '../apiOption';

/** Any filter of the instance, custom ones included, as a choice of a Filters collection. */
export const filterByName: INodePropertyCollection = {
  displayName: 'Predefined Filter',
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
 * @param entry where its name and parameters stand
 * @param names what the two are called there
 * @throws CampaignError `invalidInput`
 */
export function readFilterByName(entry: Parameters, names = { filter: 'name', parameters: 'parameters' }): NamedFilter {
  const name = entry.requiredText(
    names.filter,
    'Filter Name or ID',
    'Choose a filter from the list, or check that the expression finds one in every item.',
  );
  const parameters = new Map<string, string>();
  for (const row of entry.rows(names.parameters, 'Parameters', 'Without them everybody might match.')) {
    const parameter = row.requiredText('name', `A parameter of filter '${name}'`, 'Enter its API name, or remove the parameter.');
    if (parameters.has(parameter))
      throw invalidInput(`Parameter '${parameter}' of filter '${name}' is there twice`, 'Remove one of the two.');
    parameters.set(parameter, filterText(row, 'value', `${parameter}' of filter '${name}`));
  }
  return { kind: 'named', name, parameters: Object.fromEntries(parameters) };
}

/** Whether an AI agent left a filter by name out: it said no name, or nothing to compare with. Some parameters alone are a mistake. */
export function isFilterLeftOut(entry: Row): boolean {
  if (entry.isLeftOut('name')) return true;
  const rows = entry.isTool ? entry.rows('parameters', 'Parameters') : [];
  return rows.length > 0 && rows.every((row) => row.isLeftOut('value'));
}

/**
 * A filter's value as text; dates of n8n's expressions as Campaign writes them. There is no description that tells the kind
 * of a parameter, so that text stays text.
 *
 * @throws CampaignError `invalidInput`
 */
function filterText(entry: Row, name: string, displayName: string): string {
  return entry.isDateObject(name) ? (entry.moment(name, displayName)?.text ?? '') : entry.text(name, displayName);
}
