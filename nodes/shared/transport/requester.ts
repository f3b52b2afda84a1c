import type { Gate } from './gate';
import { parseRetryAfter } from './retryAfter';
import { TransportError, type CampaignRequest, type CampaignResponse, type Transport } from './transport';
import { cancelled, wait } from './wait';

/** An answer, and how many tries it took: a DELETE that finds nothing on its second try has done its work. */
export interface CampaignAnswer extends CampaignResponse {
  readonly attempts: number;
}

/** Tries for one request, the first one included. A 429 says nothing about the request, so it gets more. */
export const MAX_ATTEMPTS = 5;
export const MAX_ATTEMPTS_WHEN_LIMITED = 12;
/** Backoff without Retry-After: a random time up to 0.5 s, 1 s, 2 s … ("full jitter"), 30 s at the most. */
const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 30_000;
/** A longer Retry-After is not worth holding a workflow for: the item fails and says so. */
export const LONGEST_RETRY_AFTER_MS = 120_000;

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE: ReadonlySet<number> = new Set([502, 503, 504]);

/** What the requester takes from its surroundings, so that tests can stand in for time and chance. */
export interface Surroundings {
  readonly wait: typeof wait;
  readonly random: () => number;
  readonly now: () => number;
}

const SURROUNDINGS: Surroundings = { wait, random: Math.random, now: Date.now };

/**
 * Sends requests through the gate and repeats those that may be repeated:
 *
 * | answer                        | GET, PATCH, DELETE | POST                               |
 * |-------------------------------|--------------------|------------------------------------|
 * | 429                           | repeat             | repeat                             |
 * | 502, 503, 504, reset, timeout | repeat             | only when it was surely not received |
 * | anything else                 | never              | never                              |
 *
 * 500 is never repeated: Campaign answers bad input with it. 401 is the transport's business.
 */
export class Requester {
  constructor(
    private readonly transport: Transport,
    private readonly gate: Gate,
    private readonly signal?: AbortSignal,
    private readonly surroundings: Surroundings = SURROUNDINGS,
  ) {}

  /**
   * @returns the last answer, whatever its status
   * @throws TransportError when there was no answer to the last try
   */
  async send(request: CampaignRequest): Promise<CampaignAnswer> {
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await this.gate.run(async () => await this.attempt(request), this.signal);
      const delay = this.delayBeforeNext(request, outcome, attempts);
      if (delay === undefined) {
        if (outcome instanceof TransportError) throw outcome;
        return { ...outcome, attempts };
      }
      await this.surroundings.wait(delay, this.signal);
    }
  }

  private async attempt(request: CampaignRequest): Promise<CampaignResponse | TransportError> {
    if (this.signal?.aborted) throw cancelled();
    try {
      return await this.transport.send(request);
    } catch (error) {
      if (error instanceof TransportError) return error;
      return await Promise.reject(error);
    }
  }

  private delayBeforeNext(
    request: CampaignRequest,
    outcome: CampaignResponse | TransportError,
    attempts: number,
  ): number | undefined {
    if (!(outcome instanceof TransportError) && outcome.status === TOO_MANY_REQUESTS) {
      return this.delayWhenLimited(outcome, attempts);
    }
    return attempts < MAX_ATTEMPTS && mayRepeat(request, outcome) ? this.backoff(attempts) : undefined;
  }

  private delayWhenLimited(response: CampaignResponse, attempts: number): number | undefined {
    if (attempts >= MAX_ATTEMPTS_WHEN_LIMITED) return undefined;
    const asked = parseRetryAfter(response.headers['retry-after'], this.surroundings.now());
    if (asked !== undefined && asked > LONGEST_RETRY_AFTER_MS) return undefined;
    const delay = asked ?? this.backoff(attempts);
    // The limit is the organization's, not this request's: everybody holds back.
    this.gate.pause(delay);
    return delay;
  }

  private backoff(attempts: number): number {
    return this.surroundings.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1));
  }
}

function mayRepeat(request: CampaignRequest, outcome: CampaignResponse | TransportError): boolean {
  if (!(outcome instanceof TransportError)) return request.method !== 'POST' && UNAVAILABLE.has(outcome.status);
  if (outcome.failure === 'notDelivered') return true;
  return outcome.failure === 'interrupted' && request.method !== 'POST';
}
