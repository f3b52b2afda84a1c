/** Bounds of the number of requests in flight: our own careful choice, since Adobe publishes none. */
export const FEWEST_IN_FLIGHT = 1;
export const FIRST_IN_FLIGHT = 5;
export const MOST_IN_FLIGHT = 64;

/** How much one good answer adds at the most: a quarter more with every round of answers. */
const GROWTH_PER_ANSWER = 0.25;
/** Answers that come faster than this, in ms, add less: where they come at once, more in flight would bring nothing. */
const UNHURRIED_ANSWER_MS = 50;

/**
 * How many requests may be in flight at a time, learned from the answers as TCP learns it: it grows while all is well and
 * somebody waits for room, is halved when Campaign is overwhelmed, and from then on grows with care.
 */
export class InFlightWindow {
  private exact: number;
  /** Up to here it grows by a share of itself, from here on by one with every round of answers. */
  private carefulFrom = Infinity;
  private shrunkAt = -Infinity;

  constructor(
    first = FIRST_IN_FLIGHT,
    private readonly most = MOST_IN_FLIGHT,
  ) {
    this.exact = first;
  }

  /** Requests in flight at the most. */
  get size(): number {
    return Math.floor(this.exact);
  }

  /** A good answer came after `milliseconds`, and the window was full. */
  grow(milliseconds: number): void {
    const growth = this.exact < this.carefulFrom ? GROWTH_PER_ANSWER : Math.min(GROWTH_PER_ANSWER, 1 / this.exact);
    this.exact = Math.min(this.most, this.exact + growth * Math.min(1, milliseconds / UNHURRIED_ANSWER_MS));
  }

  /**
   * A request that started at `startedAt` met a Campaign that is overwhelmed. Those that were under way together say it
   * once.
   */
  shrink(startedAt: number, now: number): void {
    if (startedAt <= this.shrunkAt) return;
    this.shrunkAt = now;
    this.exact = Math.max(FEWEST_IN_FLIGHT, this.exact / 2);
    this.carefulFrom = this.exact;
  }

  /** Campaign is back: it begins with few, and comes back fast to what it was. */
  restart(): void {
    this.carefulFrom = Math.min(this.carefulFrom, this.exact);
    this.exact = Math.min(this.exact, FIRST_IN_FLIGHT);
  }
}
