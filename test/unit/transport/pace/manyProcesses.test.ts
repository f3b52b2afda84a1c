import { leaveAlone, shareCap } from '../../support/sharedCap';

/**
 * Processes that know nothing of each other, each with a gate of its own, in front of one limit, in virtual time: for one seed the
 * same every time. `npm run bench:processes` prints the whole table.
 */

// Tens of thousands of requests take their time on a busy machine.
jest.setTimeout(120_000);

const SEEDS = [1, 2, 3];
const SECONDS = 30;

describe('processes that share a hidden limit', () => {
  it.each(
    [13, 100].flatMap((perSecond) =>
      [undefined, 1].flatMap((retryAfter) => [1, 2, 4].map((processes) => ({ perSecond, retryAfter, processes }))),
    ),
  )('lose nothing, and use it: $processes at $perSecond/s, Retry-After $retryAfter', async (situation) => {
    for (const seed of SEEDS) {
      const result = await shareCap({ ...situation, requests: SECONDS * situation.perSecond, startWithinMs: 200, seed });

      expect({ seed, failed: result.failed }).toEqual({ seed, failed: 0 });
      // Less than the limit could never be needed.
      expect(result.time).toBeGreaterThan(0.9);
      expect(result.time).toBeLessThan(situation.processes === 1 ? 1.2 : 2.2);
      expect(result.refused).toBeLessThan(0.12);
    }
  });

  it('take up what another one leaves', async () => {
    for (const seed of SEEDS) {
      expect(await leaveAlone({ processes: 2, perSecond: 100, startWithinMs: 200, seed })).toBeLessThan(60);
    }
  });
});
