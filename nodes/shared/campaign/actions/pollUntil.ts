import type { Clock } from '../../transport/clock';

/** How long to wait for something, and how often to look. */
export interface Patience {
  readonly deadlineMilliseconds: number;
  readonly intervalMilliseconds: number;
}

/** What the last look showed, and whether that is what was waited for. */
export interface Polled<Value> {
  readonly value: Value;
  readonly isReached: boolean;
}

/** Whoever looks until something has come to its end. */
export interface Polling {
  /**
   * @param group what those have in common that Campaign gets done in turn; they may be looked at together
   * @throws what `look` throws, and TransportError `cancelled` when the workflow is stopped
   */
  until<Value>(patience: Patience, look: () => Promise<Value>, isWanted: (value: Value) => boolean, group?: string): Promise<Polled<Value>>;
}

/**
 * Looks at once, and again after every interval, until the value is what was waited for. The last look is at the deadline.
 *
 * @throws what `look` throws, and TransportError `cancelled` when the workflow is stopped
 */
export async function pollUntil<Value>(
  clock: Clock,
  { deadlineMilliseconds, intervalMilliseconds }: Patience,
  look: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Polled<Value>> {
  const deadline = clock.now() + deadlineMilliseconds;
  for (;;) {
    const value = await look();
    if (isWanted(value)) return { value, isReached: true };
    const left = deadline - clock.now();
    if (left <= 0) return { value, isReached: false };
    await clock.wait(Math.min(intervalMilliseconds, left));
  }
}
