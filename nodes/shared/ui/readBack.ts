import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../execution/item';
import { identityOf, outputProperties, readOutput, type OutputShape } from './output';

/** Whether to look at a profile again after writing it, and how much of it to return. */
export const readBackProperties: readonly INodeProperties[] = [
  {
    displayName: 'Read Back',
    name: 'readBack',
    type: 'options',
    options: [
      { name: 'Off', value: 'off', description: 'Return what Campaign answers: PKey and href' },
      { name: 'Return Profile', value: 'return', description: 'Return the profile as it is afterwards' },
      {
        name: 'Return Profile and Verify',
        value: 'verify',
        description: 'Return the profile, and fail when a written field does not hold the written value',
      },
    ],
    default: 'off',
    description: 'Whether to retrieve the profile again after writing it',
  },
  ...outputProperties.map((property) => ({
    ...property,
    displayOptions: { show: { ...property.displayOptions?.show, readBack: ['return', 'verify'] } },
  })),
];

/** What to do after a write, for one item. */
export interface ReadBack {
  readonly readBack: boolean;
  readonly verify: boolean;
  readonly shape: OutputShape;
}

/** Reads what to do after a write for one item. */
export function readReadBack(item: Item): ReadBack {
  const choice = item.choice('readBack', 'Read Back', ['off', 'return', 'verify']);
  return { readBack: choice !== 'off', verify: choice === 'verify', shape: choice === 'off' ? identityOf : readOutput(item) };
}
