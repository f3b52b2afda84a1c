import { TransportError, type CampaignRequest, type CampaignResponse, type Transport } from '../../../nodes/shared/transport/transport';
import { json, text } from './campaign';
import type { VirtualTime } from './virtualTime';

/** Decides at `now`, in ms, whether one more request is taken. */
export interface Limit {
  takes(now: number): boolean;
}

/** At most `perSecond` in any second; this is what the simulator does. */
export function slidingWindow(perSecond: number): Limit {
  const taken: number[] = [];
  return {
    takes(now) {
      while (taken[0] !== undefined && taken[0] <= now - 1000) taken.shift();
      if (taken.length >= perSecond) return false;
      taken.push(now);
      return true;
    },
  };
}

/** At most `perSecond` in every second of the server's clock, which runs `offset` ms ahead. */
export function fixedWindow(perSecond: number, offset = 370): Limit {
  let second = -1;
  let taken = 0;
  return {
    takes(now) {
      const present = Math.floor((now + offset) / 1000);
      if (present !== second) [second, taken] = [present, 0];
      taken += 1;
      return taken <= perSecond;
    },
  };
}

/** `perSecond` on average, and bursts of `burst`. */
export function tokenBucket(perSecond: number, burst: number): Limit {
  let tokens = burst;
  let filledAt = 0;
  return {
    takes(now) {
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** What a model server is like. */
export interface ModelSettings {
  readonly time: VirtualTime;
  readonly limit?: Limit;
  /** ms between a request and its answer, the way there and the way back alike; asked anew for every request. */
  readonly latency: () => number;
  /** Retry-After of a 429, in s. */
  readonly retryAfter?: number;
  /** Requests that are handled at a time; more are answered 503. */
  readonly capacity?: number;
  /** What is met in the server's place at this moment, in ms; undefined while it is there. */
  readonly outage?: (now: number) => CampaignResponse | TransportError | undefined;
}

/** A server in virtual time that has a limit, and what it has seen. */
export class ModelServer implements Transport {
  accepted = 0;
  refused = 0;
  overwhelmed = 0;
  /** When the requests came that met an outage, in ms, with their methods. */
  readonly missed: Array<{ readonly method: string; readonly at: number }> = [];
  inFlight = 0;
  mostInFlight = 0;
  limit: Limit | undefined;

  constructor(private readonly settings: ModelSettings) {
    this.limit = settings.limit;
  }

  get requests(): number {
    return this.accepted + this.refused + this.overwhelmed;
  }

  async send({ method }: CampaignRequest): Promise<CampaignResponse> {
    const { time, latency } = this.settings;
    const oneWay = latency() / 2;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await time.wait(oneWay);
    const missing = this.settings.outage?.(time.now());
    if (missing) this.missed.push({ method, at: time.now() });
    const answer = missing ?? this.answer();
    await time.wait(oneWay);
    this.inFlight -= 1;
    if (answer instanceof TransportError) throw answer;
    return answer;
  }

  private answer(): CampaignResponse {
    const { time, retryAfter, capacity = Infinity } = this.settings;
    if (this.inFlight > capacity) {
      this.overwhelmed += 1;
      return text('', 503);
    }
    if (this.limit && !this.limit.takes(time.now())) {
      this.refused += 1;
      return text('', 429, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
    }
    this.accepted += 1;
    return json({ PKey: '@a' });
  }
}
