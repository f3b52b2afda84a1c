import { Gate, gateFor, type Time } from '../../../../nodes/shared/transport/pace/gate';
import { FIRST_IN_FLIGHT } from '../../../../nodes/shared/transport/pace/inFlightWindow';
import type { Lane } from '../../../../nodes/shared/transport/pace/lane';
import { rejectionOf } from '../../support/errors';

/** A task that runs until it is told to end. */
class Task {
  started = false;
  private end: (() => void) | undefined;
  private fail: ((error: Error) => void) | undefined;

  readonly run = async (): Promise<void> => {
    this.started = true;
    await new Promise<void>((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
  };

  finish(): void {
    if (!this.end) throw new Error('The task has not started');
    this.end();
  }

  break(error: Error): void {
    if (!this.fail) throw new Error('The task has not started');
    this.fail(error);
  }
}

/** A gate that lets as many through at a time, whatever the answers are. */
const gateOf = (inFlight: number, time?: Time) => new Gate(time, { first: inFlight, most: inFlight });
const tasks = (count: number) => Array.from({ length: count }, () => new Task());
const startedOf = (all: readonly Task[]) => all.map(({ started }) => started);
/** Lets everything go on that waits for no timer. */
const settle = async () => await jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the number of requests in flight', () => {
  it('never exceeds the limit and uses all of it', async () => {
    const gate = gateOf(3);
    const lane = gate.lane();
    let now = 0;
    let most = 0;
    const work = Array.from({ length: 50 }, async (_, index) => {
      await lane.run(async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
        now -= 1;
      });
    });
    await jest.advanceTimersByTimeAsync(1000);
    await Promise.all(work);

    expect(most).toBe(3);
    expect(now).toBe(0);
  });

  it('gives what the task gives', async () => {
    expect(
      await gateOf(1)
        .lane()
        .run(async () => 'done'),
    ).toBe('done');
  });

  it('admits in the order of arrival', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const order: number[] = [];
    await Promise.all(Array.from({ length: 20 }, async (_, index) => await lane.run(async () => void order.push(index))));

    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('does not let a newcomer pass those who wait', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const [running, waiting, newcomer] = [new Task(), new Task(), new Task()];
    const all = [lane.run(running.run), lane.run(waiting.run)];
    await settle();
    running.finish();
    all.push(lane.run(newcomer.run));
    await settle();

    expect(startedOf([waiting, newcomer])).toEqual([true, false]);

    waiting.finish();
    await settle();
    newcomer.finish();
    await Promise.all(all);
  });

  it('does not let a newcomer pass those who waited for the end of a pause that nobody has noticed yet', async () => {
    let now = 0;
    const gate = gateOf(1, { now: () => now, wait: async () => await new Promise(() => {}) });
    const lane = gate.lane();
    const [waiting, newcomer] = [new Task(), new Task()];
    gate.pause(1_000);
    const first = lane.run(waiting.run);
    // The clock goes on, the timer has not fired.
    now = 2_000;
    const second = lane.run(newcomer.run);
    await settle();

    expect(startedOf([waiting, newcomer])).toEqual([true, false]);
    waiting.finish();
    await settle();
    newcomer.finish();
    await Promise.all([first, second]);
  });

  it('goes on after a task that fails, at once or later', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const first = rejectionOf(
      lane.run(() => {
        throw new Error('at once');
      }),
    );
    const second = rejectionOf(lane.run(async () => await Promise.reject(new Error('later'))));
    const third = lane.run(async () => 'third');

    expect(await first).toEqual(new Error('at once'));
    expect(await second).toEqual(new Error('later'));
    expect(await third).toBe('third');
  });

  it('wakes one waiting task for each that ends, and no more', async () => {
    const gate = gateOf(2);
    const lane = gate.lane();
    const all = tasks(5);
    const [first, second] = all;
    const work = all.map(async (task) => await lane.run(task.run).catch(() => undefined));
    await settle();
    expect(startedOf(all)).toEqual([true, true, false, false, false]);

    first?.finish();
    await settle();
    expect(startedOf(all)).toEqual([true, true, true, false, false]);

    second?.break(new Error('broken'));
    await settle();
    expect(startedOf(all)).toEqual([true, true, true, true, false]);

    all[2]?.finish();
    all[3]?.finish();
    await settle();
    expect(startedOf(all)).toEqual([true, true, true, true, true]);
    all[4]?.finish();
    await Promise.all(work);
  });
});

