import { median } from '../../../../bench/statistics';
import { leaveAlone, shareCap, type SharedCapResult } from '../../support/sharedCap';

/**
 * Processes that know nothing of each other, each with a gate of its own, in front of one limit, in virtual time: for one seed the
 * same every time. `npm run bench:processes` prints the whole table, with more seeds and longer runs.
 */

// Tens of thousands of requests take their time on a busy machine.
jest.setTimeout(60_000);

const SECONDS = 30;

/** Half as long as in the table, where the search for the limit counts half as much. Medians: one seed alone may meet with a rare end. */
const EXPECTED = [
  { perSecond: 13, processes: 1, time: 1.1, refused: 0.04, spread: 1 },
  { perSecond: 13, processes: 2, time: 1.2, refused: 0.075, spread: 1.4 },
  { perSecond: 13, processes: 4, time: 1.25, refused: 0.13, spread: 1.6 },
  { perSecond: 13, processes: 8, time: 1.3, refused: 0.2, spread: 2.3 },
  { perSecond: 100, processes: 1, time: 1.1, refused: 0.02, spread: 1 },
  { perSecond: 100, processes: 2, time: 1.15, refused: 0.025, spread: 1.2 },
  { perSecond: 100, processes: 4, time: 1.15, refused: 0.035, spread: 1.3 },
  { perSecond: 100, processes: 8, time: 1.2, refused: 0.05, spread: 1.45 },
];

describe('processes that share a hidden limit', () => {
  it.each(EXPECTED)('lose nothing, and use it: $processes at $perSecond/s', async ({ perSecond, processes, ...expected }) => {
    const results: SharedCapResult[] = [];
    for (const seed of [1, 2, 3])
      results.push(await shareCap({ perSecond, processes, requests: SECONDS * perSecond, startWithinMs: 200, seed }));
    const of = (pick: (result: SharedCapResult) => number) => median(results.map(pick));

    expect(results.map(({ failed }) => failed)).toEqual([0, 0, 0]);
    // Less than the limit could never be needed.
    expect(Math.min(...results.map(({ time }) => time))).toBeGreaterThan(0.9);
    expect(of(({ time }) => time)).toBeLessThanOrEqual(expected.time);
    expect(of(({ refused }) => refused)).toBeLessThanOrEqual(expected.refused);
    expect(of(({ spread }) => spread)).toBeLessThanOrEqual(expected.spread);
  });

  it('are not stopped by the shortest Retry-After more than without one', async () => {
    const result = await shareCap({ perSecond: 100, retryAfter: 1, processes: 2, requests: SECONDS * 100, startWithinMs: 200, seed: 1 });

    expect(result.failed).toBe(0);
    expect(result.time).toBeLessThanOrEqual(1.15);
  });

  it.each([
    [100, 2, 5],
    [100, 8, 6],
    [13, 2, 6],
    [13, 8, 6],
  ])('take up what the others leave, within seconds: %i/s, %i processes', async (perSecond, processes, seconds) => {
    for (const seed of [1, 2]) {
      expect(await leaveAlone({ processes, perSecond, startWithinMs: 200, seed }, 15)).toBeLessThanOrEqual(seconds);
    }
  });
});
