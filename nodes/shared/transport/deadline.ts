/** A request's deadline is exact to this part of the time it has. */
const PARTS = 16;

/** The end of a request's time, or of the workflow, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the time is over. */
  readonly isOver: () => boolean;
}

/**
 * Gives every request its deadline. A timer and a combined signal for each would cost more than the rest of it, and last
 * for its whole time, so requests that start shortly after each other share them.
 */
export class Deadlines {
  private latest: Deadline | undefined;
  private sharedUntil = 0;

  /**
   * @param milliseconds time of one request; it gets up to a sixteenth more
   * @param cancel ends all requests when the workflow is stopped
   */
  constructor(
    private readonly milliseconds: number,
    private readonly cancel?: AbortSignal,
  ) {}

  /** The deadline of a request that starts now. */
  next(): Deadline {
    const now = performance.now();
    if (this.latest && now < this.sharedUntil) return this.latest;
    const part = this.milliseconds / PARTS;
    const time = AbortSignal.timeout(Math.ceil(this.milliseconds + part));
    this.latest = {
      signal: this.cancel ? AbortSignal.any([time, this.cancel]) : time,
      isOver: () => time.aborted,
    };
    this.sharedUntil = now + part;
    return this.latest;
  }
}
