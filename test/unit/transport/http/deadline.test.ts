import { Deadlines } from '../../../../nodes/shared/transport/http/deadline';
import { rejectionOf } from '../../support/errors';

describe('deadlines', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());

  it('are shared by requests that start within a sixteenth of their time, which is added', () => {
    const asked = jest.spyOn(AbortSignal, 'timeout');
    const deadlines = new Deadlines(16_000);
    const first = deadlines.next();
    now = 999;
    expect(deadlines.next()).toBe(first);
    now = 1_000;
    const second = deadlines.next();

    expect(second).not.toBe(first);
    expect(asked.mock.calls).toEqual([[17_000], [17_000]]);
  });

  it('are over when the time is, and end what goes on', async () => {
    const deadline = new Deadlines(1).next();

    expect(await rejectionOf(deadline.until(new Promise(() => {})))).toMatchObject({ failure: 'cancelled' });
    expect(deadline.isOver).toBe(true);
  });

  it('end with the workflow, which does not mean that the time is over', async () => {
    const stop = new AbortController();
    const deadline = new Deadlines(60_000, stop.signal).next();
    const ended = rejectionOf(deadline.until(new Promise(() => {})));
    stop.abort();

    expect(await ended).toMatchObject({ failure: 'cancelled' });
    expect(await rejectionOf(deadline.until(new Promise(() => {})))).toMatchObject({ failure: 'cancelled' });
    expect(deadline.isOver).toBe(false);
  });

  it('hand on what a task comes to', async () => {
    const deadline = new Deadlines(60_000).next();

    expect(await deadline.until(Promise.resolve('done'))).toBe('done');
    expect(await rejectionOf(deadline.until(Promise.reject(new Error('no'))))).toEqual(new Error('no'));
  });

  it('listen once to the workflow, however many requests there are', () => {
    const { signal } = new AbortController();
    const added = jest.spyOn(AbortSignal.prototype, 'addEventListener');
    const deadlines = new Deadlines(60_000, signal);
    for (let count = 0; count < 100; count += 1) void deadlines.next().until(new Promise(() => {}));

    expect(added).toHaveBeenCalledTimes(1);
  });
});
