import { cancelled, wait } from '../../../nodes/shared/transport/wait';
import { rejectionOf } from '../support/errors';

describe('wait', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([undefined, new AbortController().signal])('lasts as long as it was asked to', async (signal) => {
    const ended = jest.fn();
    const waiting = wait(30_000, signal).then(ended);

    await jest.advanceTimersByTimeAsync(29_999);
    expect(ended).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledTimes(1);
    await waiting;
  });

  it('ends at once when the workflow is stopped', async () => {
    const controller = new AbortController();
    const rejection = rejectionOf(wait(30_000, controller.signal));

    controller.abort();

    expect(await rejection).toMatchObject({ name: 'TransportError', failure: 'cancelled' });
  });

  it('does not begin when the workflow was stopped before', async () => {
    expect(await rejectionOf(wait(30_000, AbortSignal.abort()))).toEqual(cancelled());
  });

  it('leaves nothing behind at a signal that does not fire', async () => {
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');

    const over = wait(1, signal);
    await jest.advanceTimersByTimeAsync(1);
    await over;

    expect(added).toHaveBeenCalled();
    expect(new Set(removed.mock.calls.map(([, listener]) => listener))).toEqual(new Set(added.mock.calls.map(([, listener]) => listener)));
  });
});

describe('what is easily got wrong', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('leaves no timer behind when the workflow is stopped', async () => {
    const controller = new AbortController();
    const stopped = rejectionOf(wait(120_000, controller.signal));
    controller.abort();
    await stopped;

    expect(jest.getTimerCount()).toBe(0);
  });
});
