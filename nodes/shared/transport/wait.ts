import { sleep } from 'n8n-workflow';

import { onAbort } from './onAbort';
import { TransportError } from './transport';

/**
 * Waits.
 *
 * @param milliseconds how long
 * @param signal ends the wait early when the workflow is stopped
 * @throws TransportError `cancelled` when the signal fires first
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (!signal) {
    await sleep(milliseconds);
    return;
  }
  const timer = new AbortController();
  try {
    // Older versions of n8n ignore the signal, so the race is ours; newer ones clear their timer.
    await untilCancelled(sleep(milliseconds, timer.signal), signal);
  } finally {
    timer.abort();
  }
}

/**
 * Gives up on a task as soon as the workflow is stopped; the task itself may go on.
 *
 * @throws TransportError `cancelled` when the signal fires first, or whatever the task throws
 */
export async function untilCancelled<Result>(task: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return await task;
  let forget: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(cancelled()));
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    forget?.();
  }
}

/** The error of everything that was still under way when the workflow was stopped. */
export function cancelled(): TransportError {
  return new TransportError('cancelled', 'the workflow was stopped');
}
