import { wait } from './wait';

/** Time as those see it who wait for Campaign to get something done; tests stand in for it. */
export interface Clock {
  /** The present, in ms since 1970. */
  now(): number;
  /**
   * @param milliseconds how long to wait
   * @throws TransportError `cancelled` when the workflow is stopped meanwhile
   */
  wait(milliseconds: number): Promise<void>;
}

/** The clock of this machine; its waits end when `signal` fires. */
export function realClock(signal?: AbortSignal): Clock {
  return { now: () => Date.now(), wait: async (milliseconds) => await wait(milliseconds, signal) };
}
