/**
 * Requests that have to miss Campaign one after the other, with none that reaches it in between, until it counts as away:
 * one may be bad luck, or have a reason of its own.
 */
export const WITNESSES = 3;

/** So many in a row raise a suspicion: among requests that get through, one that does not was one too many at once. */
const STRAYS = 2;

/** Rests between two requests that find out whether Campaign is back, in ms: a quarter of the time it has been away. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 10_000;
const REST_SHARE = 0.25;

/**
 * Whether Campaign is there. Requests that miss it one after the other raise a suspicion, and from then on only a few pass, to bear witness.
 * If they miss it too, it is away, and one at a time asks whether it is back. Any answer ends it.
 *
 * Times are in ms of any clock that does not go back. Requests that started before it began are not counted: they were under
 * way together with the first one.
 */
export class Outage {
  private state: 'there' | 'suspected' | 'away' = 'there';
  private beganAt = -Infinity;
  private misses = 0;
  /** Requests that missed Campaign with none that reached it in between, while it counts as there. */
  private strays = 0;
  private asksAt = -Infinity;
  private missedAt = -Infinity;
  private lastSign = '';

  /** When it began, or was last suspected to. */
  get since(): number {
    return this.beganAt;
  }

  /** What the last request met in Campaign's place, e.g. `ECONNREFUSED` or `503`. */
  get sign(): string {
    return this.lastSign;
  }

  get isAway(): boolean {
    return this.state === 'away';
  }

  /** Whether everybody may pass. */
  get isOver(): boolean {
    return this.state === 'there';
  }

  /** How many requests may be under way to find out. */
  get mostWitnesses(): number {
    if (this.state === 'there') return Infinity;
    return this.state === 'suspected' ? WITNESSES - this.misses : 1;
  }

  /** When the next of them may start. */
  get opensAt(): number {
    return this.state === 'away' ? this.asksAt : -Infinity;
  }

  /** Somebody has no patience left to wait for the next of them: it may start as soon as the last news are a second old. */
  hasten(): void {
    this.asksAt = Math.min(this.asksAt, this.missedAt + FIRST_REST_MS);
  }

  /** A request that started at `startedAt` has not reached Campaign, and met this `sign`. */
  missed(startedAt: number, now: number, sign: string): void {
    if (this.state === 'there') {
      this.strays += 1;
      if (startedAt >= this.beganAt && this.strays >= STRAYS) this.begin(now, sign);
      return;
    }
    this.lastSign = sign;
    if (startedAt < this.beganAt) return;
    this.misses += 1;
    if (this.misses >= WITNESSES) this.state = 'away';
    this.missedAt = now;
    this.asksAt = now + Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, REST_SHARE * (now - this.beganAt)));
  }

  /**
   * A request that started at `startedAt` has reached Campaign.
   *
   * @returns whether that is how an outage came to its end
   */
  reached(startedAt: number, now: number): boolean {
    this.strays = 0;
    if (this.state === 'there') return false;
    if (startedAt < this.beganAt) {
      // Not proof of what comes, but those who were refused may have been too many at once.
      this.misses = this.isAway ? this.misses : 0;
      return false;
    }
    const wasAway = this.isAway;
    this.state = 'there';
    // What started before now says nothing about what comes.
    this.beganAt = now;
    return wasAway;
  }

  private begin(now: number, sign: string): void {
    this.state = 'suspected';
    this.beganAt = now;
    this.misses = 0;
    this.lastSign = sign;
  }
}
