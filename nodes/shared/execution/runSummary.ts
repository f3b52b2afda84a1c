import type { CampaignErrorReason } from '../campaign/error';
import { withCommas } from '../campaign/scalars';
import { sentencesFor } from './summary';

/** What a run has cost. */
export interface Effort {
  readonly requests: number;
  /** Time, in ms, in which the next request was ready and the rate that Campaign takes did not let it go. */
  readonly heldMilliseconds: number;
}

/** What there is to say of a run that came to its end. */
export interface RunAccount {
  readonly items: number;
  /** How many records, or other things that the items are about, came to which end, e.g. `updated`. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly failures: ReadonlyMap<CampaignErrorReason, number>;
  /** What befell fields of many items, e.g. that they were emptied. */
  readonly fields: readonly string[];
  /** Undefined where nothing was asked. */
  readonly effort: Effort | undefined;
}

/** What became of one item of an operation, where it says nothing else. */
const OUTCOMES: Readonly<Record<string, string>> = {
  assignUnit: 'updated',
  create: 'created',
  createPrivacyRequest: 'created',
  delete: 'deleted',
  pause: 'paused',
  resume: 'resumed',
  send: 'sent',
  sendAndWaitForStatus: 'sent',
  start: 'started',
  stop: 'stopped',
  triggerSignal: 'triggered',
  update: 'updated',
  updateUnit: 'updated',
};

/** What became of a record that an operation put out without saying so. @param operation its `value` */
export function usualOutcome(operation: string): string {
  return Object.hasOwn(OUTCOMES, operation) ? (OUTCOMES[operation] ?? '') : 'returned';
}

/**
 * A run of several items in a few sentences, e.g. "120 items: 100 updated, 15 unchanged, 5 failed. 5 of 120 items were not found.
 * 135 requests were made, and 3.4 seconds waited for Campaign's rate."
 */
export function describeRun({ items, outcomes, failures, fields, effort }: RunAccount): string {
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const ends = [...outcomes, ...(failed > 0 ? [['failed', failed] as const] : [])].map(([end, count]) => `${withCommas(count)} ${end}`);
  const sentences = [
    `${withCommas(items)} items: ${ends.length > 0 ? ends.join(', ') : 'nothing found'}`,
    ...sentencesFor(failures, items),
    ...fields,
    ...(effort ? [describeEffort(effort)] : []),
  ];
  return `${sentences.join('. ')}.`;
}

function describeEffort({ requests, heldMilliseconds }: Effort): string {
  const made = requests === 1 ? '1 request was made' : `${withCommas(requests)} requests were made`;
  const seconds = Math.round(heldMilliseconds / 100) / 10;
  return seconds === 0 ? made : `${made}, and ${seconds.toLocaleString('en-US')} seconds waited for Campaign's rate`;
}
