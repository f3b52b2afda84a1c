import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../execution/item';
import { identityOf, outputProperties, readOutput, type OutputShape, type SimplifiedOutput } from './output';

/** Whether to look at a record again after writing it, and how much of it to return. */
export function readBackProperties(output: SimplifiedOutput): INodeProperties[] {
  const { noun } = output;
  const title = noun.charAt(0).toUpperCase() + noun.slice(1);
  return [
    {
      displayName: 'Read Back',
      name: 'readBack',
      type: 'options',
      options: [
        { name: 'Off', value: 'off', description: 'Return what Campaign answers: PKey and href' },
        { name: `Return ${title}`, value: 'return', description: `Return the ${noun} as it is afterwards` },
        {
          name: `Return ${title} and Verify`,
          value: 'verify',
          description: `Return the ${noun}, and fail when a written field does not hold the written value`,
        },
      ],
      default: 'off',
      description: `Whether to retrieve the ${noun} again after writing it`,
    },
    ...outputProperties(output).map((property) => ({
      ...property,
      displayOptions: { show: { ...property.displayOptions?.show, readBack: ['return', 'verify'] } },
    })),
  ];
}

/** What to do after a write, for one item. */
export interface ReadBack {
  readonly readBack: boolean;
  readonly verify: boolean;
  readonly shape: OutputShape;
}

/** Reads what to do after a write for one item. */
export function readReadBack(item: Item, output: SimplifiedOutput): ReadBack {
  const choice = item.choice('readBack', 'Read Back', ['off', 'return', 'verify']);
  return { readBack: choice !== 'off', verify: choice === 'verify', shape: choice === 'off' ? identityOf : readOutput(item, output) };
}