describe('a pause', () => {
  it('holds everybody back until it is over', async () => {
    const gate = gateOf(5);
    const lane = gate.lane();
    const all = tasks(3);
    gate.pause(10_000);
    const work = all.map(async (task) => await lane.run(task.run));

    await jest.advanceTimersByTimeAsync(9_999);
    expect(startedOf(all)).toEqual([false, false, false]);

    await jest.advanceTimersByTimeAsync(2);
    expect(startedOf(all)).toEqual([true, true, true]);
    for (const task of all) task.finish();
    await Promise.all(work);
  });

  it('lets those end who have started, and admits nobody in their place', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const [running, waiting] = [new Task(), new Task()];
    const work = [lane.run(running.run), lane.run(waiting.run)];
    await settle();
    gate.pause(5_000);
    running.finish();
    await jest.advanceTimersByTimeAsync(4_999);
    expect(waiting.started).toBe(false);

    await jest.advanceTimersByTimeAsync(2);
    expect(waiting.started).toBe(true);
    waiting.finish();
    await Promise.all(work);
  });

  it('becomes longer, never shorter', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const task = new Task();
    gate.pause(1_000);
    const work = lane.run(task.run);
    gate.pause(10_000);
    gate.pause(10);

    await jest.advanceTimersByTimeAsync(9_999);
    expect(task.started).toBe(false);

    await jest.advanceTimersByTimeAsync(2);
    expect(task.started).toBe(true);
    task.finish();
    await work;
  });

  it('keeps the limit when it is over', async () => {
    const gate = gateOf(2);
    const lane = gate.lane();
    const all = tasks(4);
    gate.pause(1_000);
    const work = all.map(async (task) => await lane.run(task.run));
    await jest.advanceTimersByTimeAsync(1_001);

    expect(startedOf(all)).toEqual([true, true, false, false]);

    for (const task of all.slice(0, 2)) task.finish();
    await settle();
    for (const task of all.slice(2)) task.finish();
    await Promise.all(work);
  });

  it('can come again', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    for (let round = 0; round < 3; round += 1) {
      const task = new Task();
      gate.pause(1_000);
      const work = lane.run(task.run);
      await jest.advanceTimersByTimeAsync(999);
      expect(task.started).toBe(false);
      await jest.advanceTimersByTimeAsync(2);
      expect(task.started).toBe(true);
      task.finish();
      await work;
    }
  });
});

describe('a workflow that is stopped', () => {
  it('leaves the queue, and its place goes to the next', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const controller = new AbortController();
    const [running, stopped, next] = [new Task(), new Task(), new Task()];
    const first = lane.run(running.run);
    const rejection = rejectionOf(gate.lane({}, controller.signal).run(stopped.run));
    const last = lane.run(next.run);
    await settle();
    controller.abort();

    expect(await rejection).toMatchObject({ failure: 'cancelled' });
    running.finish();
    await settle();
    expect(startedOf([stopped, next])).toEqual([false, true]);
    next.finish();
    await Promise.all([first, last]);
  });

  it('does not wait for the end of a pause', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const controller = new AbortController();
    const [stopped, next] = [new Task(), new Task()];
    gate.pause(120_000);
    const rejection = rejectionOf(gate.lane({}, controller.signal).run(stopped.run));
    controller.abort();

    expect(await rejection).toMatchObject({ failure: 'cancelled' });

    const work = lane.run(next.run);
    await jest.advanceTimersByTimeAsync(120_001);
    expect(startedOf([stopped, next])).toEqual([false, true]);
    next.finish();
    await work;
  });

  it('does not enter any more, although there is room', async () => {
    const task = new Task();

    expect(await rejectionOf(gateOf(5).lane({}, AbortSignal.abort()).run(task.run))).toMatchObject({ failure: 'cancelled' });
    expect(task.started).toBe(false);
  });

  it('takes no room from the others', async () => {
    const gate = gateOf(1);
    const lane = gate.lane();
    const controller = new AbortController();
    const running = new Task();
    const first = lane.run(running.run);
    const stoppedLane = gate.lane({}, controller.signal);
    const stopped = Array.from({ length: 10 }, async () => await rejectionOf(stoppedLane.run(async () => {})));
    controller.abort();
    await Promise.all(stopped);
    running.finish();
    await first;

    expect(await lane.run(async () => 'there is room')).toBe('there is room');
  });

  it('does not stop a task that has started: the request itself knows the signal', async () => {
    const controller = new AbortController();
    const task = new Task();
    const work = gateOf(1).lane({}, controller.signal).run(task.run);
    await settle();
    controller.abort();
    task.finish();

    await expect(work).resolves.toBeUndefined();
  });

  it('leaves no listener behind once it was admitted', async () => {
    const controller = new AbortController();
    const lane = gateOf(1).lane({}, controller.signal);
    const added = jest.spyOn(controller.signal, 'addEventListener');
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    await Promise.all(Array.from({ length: 10 }, async () => await lane.run(async () => {})));

    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
  });
});

