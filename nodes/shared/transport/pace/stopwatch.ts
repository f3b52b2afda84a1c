/** Adds up the time, in ms, during which at least one of several things was going on. Times are of any clock that does not go back. */
export class Stopwatch {
  private running = 0;
  private startedAt = 0;
  private total = 0;

  begin(now: number): void {
    if (this.running === 0) this.startedAt = now;
    this.running += 1;
  }

  end(now: number): void {
    this.running -= 1;
    if (this.running === 0) this.total += now - this.startedAt;
  }

  /** Until now. */
  elapsed(now: number): number {
    return this.total + (this.running > 0 ? now - this.startedAt : 0);
  }
}
