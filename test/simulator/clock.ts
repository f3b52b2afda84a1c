/**
 * The one source of time in the simulator: token expiry, the request cap and every `created` or `lastModified` read it.
 * It runs with real time from wherever it was set, unless it is frozen: then only `advance` and `set` move it, and
 * tests about expiry and throttling need no waiting.
 */
export class Clock {
  private offset: number;
  private frozenAt: number | null = null;

  /** @param start the simulated time at construction */
  constructor(start: Date) {
    this.offset = start.getTime() - Date.now();
  }

  /** Simulated time in milliseconds since 1970. */
  milliseconds(): number {
    return this.frozenAt ?? Date.now() + this.offset;
  }

  /** Simulated time. */
  now(): Date {
    return new Date(this.milliseconds());
  }

  /** Moves simulated time on by `ms` milliseconds (negative: back). */
  advance(ms: number): void {
    this.set(new Date(this.milliseconds() + ms));
  }

  /** Sets simulated time; a frozen clock stays frozen at the new time. */
  set(date: Date): void {
    if (this.frozenAt !== null) this.frozenAt = date.getTime();
    this.offset = date.getTime() - Date.now();
  }

  /** Stops simulated time where it is. */
  freeze(): void {
    this.frozenAt = this.milliseconds();
  }

  /** Lets simulated time run on from where it stands. */
  run(): void {
    if (this.frozenAt === null) return;
    this.offset = this.frozenAt - Date.now();
    this.frozenAt = null;
  }
}

/**
 * Adobe Campaign's datetime text: a space instead of T, milliseconds, Z. Seen in every real answer.
 * @returns for example `2026-01-15 09:00:00.000Z`
 */
export function campaignDateTime(date: Date): string {
  return date.toISOString().replace('T', ' ');
}
