import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_PAGE } from '../../campaign/find/pageSizes';
import type { Item } from '../../execution/item';
import type { StepParameters } from '../../execution/stepParameters';

/** An answer of more records comes in no gateway's minute. */
const LARGEST_PAGE = 10_000;
const DEFAULT_LIMIT = 50;

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
    // n8n's verification wants to read the number here.
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
  typeOptions: { minValue: 1, maxValue: LARGEST_PAGE },
  default: DEFAULT_PAGE,
  description: 'Records to ask for in one request, 10,000 at the most; lower it when Campaign takes too long for one',
};

/** Reads how many records to return for one item; Infinity for all. */
export function readLimit(item: Item): number {
  return item.flag('returnAll', 'Return All')
    ? Infinity
    : item.count('limit', 'Limit', DEFAULT_LIMIT, { advice: "or turn on 'Return All'" });
}

/** Reads how many records to ask for at a time, never more than are wanted. */
export function readPageSize(item: StepParameters, limit: number): number {
  return Math.min(limit, item.count('options.pageSize', 'Page Size', DEFAULT_PAGE, { most: LARGEST_PAGE }));
}
