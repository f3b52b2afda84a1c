import type { INodeProperties } from 'n8n-workflow';

import { whileOptions } from '../../execution/formerParameters';
import type { Item } from '../../execution/item';
import { writtenFields, outputProperties, readOutput, type OutputShape, type SimplifiedOutput } from './output';

/** How much to return of a record that is read back. */
export function readBackProperties(output: SimplifiedOutput): INodeProperties[] {
  return outputProperties(output).flatMap((property) => whileOptions({ readBack: { is: ['return', 'verify'] } }, property));
}

/** Whether to look at a record again after writing it, for the Options collection. */
export function readBackOption({ noun }: SimplifiedOutput): INodeProperties {
  const title = noun.charAt(0).toUpperCase() + noun.slice(1);
  return {
    displayName: 'Read Back',
    name: 'readBack',
    type: 'options',
    options: [
      { name: 'Off', value: 'off', description: 'Return the fields that were written, PKey and href, without another request' },
      { name: `Return ${title}`, value: 'return', description: `Return the ${noun} as it is afterwards` },
      {
        name: `Return ${title} and Verify`,
        value: 'verify',
        description: `Return the ${noun}, and fail when a written field does not hold the written value`,
      },
    ],
    default: 'off',
    description: `Whether to retrieve the ${noun} again after writing it`,
  };
}

/** What to do after a write, for one item. */
export interface ReadBack {
  readonly readBack: boolean;
  readonly verify: boolean;
  readonly shape: OutputShape;
}

/** Reads what to do after a write for one item. */
export function readReadBack(item: Item, output: SimplifiedOutput): ReadBack {
  const choice = item.choice('options.readBack', 'Read Back', ['off', 'return', 'verify']);
  return { readBack: choice !== 'off', verify: choice === 'verify', shape: choice === 'off' ? writtenFields : readOutput(item, output) };
}
