const SECOND_MS = 1000;
/** Times that have become old are thrown away once there are so many of them. */
const TIDY_AFTER = 1024;

/** Counts what happened within the last second. Times are in ms and never go back. */
export class LastSecond {
  private times: number[] = [];
  private oldest = 0;

  add(now: number): void {
    this.times.push(now);
    this.forget(now);
  }

  count(now: number): number {
    this.forget(now);
    return this.times.length - this.oldest;
  }

  private forget(now: number): void {
    while (this.oldest < this.times.length && (this.times[this.oldest] ?? now) <= now - SECOND_MS) this.oldest += 1;
    if (this.oldest < TIDY_AFTER) return;
    this.times = this.times.slice(this.oldest);
    this.oldest = 0;
  }
}
