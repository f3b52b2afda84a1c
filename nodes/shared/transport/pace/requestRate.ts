import { LastSecond } from './lastSecond';
import { Pace } from './pace';

/** The share of what passed in the second before the first 429 that the search begins with, and the least, in requests per second. */
const SHARE_AT_FIRST = 0.5;
const FIRST = 1;
/** How long the surplus takes to double while nothing speaks against it, in ms. */
const DOUBLING_MS = 400;
/** How long a second is remembered by whoever counts requests over any second, on average: a limit shows so much later, in ms. */
const LAG_MS = 500;
/** How fast the rate grows all the time, in requests per second, per second: alike in all processes, whatever they have. */
const GROWTH = 0.1;
/** What a 429 takes away, in requests per second at one request per second: because of a surplus of one's own, and because of others. */
const LOSS_WITH_SURPLUS = 0.25;
const LOSS = 0.45;
/** The more there are, the more, but a smaller share of them: who has much loses more, and who is alone loses little. */
const LOSS_POWER = 0.4;
/** The share that goes at least where the last 429 is not older than what was done about it shows: the rate is far too high. */
const LOSS_SHARE_SOON = 0.1;
const SOON_MS = 1_000;
/** How long after a 429 the surplus begins, in ms at one request per second; a little earlier the more there are. */
const QUIET_MS = 5_700;
const QUIET_POWER = 0.15;
/** A surplus that was no larger, in requests per second, has found nothing that would be worth keeping. */
const LEAST_FOUND = 0.3;
/** The first 429 tells of a burst, which a limit counted over a second remembers as long. */
const FIRST_HOLD_MS = 1_000;
/** How long nothing starts after a search that has gone twice too far, in ms. */
const OVERSHOOT_MS = 200;
/** The slowest of all rates, in requests per second. */
const SLOWEST = 0.5;
/** So many refusals in a row are not about the rate: nothing passes. */
const NOTHING_PASSES = 3;
/** Rests when nothing at all passes, in ms: the first one is no longer than what may be left of a second of the server's clock. */
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 30_000;
/** Time between requests that find out whether anything passes again, at the most: it is also how long it takes to go on, in ms. */
const LONGEST_PROBE_MS = 1_000;

/**
 * How many requests may start per second, learned from 429s. There is no limit before the first one.
 *
 * The first 429 begins a search: half of what passed is kept, and a surplus is added that starts from next to nothing and
 * doubles all the time, until the next 429. What the rate was half a second before is then kept. From there on it grows slowly, and
 * each 429 takes a little away. When none has come for some seconds, there may be room: the surplus begins anew, and what of it
 * has passed half a second before the next 429 is kept.
 *
 * Processes that share a limit without knowing of each other grow alike, whatever they have, while those with more lose more, and
 * more often: their shares come closer. Whoever is left alone soon has all of it. See docs/decisions/08-shared-limits.md.
 *
 * Times are in ms of any clock that does not go back.
 */
export class RequestRate {
  private readonly pace = new Pace();
  private readonly accepted = new LastSecond();
  /** The rate that was kept without a 429; Infinity while no limit is known. */
  private kept = Infinity;
  /** How long it grows slowly before the surplus begins; 0 during the search. */
  private quiet = 0;
  /** When that began. Time in which nobody waited to start does not count. */
  private since = -Infinity;
  private refusedAt = -Infinity;
  /** Refusals with nothing that passed in between. */
  private inRow = 0;
  private rest = FIRST_REST_MS;

  /** Requests per second when the last one started; Infinity while no limit is known. */
  get perSecond(): number {
    return this.pace.perSecond;
  }

  /** When the next request may start. */
  get opensAt(): number {
    return this.pace.opensAt;
  }

  /** A request starts now. */
  take(now: number): void {
    if (this.kept !== Infinity) {
      this.since += this.pace.unused(now);
      this.pace.perSecond = 1000 / (this.inRow < NOTHING_PASSES ? this.intervalAt(now) : Math.min(this.rest, LONGEST_PROBE_MS));
    }
    this.pace.take(now);
  }

  /** Nothing starts before `time`. */
  holdUntil(time: number): void {
    this.since = Math.max(this.since, time);
    this.pace.holdUntil(time);
  }

  /** A request that started at `startedAt` was let through. */
  succeeded(startedAt: number, now: number): void {
    this.accepted.add(now);
    if (startedAt <= this.refusedAt) return;
    this.inRow = 0;
    this.rest = FIRST_REST_MS;
  }

  /** A request that started at `startedAt` was answered 429. Those that were under way together say it once. */
  limited(startedAt: number, now: number): void {
    if (startedAt <= this.refusedAt) return;
    this.refusedAt = now;
    this.inRow += 1;
    if (this.kept === Infinity) this.search(now);
    else if (this.inRow < NOTHING_PASSES) this.cut(startedAt, now);
    else this.pause(now);
  }

  private search(now: number): void {
    this.kept = Math.max(FIRST, SHARE_AT_FIRST * this.accepted.count(now));
    this.pace.perSecond = this.kept;
    this.since = now;
    this.holdUntil(now + FIRST_HOLD_MS);
  }

  private cut(startedAt: number, now: number): void {
    const tried = this.rateAt(startedAt);
    this.kept = Math.max(SLOWEST, this.quiet === 0 ? this.rateAt(startedAt - LAG_MS) : this.keptAfter(startedAt));
    this.quiet = QUIET_MS / this.kept ** QUIET_POWER;
    this.since = now;
    this.pace.perSecond = this.rateAt(now);
    // A surplus that is refused goes at once, and what it has taken of the second comes back.
    this.holdUntil(now + OVERSHOOT_MS * Math.max(0, tried / this.kept - 1));
  }

  /** What is kept when a request that started at `time` was refused. */
  private keptAfter(time: number): number {
    const elapsed = Math.max(0, time - this.since);
    const usual = (elapsed < this.quiet ? LOSS : LOSS_WITH_SURPLUS) * this.kept ** LOSS_POWER;
    const loss = elapsed < SOON_MS ? Math.max(usual, LOSS_SHARE_SOON * this.kept) : usual;
    const found = Math.max(0, this.surplusAfter(elapsed - LAG_MS) - LEAST_FOUND);
    return this.kept + (GROWTH * elapsed) / 1000 - loss + found;
  }

  private pause(now: number): void {
    this.holdUntil(now + this.rest);
    this.rest = Math.min(LONGEST_REST_MS, 2 * this.rest);
  }

  private rateAt(time: number): number {
    const elapsed = Math.max(0, time - this.since);
    return this.kept + (GROWTH * elapsed) / 1000 + this.surplusAfter(elapsed);
  }

  private surplusAfter(elapsed: number): number {
    return elapsed > this.quiet ? 2 ** ((elapsed - this.quiet) / DOUBLING_MS) - 1 : 0;
  }

  /** Time between a request that starts now and the next one: the rate grows meanwhile. */
  private intervalAt(now: number): number {
    let interval = 1000 / this.rateAt(now);
    for (let step = 0; step < 4; step += 1) interval = (interval + 1000 / this.rateAt(now + interval / 2)) / 2;
    return interval;
  }
}
