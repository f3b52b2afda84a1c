import { setTimeout as wait } from 'node:timers/promises';

/** Two requests a second: a probe is a guest. */
export const REQUEST_INTERVAL_MS = 500;

/** The time that a pace goes by. */
export interface PaceClock {
  /** Milliseconds since any fixed moment. */
  now(): number;
  wait(ms: number): Promise<void>;
}

const REAL: PaceClock = { now: () => performance.now(), wait: (ms) => wait(ms) };

/** Lets one request through every `REQUEST_INTERVAL_MS`. */
export class Pace {
  private nextAt = -Infinity;

  constructor(readonly clock: PaceClock = REAL) {}

  /** Waits for the next turn. */
  async turn(): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + REQUEST_INTERVAL_MS;
    if (at > now) await this.clock.wait(at - now);
  }
}
