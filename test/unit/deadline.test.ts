import { Deadlines } from '../../nodes/shared/transport/deadline';

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

  it('are over when the time is', async () => {
    const deadline = new Deadlines(1).next();
    await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));

    expect(deadline.isOver()).toBe(true);
  });

  it('end with the workflow, which does not mean that the time is over', () => {
    const stop = new AbortController();
    const deadline = new Deadlines(60_000, stop.signal).next();
    stop.abort();

    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.isOver()).toBe(false);
  });
});
