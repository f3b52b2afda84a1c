/** How far a request that is late may catch up, in ms: timers fire late, and the time they lose adds up. */
const SLACK_MS = 20;

/**
 * Spreads requests evenly over time: a token bucket that holds hardly more than one token, so that a limit counted over
 * any second is kept in every second. Times are in ms of any clock that does not go back.
 */
export class Pace {
  private nextAt = -Infinity;

  /** @param perSecond requests per second; Infinity for no limit */
  constructor(public perSecond = Infinity) {}

  /** When the next request may start. */
  get opensAt(): number {
    return this.nextAt;
  }

  /** For how long before now a request might have started and none did, in ms; what it may catch up does not count. */
  unused(now: number): number {
    return this.nextAt === -Infinity ? 0 : Math.max(0, now - SLACK_MS - this.nextAt);
  }

  /** A request starts now. */
  take(now: number): void {
    this.nextAt = Math.max(this.nextAt, now - SLACK_MS) + 1000 / this.perSecond;
  }

  /** Nothing starts before `time`; what was to hold back longer still does. */
  holdUntil(time: number): void {
    this.nextAt = Math.max(this.nextAt, time);
  }
}
