import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { SortOrder } from '../../campaign/find/listQuery';
import type { Item } from '../../execution/item';
import { RESOURCE_PARAMETERS } from '../apiOption';

/** The order of a list. Campaign sorts by one field. */
export const sortProperty: INodeProperties = {
  displayName: 'Sort',
  name: 'sort',
  type: 'fixedCollection',
  placeholder: 'Add sort',
  default: {},
  description: 'The order of the results; without one Campaign decides',
  options: [
    {
      displayName: 'Sort',
      name: 'by',
      values: [
        {
          displayName: 'Field Name or ID',
          name: 'field',
          type: 'options',
          typeOptions: { loadOptionsMethod: 'getSortableFields', loadOptionsDependsOn: RESOURCE_PARAMETERS },
          default: '',
          description:
            'The field to sort by. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
        },
        {
          displayName: 'Direction',
          name: 'direction',
          type: 'options',
          options: [
            { name: 'Ascending', value: 'ascending', description: 'A to Z, oldest first' },
            { name: 'Descending', value: 'descending', description: 'Z to A, newest first' },
          ],
          default: 'ascending',
          description: 'Which end of the order comes first',
        },
      ],
    },
  ],
};

/**
 * Reads the order for one item.
 *
 * @throws CampaignError `invalidInput` when there is an order without a field, or with another direction
 */
export function readSort(item: Item): SortOrder | undefined {
  const [by, another] = item.rows('sort', 'Sort', 'Campaign would decide about the order.');
  if (!by || by.isLeftOut('field')) return undefined;
  if (another) throw invalidInput("'Sort' has two fields", 'Campaign sorts by one: remove the others.');
  const field = by.text('field', 'Sort');
  if (!/^[\p{L}\p{N}_]+$/u.test(field)) {
    throw invalidInput(
      field === '' ? "'Sort' has no field" : `'${field}' is not a field to sort by`,
      "Choose a field from the list, or remove 'Sort'.",
    );
  }
  return { field, direction: by.choice('direction', 'Direction', ['ascending', 'descending']) };
}
