import type { CampaignErrorReason } from '../../../nodes/shared/campaign/error';
import { describeProgress, sentencesFor } from '../../../nodes/shared/execution/account/summary';

describe('sentencesFor', () => {
  it('says one sentence for each kind, most frequent first', () => {
    expect(
      sentencesFor(
        new Map<CampaignErrorReason, number>([
          ['rejected', 2],
          ['notFound', 1037],
          ['outcomeUnknown', 1],
        ]),
        10_000,
      ),
    ).toEqual([
      '1,037 of 10,000 items were not found',
      '2 of 10,000 items were not accepted by Campaign',
      '1 of 10,000 items may or may not have been carried out',
    ]);
  });

  it('says nothing when nothing went wrong', () => {
    expect(sentencesFor(new Map(), 10)).toEqual([]);
  });

  it('has words for every reason', () => {
    const reasons: CampaignErrorReason[] = [
      'invalidInput',
      'notFound',
      'unknownKey',
      'severalMatches',
      'unauthorized',
      'forbidden',
      'unroutable',
      'rateLimited',
      'rejected',
      'unavailable',
      'unreadableAnswer',
      'outcomeUnknown',
      'notVerified',
      'notRunning',
      'tooSoon',
      'deadlinePassed',
      'notDelivered',
      'unexpected',
    ];
    const sentences = reasons.flatMap((reason) => sentencesFor(new Map([[reason, 2]]), 3));

    expect(new Set(sentences).size).toBe(reasons.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^2 of 3 items [a-z][^.]+$/);
  });
});

describe('describeProgress', () => {
  it.each([
    [0, 1, ''],
    [0, 5, 'None of the 5 items was completed.'],
    [1, 5, /^1 of 5 items /],
    [12_345, 100_000, /^12,345 of 100,000 items were completed before the run ended; running it again repeats them\.$/],
  ])('%i of %i', (done, total, expected) => {
    expect(describeProgress(done, total)).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });
});
