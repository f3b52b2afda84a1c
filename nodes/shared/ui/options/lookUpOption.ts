import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../execution/item';

/** How to find out which records are there. */
export type LookUpChoice = 'automatic' | 'fromList' | 'oneByOne';

/** How the records of many items are looked up, as an option. */
export function lookUpOption(names: string): INodeProperties {
  return {
    displayName: 'Look Up',
    name: 'lookUp',
    type: 'options',
    options: [
      { name: 'Automatic', value: 'automatic', description: 'Read the list where that saves at least half of the requests' },
      { name: 'From the List', value: 'fromList', description: `Read all ${names} page by page, and look up alone what they do not show` },
      { name: 'One by One', value: 'oneByOne', description: 'Ask Campaign once for every item' },
    ],
    default: 'automatic',
    description: `How to look up ${names} by email or by a key of your own. It is the same for all items.`,
  };
}

/** Reads how the records of a run are looked up. */
export function readLookUp(item: Item): LookUpChoice {
  return item.choice('options.lookUp', 'Look Up', ['automatic', 'fromList', 'oneByOne']);
}
