import type { INodeProperties } from 'n8n-workflow';

import type { Patience } from '../../campaign/actions/pollUntil';
import type { Item } from '../../execution/item';

const DEFAULT_DEADLINE_SECONDS = 300;
const DEFAULT_INTERVAL_SECONDS = 5;
/** A day: who waits longer looks again in another execution. */
const LONGEST_SECONDS = 86_400;
/** What a saved workflow or an expression may ask for; below it, looks would follow one another without a pause. */
const SHORTEST_INTERVAL_SECONDS = 0.01;
const LONGEST_INTERVAL_SECONDS = 3600;

/** Longest time to wait for something that Campaign does in its own time. */
export const deadlineOption: INodeProperties = {
  displayName: 'Deadline',
  name: 'deadline',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: LONGEST_SECONDS },
  default: DEFAULT_DEADLINE_SECONDS,
  description: 'Seconds to wait at the most, 86,400 (a day) at the highest. After that the item fails, and says what is known so far.',
};

/** Time between two looks at it. */
export const pollIntervalOption: INodeProperties = {
  displayName: 'Poll Interval',
  name: 'pollInterval',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: LONGEST_INTERVAL_SECONDS },
  default: DEFAULT_INTERVAL_SECONDS,
  description: 'Seconds from one look to the next, 3,600 at the most; at first it is looked at sooner. Every look is a request.',
};

/**
 * Reads how long to wait and how often to look.
 *
 * @throws CampaignError `invalidInput`
 */
export function readPatience(item: Item): Patience {
  const interval = { least: SHORTEST_INTERVAL_SECONDS, most: LONGEST_INTERVAL_SECONDS };
  return {
    deadlineMilliseconds: item.positiveNumber('options.deadline', 'Deadline', DEFAULT_DEADLINE_SECONDS, { most: LONGEST_SECONDS }) * 1000,
    intervalMilliseconds: item.positiveNumber('options.pollInterval', 'Poll Interval', DEFAULT_INTERVAL_SECONDS, interval) * 1000,
  };
}
