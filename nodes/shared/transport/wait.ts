import { sleep } from 'n8n-workflow';

import { TransportError } from './transport';

/**
 * Waits.
 *
 * @param milliseconds how long
 * @param signal ends the wait early when the workflow is stopped
 * @throws TransportError `cancelled` when the signal fires first
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (!signal) return await sleep(milliseconds);

  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    // Older versions of n8n ignore the signal, so the race is ours; newer ones clear their timer.
    await Promise.race([sleep(milliseconds, signal), aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** The error of everything that was still under way when the workflow was stopped. */
export function cancelled(): TransportError {
  return new TransportError('cancelled', 'the workflow was stopped');
}
