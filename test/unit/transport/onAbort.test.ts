import { onAbort } from '../../../nodes/shared/transport/onAbort';

describe('onAbort', () => {
  it('calls everybody back, with one listener for all', () => {
    const controller = new AbortController();
    const added = jest.spyOn(controller.signal, 'addEventListener');
    const callbacks = Array.from({ length: 50 }, () => jest.fn());
    for (const callback of callbacks) onAbort(controller.signal, callback);
    controller.abort();

    expect(added).toHaveBeenCalledTimes(1);
    for (const callback of callbacks) expect(callback).toHaveBeenCalledTimes(1);
  });

  it('forgets one without the others, and the listener with the last one', () => {
    const controller = new AbortController();
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    const [first, second] = [jest.fn(), jest.fn()];
    const forgetFirst = onAbort(controller.signal, first);
    const forgetSecond = onAbort(controller.signal, second);
    forgetFirst();
    forgetFirst();
    expect(removed).not.toHaveBeenCalled();

    forgetSecond();
    expect(removed).toHaveBeenCalledTimes(1);
    controller.abort();
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it('listens again to a signal that nobody listened to any more', () => {
    const controller = new AbortController();
    onAbort(controller.signal, () => {})();
    const callback = jest.fn();
    onAbort(controller.signal, callback);
    controller.abort();

    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('calls back at once when the signal has fired before', () => {
    const callback = jest.fn();
    onAbort(AbortSignal.abort(), callback)();

    expect(callback).toHaveBeenCalledTimes(1);
  });
});
