import type { INodeExecutionData } from 'n8n-workflow';

import type { CampaignErrorReason } from '../../campaign/error';
import { withCommas } from '../../campaign/scalars';

const SENTENCES: Readonly<Record<CampaignErrorReason, string>> = {
  invalidInput: 'had values that cannot be used',
  notFound: 'were not found',
  unknownKey: 'had a PKey that this Campaign instance did not give out',
  alreadyDone: 'were as wanted already',
  severalMatches: 'matched more than one record',
  unauthorized: 'were not sent: Adobe did not accept the access token',
  forbidden: 'were not sent: the credential has no right to do that',
  unroutable: 'were not sent: Adobe does not know the organization',
  rateLimited: 'were given up: Campaign kept asking to slow down',
  rejected: 'were not accepted by Campaign',
  unavailable: 'were given up: Campaign was not available',
  unreadableAnswer: "got an answer that is not Campaign's",
  outcomeUnknown: 'may or may not have been carried out',
  notVerified: 'were written, but do not hold what was written or could not be read back',
  notRunning: 'were not sent: the workflow does not run',
  tooSoon: 'came within ten minutes of another signal',
  deadlinePassed: 'had not come to their end when the deadline passed',
  notDelivered: 'were sent, but did not reach anybody',
  unexpected: 'ran into a mistake of this package or of n8n',
};

/**
 * One sentence for each kind of thing that went wrong, most frequent first, e.g. "37 of 10,000 items were not found".
 *
 * @param counts how many items failed for which reason
 * @param total how many items came in
 */
export function sentencesFor(counts: ReadonlyMap<CampaignErrorReason, number>, total: number): string[] {
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([reason, count]) => `${withCommas(count)} of ${withCommas(total)} items ${SENTENCES[reason]}`);
}

/** So many items are named that were under way. */
const NAMED_ITEMS = 20;

/**
 * What a run that ended early had done by then.
 *
 * @param interrupted items that were under way when it was stopped: what was sent for them may have been carried out
 */
export function describeProgress(done: number, total: number, interrupted: readonly number[] = []): string {
  return [completedItems(done, total, interrupted.length), interruptedItems(interrupted)].filter((text) => text !== '').join(' ');
}

function completedItems(done: number, total: number, interrupted: number): string {
  if (total === 1) return '';
  if (done > 0)
    return `${withCommas(done)} of ${withCommas(total)} items were completed before the run ended; running it again repeats them.`;
  return interrupted > 0
    ? `None of the ${withCommas(total)} items is known to be completed.`
    : `None of the ${withCommas(total)} items was completed.`;
}

function interruptedItems(interrupted: readonly number[]): string {
  if (interrupted.length === 0) return '';
  const named = [...interrupted].sort((left, right) => left - right).slice(0, NAMED_ITEMS);
  const more = interrupted.length - named.length;
  const list = `${named.join(', ')}${more > 0 ? ` and ${withCommas(more)} more` : ''}`;
  const which =
    interrupted.length === 1
      ? `1 item was under way (item ${list})`
      : `${withCommas(interrupted.length)} items were under way (items ${list})`;
  return `${which}: it is not known whether Campaign has carried out what was sent for ${interrupted.length === 1 ? 'it' : 'them'}.`;
}

/** What would have become of records, most telling first. Outcomes that are not here are said as they stand. */
const WORDS: Readonly<Record<string, string>> = {
  wouldUpdate: 'updated',
  wouldCreate: 'created',
  wouldDelete: 'deleted',
  wouldSubscribe: 'subscribed',
  wouldUnsubscribe: 'unsubscribed',
  wouldSend: 'sent',
  wouldTrigger: 'triggered',
  wouldStart: 'started',
  wouldPause: 'paused',
  wouldResume: 'resumed',
  wouldStop: 'stopped',
  wouldRestore: 'restored',
  wouldRestorePartly: 'partly restored',
};

/**
 * Sums a preview up, e.g. "Preview: 212 would be updated, 9 created, 3 unchanged, 3 fail; nothing was written".
 *
 * @param output items that came out, failed ones among them
 * @param failed how many items failed
 */
export function summarizePreview(output: readonly INodeExecutionData[], failed: number): string {
  const counts = new Map<string, number>();
  for (const { json } of output) {
    if (typeof json.outcome === 'string') counts.set(json.outcome, (counts.get(json.outcome) ?? 0) + 1);
  }
  const would = Object.entries(WORDS).flatMap(([outcome, word]) => part(counts.get(outcome), word));
  const others = [...counts].filter(([outcome]) => !Object.hasOwn(WORDS, outcome)).flatMap(([outcome, count]) => part(count, outcome));
  const [first, ...more] = would;
  const parts = [...(first === undefined ? [] : [first.replace(' ', ' would be ')]), ...more, ...others, ...part(failed, 'fail')];
  return `Preview: ${parts.length > 0 ? parts.join(', ') : 'there is nothing to do'}; nothing was written`;
}

function part(count: number | undefined, word: string): string[] {
  return count === undefined || count === 0 ? [] : [`${withCommas(count)} ${word}`];
}

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
  /** How many items an earlier try was done with. */
  readonly doneEarlier: number;
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
export function describeRun({ items, outcomes, failures, doneEarlier, fields, effort }: RunAccount): string {
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const ends = [...outcomes, ...(failed > 0 ? [['failed', failed] as const] : [])].map(([end, count]) => `${withCommas(count)} ${end}`);
  const sentences = [
    `${withCommas(items)} items: ${ends.length > 0 ? ends.join(', ') : 'nothing found'}`,
    ...sentencesFor(failures, items),
    ...(doneEarlier > 0 ? [`${withCommas(doneEarlier)} of ${withCommas(items)} were done by an earlier try, and not again`] : []),
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
