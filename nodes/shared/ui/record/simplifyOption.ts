import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../execution/item';

/** Whether to return the few attributes that people use, or all that Campaign says. */
export const simplifyProperty: INodeProperties = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Reads that choice for one item. */
export function readSimplify(item: Item): boolean {
  return item.flag('simplify', 'Simplify', true);
}
