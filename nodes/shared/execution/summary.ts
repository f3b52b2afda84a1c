import type { CampaignErrorReason } from '../campaign/error';

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
export function summarize(counts: ReadonlyMap<CampaignErrorReason, number>, total: number): string[] {
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([reason, count]) => `${format(count)} of ${format(total)} items ${SENTENCES[reason]}`);
}

/** What a run that ended early had done by then. */
export function describeProgress(done: number, total: number): string {
  if (total === 1) return '';
  return done === 0
    ? `None of the ${format(total)} items was completed.`
    : `${format(done)} of ${format(total)} items were completed before the run ended; running it again repeats them.`;
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
