import type { CampaignErrorReason } from '../../../nodes/shared/campaign/error';
import { describeRun, usualOutcome, type RunAccount } from '../../../nodes/shared/execution/account/summary';

const account = (changes: Partial<RunAccount> = {}): RunAccount => ({
  items: 10_000,
  outcomes: new Map([
    ['created', 1_200],
    ['updated', 8_000],
    ['unchanged', 700],
  ]),
  failures: new Map<CampaignErrorReason, number>([
    ['notFound', 97],
    ['rejected', 3],
  ]),
  doneEarlier: 0,
  fields: ['Emptied, because the value was blank: phone (12 items)'],
  effort: { requests: 19_500, heldMilliseconds: 12_345 },
  ...changes,
});

describe('the summary of a run', () => {
  it('says what became of the items, what failed and why, what is lost, and what it took', () => {
    expect(describeRun(account())).toBe(
      '10,000 items: 1,200 created, 8,000 updated, 700 unchanged, 100 failed. 97 of 10,000 items were not found. ' +
        '3 of 10,000 items were not accepted by Campaign. Emptied, because the value was blank: phone (12 items). ' +
        "19,500 requests were made, and 12.3 seconds waited for Campaign's rate.",
    );
  });

  it('says what an earlier try was done with', () => {
    expect(describeRun(account({ doneEarlier: 9_900 }))).toContain('. 9,900 of 10,000 were done by an earlier try, and not again. ');
  });

  it('says no more than there is', () => {
    const quiet = { failures: new Map(), fields: [], effort: { requests: 1, heldMilliseconds: 40 } };
    expect(describeRun(account({ ...quiet, items: 2, outcomes: new Map([['returned', 2]]) }))).toBe(
      '2 items: 2 returned. 1 request was made.',
    );
    expect(describeRun(account({ ...quiet, items: 2, outcomes: new Map(), effort: undefined }))).toBe('2 items: nothing found.');
  });

  it('is bounded and plain text, whatever the items hold', () => {
    const reasons = Object.keys(REASONS) as CampaignErrorReason[];
    const text = describeRun(account({ failures: new Map(reasons.map((reason) => [reason, 9_999_999])) }));
    expect(text.length).toBeLessThan(3_000);
    expect(text).not.toMatch(/[<>\n]/);
  });
});

const REASONS: Record<CampaignErrorReason, true> = {
  invalidInput: true,
  notFound: true,
  unknownKey: true,
  alreadyDone: true,
  severalMatches: true,
  unauthorized: true,
  forbidden: true,
  unroutable: true,
  rateLimited: true,
  rejected: true,
  unavailable: true,
  unreadableAnswer: true,
  outcomeUnknown: true,
  notVerified: true,
  notRunning: true,
  tooSoon: true,
  deadlinePassed: true,
  notDelivered: true,
  unexpected: true,
};

describe('what an operation does as a rule', () => {
  it.each([
    ['create', 'created'],
    ['delete', 'deleted'],
    ['getAll', 'returned'],
    ['constructor', 'returned'],
  ])('%s: %s', (operation, outcome) => {
    expect(usualOutcome(operation)).toBe(outcome);
  });
});
