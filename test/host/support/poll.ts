import { Interrupted } from './problem';

/** How long and how often to look. Times in milliseconds. */
export interface PollOptions {
  withinMs: number;
  everyMs?: number;
  signal?: AbortSignal;
}

/** Waits for a time in milliseconds, or until the signal is aborted, whichever comes first. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/**
 * Looks again and again until there is an answer.
 * @param look returns the answer, or undefined while there is none
 * @param options deadline and pace
 * @returns the answer, or undefined once the deadline has passed
 * @throws Interrupted when the signal is aborted first; whatever `look` throws
 */
export async function poll<Answer>(look: () => Promise<Answer | undefined>, options: PollOptions): Promise<Answer | undefined> {
  const deadline = Date.now() + options.withinMs;
  for (;;) {
    if (options.signal?.aborted) throw new Interrupted();
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() >= deadline) return undefined;
    await pause(options.everyMs ?? 100, options.signal);
  }
}