describe('gateFor', () => {
  it('gives everybody of one organization the same gate, and others another', () => {
    expect(gateFor('https://mc.adobe.io/northwind')).toBe(gateFor('https://mc.adobe.io/northwind'));
    expect(gateFor('https://mc.adobe.io/northwind')).not.toBe(gateFor('https://mc.adobe.io/contoso'));
  });

  it('remembers what it has learned of those that were used lately, and not of all there ever were', () => {
    const learned = gateFor('https://mc.adobe.io/learned');
    for (let index = 0; index < 40; index += 1) gateFor(`https://mc.adobe.io/few-${index}`);

    expect(gateFor('https://mc.adobe.io/learned')).toBe(learned);
  });

  it('lets so many requests through at a time at first', async () => {
    const all = tasks(FIRST_IN_FLIGHT + 1);
    const lane = gateFor('https://mc.adobe.io/limited').lane();
    const work = all.map(async (task) => await lane.run(task.run));
    await settle();

    expect(startedOf(all).filter(Boolean)).toHaveLength(FIRST_IN_FLIGHT);
    for (const task of all.slice(0, -1)) task.finish();
    await settle();
    all.at(-1)?.finish();
    await Promise.all(work);
  });
});

describe('the number of requests in flight that was learned', () => {
  /** One request after the other, none of them waiting for another. */
  const passes = async (lane: Lane, count: number) => {
    for (let pass = 0; pass < count; pass += 1) {
      await lane.run(async (passage) => {
        await jest.advanceTimersByTimeAsync(100);
        passage.succeeded();
      });
    }
  };

  it('says nothing new as long as it is not used: a workflow of single requests begins the next run with care, too', async () => {
    const gate = new Gate();
    await passes(gate.lane(), 200);

    const many = tasks(20);
    for (const task of many) void gate.lane().run(task.run);
    await settle();
    expect(many.filter(({ started }) => started)).toHaveLength(FIRST_IN_FLIGHT);
  });
});

describe('executions that share a gate', () => {
  /** Notes the order in which the requests of several lanes start. */
  const start = (order: string[], name: string, lane: Lane, count: number) =>
    Array.from({ length: count }, async (_, index) => await lane.run(async () => void order.push(`${name}${index}`)));

  it('take turns, so that a few requests do not wait behind many', async () => {
    const gate = gateOf(1);
    const order: string[] = [];
    await Promise.all([
      ...start(order, 'a', gate.lane(), 10_000),
      ...start(order, 'b', gate.lane(), 3),
      ...start(order, 'c', gate.lane(), 1),
    ]);

    expect(order.slice(0, 9)).toEqual(['a0', 'a1', 'b0', 'c0', 'a2', 'b1', 'a3', 'b2', 'a4']);
    expect(order).toHaveLength(10_004);
  });

  it('are not held up by one that may do no more', async () => {
    const gate = gateOf(5);
    const order: string[] = [];
    const capped = gate.lane({ requestsPerSecond: 1 });
    const slow = start(order, 'a', capped, 3);
    const all = start(order, 'b', gate.lane(), 20);
    await settle();

    expect(order.filter((name) => name.startsWith('a'))).toEqual(['a0']);
    expect(order.filter((name) => name.startsWith('b'))).toHaveLength(20);
    await jest.advanceTimersByTimeAsync(2_000);
    await Promise.all([...slow, ...all]);
  });

  it('do not stop together', async () => {
    const gate = gateOf(1);
    const controller = new AbortController();
    const order: string[] = [];
    const [stopped, other] = [gate.lane({}, controller.signal), gate.lane()];
    const running = new Task();
    const first = other.run(running.run);
    const rejections = start(order, 'a', stopped, 5).map(rejectionOf);
    const all = start(order, 'b', other, 3);
    await settle();
    controller.abort();
    running.finish();
    await Promise.all([first, ...all]);

    expect(await Promise.all(rejections)).toMatchObject(Array(5).fill({ failure: 'cancelled' }));
    expect(order).toEqual(['b0', 'b1', 'b2']);
  });
});

