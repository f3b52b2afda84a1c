import type { INodeProperties } from 'n8n-workflow';

import type { SeveralMatches } from '../../campaign/find/findRecords';
import type { Item } from '../../execution/item';

type Verb = 'Delete' | 'Return' | 'Subscribe' | 'Unsubscribe' | 'Update';

/** What to do when there is no such record, as an option. */
export function notFoundOption(noun: string, description = `What to do when there is no such ${noun}`): INodeProperties {
  return {
    displayName: 'When Not Found',
    name: 'notFound',
    type: 'options',
    options: [
      { name: 'Fail', value: 'fail', description: `Stop, and say which ${noun} is missing` },
      { name: 'Return Nothing', value: 'returnNothing', description: 'Go on without an item for it' },
    ],
    default: 'fail',
    description,
  };
}

/** What to do when an email belongs to several profiles, as an option. */
export function severalMatchesOption(verb: Verb): INodeProperties {
  return severalOption(verb, 'profile', 'profile with this email', 'What to do when several profiles have the same email');
}

/** What to do when an email or a filter finds several records that could be the one to update, as an option. */
export function severalFoundOption(noun: string): INodeProperties {
  return severalOption('Update', noun, `${noun} that is found`, `What to do when more than one ${noun} is found`);
}

function severalOption(verb: Verb, noun: string, every: string, description: string): INodeProperties {
  return {
    displayName: 'When Several Match',
    name: 'severalMatches',
    type: 'options',
    options: [
      { name: 'Fail', value: 'fail', description: 'Stop, and say how many there are' },
      { name: `${verb} All`, value: 'all', description: `${verb} every ${every}` },
      { name: `${verb} First`, value: 'first', description: `${verb} the first ${noun} that Campaign lists` },
    ],
    default: 'fail',
    description,
  };
}

/** Reads whether a missing record is all right for one item. */
export function readMayBeMissing(item: Item): boolean {
  return item.choice('options.notFound', 'When Not Found', ['fail', 'returnNothing']) === 'returnNothing';
}

/** Reads what to do with several matches for one item. */
export function readSeveralMatches(item: Item): SeveralMatches {
  return item.choice('options.severalMatches', 'When Several Match', ['fail', 'all', 'first']);
}
