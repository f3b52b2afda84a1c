import { LastSecond } from './lastSecond';
import { Pace } from './pace';

/** The share of the rate that is given up after a 429. */
const CUT = 0.1;
/** How long it takes to come back to the rate that was too much, in ms: first it is a guess, from the second 429 on it is known. */
const FIRST_RECOVERY_MS = 2_000;
const RECOVERY_MS = 32_000;
/** How long it takes from there to a tenth more, in ms; beyond lies a limit that has gone. */
const DEPARTURE_MS = 2_000;
/** A second is a short sample: so much more may have been possible. */
const SAMPLE_ALLOWANCE = 1.25;
/** The first guess, in requests per second, where hardly anything was sent before the 429, and the slowest of all rates. */
const SMALLEST_GUESS = 5;
const SLOWEST = 0.5;
/** Rests when nothing at all passes: the first one and the longest, in ms. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;
/** Requests per second that find out whether anything passes again. */
const PROBES = 1;

/**
 * How many requests may start per second, learned from 429s. There is no limit before the first one; the answers of the
 * second before it tell the limit that it met. A 429 takes a tenth away, which comes back along a cubic curve: fast at
 * first, slowly near the rate that was too much, ever faster beyond it, since the limit may have gone (as in the adaptive
 * retry mode of the AWS SDKs and in TCP's CUBIC, RFC 9438, but with a curve of the same shape for small and large limits).
 *
 * Times are in ms of any clock that does not go back.
 */
export class RequestRate {
  private readonly pace = new Pace();
  private readonly accepted = new LastSecond();
  /** The rate that was too much. */
  private peak = Infinity;
  private recovery = FIRST_RECOVERY_MS;
  private cutAt = -Infinity;
  /** Until when nothing may start; the answers of a second tell a rate only if there was no such rest in it. */
  private heldUntil = -Infinity;
  private rest = FIRST_REST_MS;
  private hasPassedSinceCut = true;
  /** The rate that the last cut left over. */
  private left = Infinity;

  /** Requests per second; Infinity while no limit is known. */
  get perSecond(): number {
    return this.pace.perSecond;
  }

  /** When the next request may start. */
  get opensAt(): number {
    return this.pace.opensAt;
  }

  /** A request starts now. */
  take(now: number): void {
    this.pace.take(now);
  }

  /** Nothing starts before `time`. */
  holdUntil(time: number): void {
    this.heldUntil = Math.max(this.heldUntil, time);
    this.pace.holdUntil(time);
  }

  /** A request that started at `startedAt` was let through. */
  succeeded(startedAt: number, now: number): void {
    this.accepted.add(now);
    if (startedAt > this.cutAt && !this.hasPassedSinceCut) {
      this.hasPassedSinceCut = true;
      this.rest = FIRST_REST_MS;
      this.pace.perSecond = this.left;
    }
    if (this.perSecond === Infinity || !this.isMeasured(startedAt)) return;
    // A rate that nobody makes use of says nothing about the limit.
    const tried = 2 * this.accepted.count(now);
    this.pace.perSecond = Math.max(this.perSecond, Math.min(tried, this.recovered(now)));
  }

  /** A request that started at `startedAt` was answered 429. Those that were under way together say it once. */
  limited(startedAt: number, now: number): void {
    if (startedAt <= this.cutAt) return;
    this.cutAt = now;
    if (this.hasPassedSinceCut) this.cut(startedAt, now);
    else this.pause(now);
    this.hasPassedSinceCut = false;
  }

  private cut(startedAt: number, now: number): void {
    const isFirst = this.perSecond === Infinity;
    this.peak = this.peakAt(startedAt, now);
    this.left = Math.max(SLOWEST, this.peak * (1 - CUT));
    this.pace.perSecond = this.left;
    this.recovery = isFirst ? FIRST_RECOVERY_MS : RECOVERY_MS;
    // A burst has used up the seconds to come as well.
    this.holdUntil(this.accepted.fewerThanAt(this.perSecond, now));
  }

  /** The rate is not the reason if nothing passes at all. */
  private pause(now: number): void {
    this.pace.perSecond = Math.min(PROBES, this.left);
    this.holdUntil(now + this.rest);
    this.rest = Math.min(LONGEST_REST_MS, 2 * this.rest);
  }

  private peakAt(startedAt: number, now: number): number {
    const measured = this.accepted.count(now);
    if (this.perSecond === Infinity) return Math.max(SMALLEST_GUESS, measured);
    return this.isMeasured(startedAt)
      ? Math.min(this.perSecond, Math.max(SAMPLE_ALLOWANCE * measured, this.perSecond / 2))
      : this.perSecond;
  }

  /** Whether the answers of the last second belong to a whole second without a rest. */
  private isMeasured(startedAt: number): boolean {
    return startedAt - this.heldUntil >= 1000;
  }

  private recovered(now: number): number {
    const sincePeak = now - Math.max(this.cutAt, this.heldUntil) - this.recovery;
    const bend = sincePeak < 0 ? sincePeak / this.recovery : sincePeak / DEPARTURE_MS;
    return this.peak * (1 + CUT * bend ** 3);
  }
}