describe('the limits of one execution', () => {
  it('bound its requests in flight, and nobody else', async () => {
    const gate = gateOf(5);
    const [mine, others] = [tasks(4), tasks(4)];
    const [capped, free] = [gate.lane({ requestsInFlight: 2 }), gate.lane()];
    const work = [...mine.map(async ({ run }) => await capped.run(run)), ...others.map(async ({ run }) => await free.run(run))];
    await settle();

    expect([mine, others].map((all) => startedOf(all).filter(Boolean).length)).toEqual([2, 3]);
    expect([capped.requestsInFlight, free.requestsInFlight]).toEqual([2, 5]);
    for (let round = 0; round < 8; round += 1) {
      for (const task of [...mine, ...others]) if (task.started) task.finish();
      await settle();
    }
    await Promise.all(work);
  });

  it('bound its requests per second, evenly', async () => {
    const lane = gateOf(5).lane({ requestsPerSecond: 4 });
    const starts: number[] = [];
    const begin = performance.now();
    const work = Array.from({ length: 9 }, async () => await lane.run(async () => void starts.push(performance.now() - begin)));
    await jest.advanceTimersByTimeAsync(2_000);
    await Promise.all(work);

    expect(starts).toHaveLength(9);
    for (const [index, start] of starts.entries()) {
      expect(start).toBeGreaterThanOrEqual(index * 250 - 20);
      expect(start).toBeLessThanOrEqual(index * 250 + 1);
    }
  });

  it('may be less than one request per second', async () => {
    const lane = gateOf(5).lane({ requestsPerSecond: 0.5 });
    const all = tasks(2);
    const work = all.map(async (task) => await lane.run(task.run));
    await jest.advanceTimersByTimeAsync(1_900);
    expect(startedOf(all)).toEqual([true, false]);

    await jest.advanceTimersByTimeAsync(100);
    expect(startedOf(all)).toEqual([true, true]);
    for (const task of all) task.finish();
    await Promise.all(work);
  });
});

describe('what was learned', () => {
  const limited = async (lane: Lane) => await lane.run(async (passage) => passage.limited());

  it('holds for every execution', async () => {
    const gate = new Gate();
    await limited(gate.lane());

    expect(gate.requestsPerSecond).toBeLessThan(Infinity);
    const all = tasks(5);
    const lane = gate.lane();
    const work = all.map(async (task) => await lane.run(task.run));
    await settle();
    expect(startedOf(all).filter(Boolean).length).toBeLessThan(5);
    await jest.advanceTimersByTimeAsync(5_000);
    for (const task of all) task.finish();
    await Promise.all(work);
  });

  it('is forgotten when nobody has used it for more than five minutes', async () => {
    const gate = new Gate();
    const lane = gate.lane();
    await lane.run(async (passage) => passage.overwhelmed());
    await limited(lane);
    expect([gate.requestsInFlight, gate.requestsPerSecond]).toEqual([2, 1]);

    await jest.advanceTimersByTimeAsync(299_000);
    await lane.run(async () => {});
    expect(gate.requestsInFlight).toBe(2);
    expect(gate.requestsPerSecond).toBeLessThan(10);

    await jest.advanceTimersByTimeAsync(300_001);
    await lane.run(async () => {});
    expect([gate.requestsInFlight, gate.requestsPerSecond]).toEqual([FIRST_IN_FLIGHT, Infinity]);
  });

  it('is not forgotten while a request is under way for long', async () => {
    const gate = new Gate();
    const lane = gate.lane();
    await limited(lane);
    await jest.advanceTimersByTimeAsync(1_000);
    const running = new Task();
    const work = lane.run(running.run);
    await jest.advanceTimersByTimeAsync(400_000);
    await lane.run(async () => {});

    expect(gate.requestsPerSecond).toBeLessThan(10);
    running.finish();
    await work;
  });
});
