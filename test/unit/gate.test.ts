import { Gate, gateFor, REQUESTS_IN_FLIGHT } from '../../nodes/shared/transport/gate';
import { rejectionOf } from './support/errors';

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

const tasks = (count: number) => Array.from({ length: count }, () => new Task());
const startedOf = (all: readonly Task[]) => all.map(({ started }) => started);
/** Lets everything go on that waits for no timer. */
const settle = async () => await jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the number of requests in flight', () => {
  it('never exceeds the limit and uses all of it', async () => {
    const gate = new Gate(3);
    let now = 0;
    let most = 0;
    const work = Array.from({ length: 50 }, async (_, index) => {
      await gate.run(async () => {
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
    expect(await new Gate(1).run(async () => 'done')).toBe('done');
  });

  it('admits in the order of arrival', async () => {
    const gate = new Gate(1);
    const order: number[] = [];
    await Promise.all(Array.from({ length: 20 }, async (_, index) => await gate.run(async () => void order.push(index))));

    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('does not let a newcomer pass those who wait', async () => {
    const gate = new Gate(1);
    const [running, waiting, newcomer] = [new Task(), new Task(), new Task()];
    const all = [gate.run(running.run), gate.run(waiting.run)];
    await settle();
    running.finish();
    all.push(gate.run(newcomer.run));
    await settle();

    expect(startedOf([waiting, newcomer])).toEqual([true, false]);

    waiting.finish();
    await settle();
    newcomer.finish();
    await Promise.all(all);
  });

  it('does not let a newcomer pass those who waited for the end of a pause that nobody has noticed yet', async () => {
    const gate = new Gate(1);
    const [waiting, newcomer] = [new Task(), new Task()];
    gate.pause(1_000);
    const first = gate.run(waiting.run);
    // The clock goes on, the timer has not fired.
    jest.setSystemTime(Date.now() + 2_000);
    const second = gate.run(newcomer.run);
    await settle();

    expect(startedOf([waiting, newcomer])).toEqual([true, false]);
    waiting.finish();
    await settle();
    newcomer.finish();
    await Promise.all([first, second]);
  });

  it('goes on after a task that fails, at once or later', async () => {
    const gate = new Gate(1);
    const first = rejectionOf(
      gate.run(() => {
        throw new Error('at once');
      }),
    );
    const second = rejectionOf(gate.run(async () => await Promise.reject(new Error('later'))));
    const third = gate.run(async () => 'third');

    expect(await first).toEqual(new Error('at once'));
    expect(await second).toEqual(new Error('later'));
    expect(await third).toBe('third');
  });

  it('wakes one waiting task for each that ends, and no more', async () => {
    const gate = new Gate(2);
    const all = tasks(5);
    const [first, second] = all;
    const work = all.map(async (task) => await gate.run(task.run).catch(() => undefined));
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
    const gate = new Gate(5);
    const all = tasks(3);
    gate.pause(10_000);
    const work = all.map(async (task) => await gate.run(task.run));

    await jest.advanceTimersByTimeAsync(9_999);
    expect(startedOf(all)).toEqual([false, false, false]);

    await jest.advanceTimersByTimeAsync(2);
    expect(startedOf(all)).toEqual([true, true, true]);
    for (const task of all) task.finish();
    await Promise.all(work);
  });

  it('lets those end who have started, and admits nobody in their place', async () => {
    const gate = new Gate(1);
    const [running, waiting] = [new Task(), new Task()];
    const work = [gate.run(running.run), gate.run(waiting.run)];
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
    const gate = new Gate(1);
    const task = new Task();
    gate.pause(1_000);
    const work = gate.run(task.run);
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
    const gate = new Gate(2);
    const all = tasks(4);
    gate.pause(1_000);
    const work = all.map(async (task) => await gate.run(task.run));
    await jest.advanceTimersByTimeAsync(1_001);

    expect(startedOf(all)).toEqual([true, true, false, false]);

    for (const task of all.slice(0, 2)) task.finish();
    await settle();
    for (const task of all.slice(2)) task.finish();
    await Promise.all(work);
  });

  it('can come again', async () => {
    const gate = new Gate(1);
    for (let round = 0; round < 3; round += 1) {
      const task = new Task();
      gate.pause(1_000);
      const work = gate.run(task.run);
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
    const gate = new Gate(1);
    const controller = new AbortController();
    const [running, stopped, next] = [new Task(), new Task(), new Task()];
    const first = gate.run(running.run);
    const rejection = rejectionOf(gate.run(stopped.run, controller.signal));
    const last = gate.run(next.run);
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
    const gate = new Gate(1);
    const controller = new AbortController();
    const [stopped, next] = [new Task(), new Task()];
    gate.pause(120_000);
    const rejection = rejectionOf(gate.run(stopped.run, controller.signal));
    controller.abort();

    expect(await rejection).toMatchObject({ failure: 'cancelled' });

    const work = gate.run(next.run);
    await jest.advanceTimersByTimeAsync(120_001);
    expect(startedOf([stopped, next])).toEqual([false, true]);
    next.finish();
    await work;
  });

  it('does not enter any more, although there is room', async () => {
    const task = new Task();

    expect(await rejectionOf(new Gate(5).run(task.run, AbortSignal.abort()))).toMatchObject({ failure: 'cancelled' });
    expect(task.started).toBe(false);
  });

  it('takes no room from the others', async () => {
    const gate = new Gate(1);
    const controller = new AbortController();
    const running = new Task();
    const first = gate.run(running.run);
    const stopped = Array.from({ length: 10 }, async () => await rejectionOf(gate.run(async () => {}, controller.signal)));
    controller.abort();
    await Promise.all(stopped);
    running.finish();
    await first;

    expect(await gate.run(async () => 'there is room')).toBe('there is room');
  });

  it('does not stop a task that has started: the request itself knows the signal', async () => {
    const controller = new AbortController();
    const task = new Task();
    const work = new Gate(1).run(task.run, controller.signal);
    await settle();
    controller.abort();
    task.finish();

    await expect(work).resolves.toBeUndefined();
  });

  it('leaves no listener behind once it was admitted', async () => {
    const gate = new Gate(1);
    const controller = new AbortController();
    const added = jest.spyOn(controller.signal, 'addEventListener');
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    await Promise.all(Array.from({ length: 10 }, async () => await gate.run(async () => {}, controller.signal)));

    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
  });
});

describe('gateFor', () => {
  it('gives everybody of one organization the same gate, and others another', () => {
    expect(gateFor('https://mc.adobe.io/northwind')).toBe(gateFor('https://mc.adobe.io/northwind'));
    expect(gateFor('https://mc.adobe.io/northwind')).not.toBe(gateFor('https://mc.adobe.io/contoso'));
  });

  it('lets so many requests through at a time as it says', async () => {
    const all = tasks(REQUESTS_IN_FLIGHT + 1);
    const gate = gateFor('https://mc.adobe.io/limited');
    const work = all.map(async (task) => await gate.run(task.run));
    await settle();

    expect(startedOf(all).filter(Boolean)).toHaveLength(REQUESTS_IN_FLIGHT);
    for (const task of all.slice(0, -1)) task.finish();
    await settle();
    all.at(-1)?.finish();
    await Promise.all(work);
  });
});
