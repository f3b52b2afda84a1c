import type { Clock } from '../../../nodes/shared/transport/clock';

/** A clock whose waits take no time, and that remembers them. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];

  constructor(private time = Date.parse('2026-01-15T09:00:00Z')) {}

  now(): number {
    return this.time;
  }

  async wait(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
