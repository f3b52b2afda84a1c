import { pollUntil } from '../../../../nodes/shared/campaign/actions/pollUntil';
import { realClock } from '../../../../nodes/shared/transport/clock';
import { FakeClock } from '../../support/clock';
import { rejectionOf } from '../../support/errors';

const PATIENCE = { deadlineMilliseconds: 12_000, intervalMilliseconds: 5_000 };

describe('pollUntil', () => {
  it('looks at once, and then after every interval', async () => {
    const clock = new FakeClock();
    let looks = 0;
    expect(
      await pollUntil(
        clock,
        PATIENCE,
        async () => (looks += 1),
        (value) => value === 3,
      ),
    ).toEqual({ value: 3, isReached: true });
    expect(clock.waits).toEqual([5_000, 5_000]);
  });

  it('does not wait when it is there already', async () => {
    const clock = new FakeClock();
    await pollUntil(
      clock,
      PATIENCE,
      async () => 'there',
      () => true,
    );
    expect(clock.waits).toEqual([]);
  });

  it('looks a last time at the deadline, and hands over what it saw', async () => {
    const clock = new FakeClock();
    let looks = 0;
    expect(
      await pollUntil(
        clock,
        PATIENCE,
        async () => (looks += 1),
        () => false,
      ),
    ).toEqual({ value: 4, isReached: false });
    expect(clock.waits).toEqual([5_000, 5_000, 2_000]);
  });

  it('looks once when there is no time to wait', async () => {
    const clock = new FakeClock();
    let looks = 0;
    await pollUntil(
      clock,
      { deadlineMilliseconds: 0, intervalMilliseconds: 0 },
      async () => (looks += 1),
      () => false,
    );
    expect([looks, clock.waits]).toEqual([1, []]);
  });

  it('counts the time that looking takes', async () => {
    const clock = new FakeClock();
    const slowly = async () => clock.advance(7_000);
    await pollUntil(clock, PATIENCE, slowly, () => false);
    expect(clock.waits).toEqual([5_000]);
  });

  it('ends with the trouble that a look has', async () => {
    const trouble = new Error('no answer');
    expect(
      await rejectionOf(
        pollUntil(
          new FakeClock(),
          PATIENCE,
          async () => await Promise.reject(trouble),
          () => false,
        ),
      ),
    ).toBe(trouble);
  });
});

describe('the real clock', () => {
  it('is that of this machine, and its waits end when the workflow is stopped', async () => {
    jest.useFakeTimers({ now: 1_000 });
    const controller = new AbortController();
    const clock = realClock(controller.signal);
    const waiting = rejectionOf(clock.wait(60_000));
    controller.abort();

    expect(clock.now()).toBe(1_000);
    expect(await waiting).toMatchObject({ failure: 'cancelled' });
    jest.useRealTimers();
  });
});
