import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import { DEFAULT_PAGE } from '../../campaign/pageSizes';
import { jsonText } from '../../campaign/records';
import type { Item } from '../../execution/item';
import type { StepParameters } from '../../execution/stepParameters';

/** How many records to return. */
export const limitProperties: readonly INodeProperties[] = [
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    displayOptions: { show: { returnAll: [false] } },
    description: 'Max number of results to return',
  },
];

/** How many records to ask for at a time, for the Options collection. */
export const pageSizeOption: INodeProperties = {
  displayName: 'Page Size',
  name: 'pageSize',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: DEFAULT_PAGE,
  description: 'Records to ask for in one request; lower it when Campaign takes too long for one',
};

/** Reads how many records to return for one item; Infinity for all. */
export function readLimit(item: Item): number {
  return item.flag('returnAll') ? Infinity : readCount(item.value('limit'), 'Limit');
}

/** Reads how many records to ask for at a time, never more than are wanted. */
export function readPageSize(item: StepParameters, limit: number): number {
  return Math.min(limit, readCount(item.value('options.pageSize', DEFAULT_PAGE), 'Page Size'));
}

/**
 * A whole number of 1 or more.
 *
 * @param field the parameter's display name
 * @throws CampaignError `invalidInput`
 */
export function readCount(value: unknown, field: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1) return number;
  throw invalidInput(
    `'${field}' is ${jsonText(value) ?? 'missing'}`,
    `Enter a whole number of 1 or more${field === 'Limit' ? ", or turn on 'Return All'" : ''}.`,
  );
}
