import { Poller } from '../../../../nodes/shared/campaign/actions/poller';
import { cancelled } from '../../../../nodes/shared/transport/wait';
import type { Clock } from '../../../../nodes/shared/transport/clock';
import { FakeClock } from '../../support/clock';
import { rejectionOf } from '../../support/errors';
import { VirtualTime } from '../../support/virtualTime';

const PATIENCE = { deadlineMilliseconds: 300_000, intervalMilliseconds: 5_000 };

/** Waits for so many things that Campaign gets done after a while, and tells how often it was asked. */
async function waitForMany(count: number, processing: (index: number) => number, patience = PATIENCE) {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const poller = new Poller(clock);
  let looks = 0;
  const ends = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const look = async () => {
        looks += 1;
        return clock.now() - startedAt >= processing(index);
      };
      const { isReached } = await poller.until(patience, look, (isDone) => isDone, 'EVTcart');
      return { isReached, at: clock.now() - startedAt };
    }),
  );
  return { looks, ends, last: Math.max(...ends.map(({ at }) => at)) };
}

describe('B3: one poller for all that wait', () => {
  it('asks few times for many of an age, and sees soon that they are done', async () => {
    const { looks, last, ends } = await waitForMany(60, () => 4_000);
    expect(ends.every(({ isReached }) => isReached)).toBe(true);
    expect(last).toBeLessThan(6_000);
    // Each once when it is done, and a few samples before.
    expect(looks).toBeLessThan(60 + 60);
  });

  it('looks at those that were sent later as soon as they are as old as the first that was done', async () => {
    const time = new VirtualTime();
    const poller = new Poller(time);
    let looks = 0;
    const sendAndWait = async (_: unknown, index: number): Promise<number> => {
      await time.wait(15 * index);
      const sentAt = time.now();
      const look = async (): Promise<boolean> => {
        looks += 1;
        await time.wait(20);
        return time.now() - sentAt >= 4_000;
      };
      await poller.until(PATIENCE, look, (isDone) => isDone, 'EVTcart');
      return time.now();
    };
    const ends = await time.run(Promise.all(Array.from({ length: 60 }, sendAndWait)));
    // The last one is sent after 0.9 s.
    expect(Math.max(...ends)).toBeLessThan(900 + 4_600);
    expect(looks).toBeLessThan(2.5 * 60);
  });

  it('asks ever less often for what takes long', async () => {
    const { looks } = await waitForMany(1, () => 240_000);
    expect(looks).toBeLessThan(25);
  });

  it('forgets nobody: one that is never done keeps no other from being seen', async () => {
    const { ends } = await waitForMany(40, (index) => (index % 10 === 0 ? Infinity : 3_000 + 100 * index));
    ends.forEach(({ isReached, at }, index) => {
      expect(isReached).toBe(index % 10 !== 0);
      if (isReached) expect(at).toBeLessThan(60_000);
    });
  });

  it('looks a last time at the deadline', async () => {
    const { ends, last } = await waitForMany(20, () => Infinity, { ...PATIENCE, deadlineMilliseconds: 12_000 });
    expect(ends.every(({ isReached }) => !isReached)).toBe(true);
    expect(last).toBeGreaterThanOrEqual(12_000);
    expect(last).toBeLessThan(12_500);
  });

  it('fails the one whose look fails, and goes on for the others', async () => {
    const poller = new Poller(new FakeClock());
    const trouble = new Error('no answer');
    const failing = rejectionOf(
      poller.until(
        PATIENCE,
        async () => await Promise.reject(trouble),
        () => true,
        'EVTcart',
      ),
    );
    const other = poller.until(
      PATIENCE,
      async () => 'done',
      () => true,
      'EVTcart',
    );
    expect(await failing).toBe(trouble);
    expect(await other).toEqual({ value: 'done', isReached: true });
  });

  it('ends all waits with the workflow, and begins again for a later one', async () => {
    let isStopped = true;
    const fake = new FakeClock();
    const clock: Clock = {
      now: () => fake.now(),
      wait: async (milliseconds) => (isStopped ? await Promise.reject(cancelled()) : await fake.wait(milliseconds)),
    };
    const poller = new Poller(clock);
    const waits = Array.from(
      { length: 100 },
      async () =>
        await rejectionOf(
          poller.until(
            PATIENCE,
            async () => 1,
            () => true,
            'EVTcart',
          ),
        ),
    );
    for (const error of await Promise.all(waits)) expect(error).toMatchObject({ failure: 'cancelled' });
    isStopped = false;
    expect(
      await poller.until(
        PATIENCE,
        async () => 1,
        () => true,
        'EVTcart',
      ),
    ).toEqual({ value: 1, isReached: true });
  });
});
