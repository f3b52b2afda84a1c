import { cancelled } from '../wait';

/** A request's deadline is exact to this part of the time it has. */
const PARTS = 16;

/** The end of the time of some requests, or of the workflow, whichever comes first. */
export class Deadline {
  /** Those who are to be told: a signal warns when more than ten listen to it. */
  private readonly waiting = new Set<() => void>();
  private readonly end: AbortSignal;

  /**
   * @param time fires when the time is over
   * @param cancel fires when the workflow is stopped
   */
  constructor(
    private readonly time: AbortSignal,
    cancel?: AbortSignal,
  ) {
    this.end = cancel ? AbortSignal.any([time, cancel]) : time;
    this.end.addEventListener('abort', () => this.waiting.forEach((stop) => stop()), { once: true });
  }

  /** Whether it was the time. */
  get isOver(): boolean {
    return this.time.aborted;
  }

  /**
   * Waits for a task, at the longest until the deadline; the task itself may go on.
   *
   * @throws TransportError `cancelled` at the deadline, or whatever the task throws
   */
  until<Result>(task: Promise<Result>): Promise<Result> {
    // Whoever waits hears of it; one who has gone away meanwhile must not bring n8n down.
    if (this.end.aborted) task.catch(() => {});
    return this.during((resolve, reject) => void task.then(resolve, reject));
  }

  /**
   * The same for what calls back.
   *
   * @param begin is not called when the deadline is over
   * @throws TransportError `cancelled` at the deadline, or whatever it rejects with
   */
  during<Result>(begin: (resolve: (result: Result) => void, reject: (error: unknown) => void) => void): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const stop = (): void => reject(cancelled());
      if (this.end.aborted) return stop();
      this.waiting.add(stop);
      const ended = <Value>(tell: (value: Value) => void) => {
        return (value: Value): void => {
          this.waiting.delete(stop);
          tell(value);
        };
      };
      begin(ended(resolve), ended(reject));
    });
  }
}

/**
 * Gives every request its deadline. A timer for each would cost more than the rest of it, and last for its whole time, so
 * requests that start shortly after each other share one.
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
    this.latest = new Deadline(AbortSignal.timeout(Math.ceil(this.milliseconds + part)), this.cancel);
    this.sharedUntil = now + part;
    return this.latest;
  }
}
