import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { Parameters } from './parameters';

/** The first parameter of every operation that writes. */
export const previewProperty: INodeProperties = {
  displayName: 'Preview',
  name: 'preview',
  type: 'boolean',
  default: false,
  description:
    'Whether to only show what would be written. Everything is read and checked as usual, and nothing in Campaign is changed. The same for all items of a run.',
};

/**
 * Reads whether the step only previews.
 *
 * @throws CampaignError `invalidInput`
 */
export function readPreview(parameters: Parameters): boolean {
  return parameters.flag('preview', 'Preview');
}

/**
 * Makes sure that no item asks for anything else than the run does: a run has one client, which may write or may not.
 *
 * @throws CampaignError `invalidInput`
 */
export function checkPreview(parameters: Parameters, expected: boolean): void {
  if (readPreview(parameters) === expected) return;
  throw invalidInput(
    `'Preview' is ${expected ? 'off' : 'on'} for this item, but ${expected ? 'on' : 'off'} for the first one`,
    'Nothing was sent for this item. Set it alike for all items of a run, or split the items before this step.',
  );
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
  return count === undefined || count === 0 ? [] : [`${count.toLocaleString('en-US')} ${word}`];
}
