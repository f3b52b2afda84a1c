import { tokenRequests, type TokenRequests } from './tokenRequests';
import { onAbort } from '../onAbort';
import { TransportError } from '../transport';
import { cancelled, wait } from '../wait';

/** While a token is on its way, its end is looked for this often, in ms. */
const LOOK_AFTER_MS = 250;

/** What the time of a request depends on. */
export interface HostTime {
  /** Time for one answer, in ms. */
  readonly milliseconds: number;
  /** The API key whose token may have to be minted first, which is not counted. */
  readonly apiKey: string;
  /** Fires when the workflow is stopped. */
  readonly signal?: AbortSignal;
}

/**
 * Gives a task that goes through n8n's helper its time, from the first byte to the last: the helper's own timeout begins anew with
 * every byte, and ends nothing whose connection was handed over or has gone.
 *
 * @param task is given a signal that fires at its end; whether it minds it or not, nobody waits any longer
 * @throws TransportError `interrupted` when the time is over, `cancelled` when the workflow is stopped, or whatever the task throws
 */
export async function inTime<Result>(
  { milliseconds, apiKey, signal }: HostTime,
  task: (end: AbortSignal) => Promise<Result>,
  tokens: TokenRequests = tokenRequests,
): Promise<Result> {
  const end = new AbortController();
  const done = new AbortController();
  return await new Promise<Result>((resolve, reject) => {
    const giveUp = (error: Error): void => {
      reject(error);
      end.abort();
      // The task may never end, and its time is of interest to nobody any more.
      done.abort();
    };
    // An answer that is there already counts: it is given one turn.
    const forget = signal ? onAbort(signal, () => void wait(0).then(() => giveUp(cancelled()))) : () => {};
    timePassed(milliseconds, apiKey, tokens, done.signal).then(
      () => giveUp(new TransportError('interrupted', 'ETIMEDOUT')),
      // The task has ended before.
      () => {},
    );
    task(end.signal)
      .then(resolve, reject)
      .finally(() => {
        forget();
        done.abort();
      });
  });
}

/** Waits until so much time has passed in which no token was on its way. */
async function timePassed(milliseconds: number, apiKey: string, tokens: TokenRequests, done: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  for (let left = milliseconds; left > 0;) {
    await wait(left, done);
    const since = Math.max(startedAt, tokens.lastUnderWay(apiKey));
    const passed = performance.now() - since;
    // Timers may fire a moment early.
    left = milliseconds - passed <= 1 ? 0 : passed <= 0 ? Math.min(LOOK_AFTER_MS, milliseconds) : milliseconds - passed;
  }
}
