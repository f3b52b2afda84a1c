import type { Lane, Passage } from './pace/lane';
import { parseRetryAfter } from './retryAfter';
import { TransportError, type CampaignRequest, type CampaignResponse, type Transport } from './transport';
import { wait } from './wait';

/** An answer, and what came before it. */
export interface CampaignAnswer extends CampaignResponse {
  /** Tries, this one included. */
  readonly attempts: number;
  /** Whether a try may have been carried out without saying so: a DELETE that then finds nothing has done its work. */
  readonly isUncertain: boolean;
  /** How long the answer asks to wait, in ms, where that was too long to be waited for. */
  readonly refusedWaitMilliseconds?: number;
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
/** Too much at once, be it for Campaign or for what is in front of it. A 502 or a reset may have any reason. */
const OVERWHELMED: ReadonlySet<number> = new Set([503, 504]);
const TIMED_OUT = /TIME_?D?OUT|ECONNABORTED/i;

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
 * | good, but empty or cut        | repeat a GET       | never                              |
 * | anything else                 | never              | never                              |
 *
 * 500 is never repeated: Campaign answers bad input with it. 401 is the transport's business.
 */
export class Requester {
  private sent = 0;

  constructor(
    private readonly transport: Transport,
    private readonly lane: Lane,
    private readonly signal?: AbortSignal,
    private readonly surroundings: Surroundings = SURROUNDINGS,
  ) {}

  /** How many requests may be in flight now. */
  get requestsInFlight(): number {
    return this.lane.requestsInFlight;
  }

  /** Whether anything was sent yet. */
  get hasAsked(): boolean {
    return this.sent > 0;
  }

  /**
   * @returns the last answer, whatever its status
   * @throws TransportError when there was no answer to the last try; `interrupted` if any try may have been carried out
   */
  async send(request: CampaignRequest): Promise<CampaignAnswer> {
    const tries: Tries = { limited: 0, others: 0, isUncertain: false };
    for (;;) {
      const { outcome, delay, refusedWaitMilliseconds } = await this.lane.run(
        async (passage) => await this.attempt(request, tries, passage),
      );
      if (delay !== undefined) {
        await this.surroundings.wait(delay, this.signal);
      } else if (outcome instanceof TransportError) {
        throw tries.isUncertain ? new TransportError('interrupted', outcome.detail) : outcome;
      } else {
        return { ...outcome, attempts: tries.limited + tries.others, isUncertain: tries.isUncertain, refusedWaitMilliseconds };
      }
    }
  }

  private async attempt(request: CampaignRequest, tries: Tries, passage: Passage): Promise<Attempt> {
    const outcome = await this.sendOnce(request);
    if (isLimited(outcome)) {
      tries.limited += 1;
      const asked = parseRetryAfter(outcome.headers['retry-after'], this.surroundings.now());
      if (asked !== undefined && asked > LONGEST_RETRY_AFTER_MS) return { outcome, delay: undefined, refusedWaitMilliseconds: asked };
      // The limit is the organization's, not this request's: everybody holds back, before the next one slips through.
      passage.limited(asked);
      return { outcome, delay: tries.limited < MAX_ATTEMPTS_WHEN_LIMITED ? asked || this.backoff(tries.limited) : undefined };
    }
    if (isOverwhelmed(outcome)) passage.overwhelmed();
    else if (!(outcome instanceof TransportError)) passage.succeeded();
    tries.others += 1;
    tries.isUncertain ||= mayHaveBeenCarriedOut(outcome);
    const delay = tries.others < MAX_ATTEMPTS && mayRepeat(request, outcome) ? this.backoff(tries.others) : undefined;
    return { outcome, delay };
  }

  private async sendOnce(request: CampaignRequest): Promise<Outcome> {
    this.sent += 1;
    try {
      return await this.transport.send(request);
    } catch (error) {
      if (error instanceof TransportError && error.failure !== 'cancelled') return error;
      return await Promise.reject(error);
    }
  }

  private backoff(attempts: number): number {
    return this.surroundings.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1));
  }
}

type Outcome = CampaignResponse | TransportError;

/** One try, and how long to wait before the next, if there is to be one. */
interface Attempt {
  readonly outcome: Outcome;
  readonly delay: number | undefined;
  readonly refusedWaitMilliseconds?: number;
}

/** What the tries of one request have come to. */
interface Tries {
  limited: number;
  others: number;
  isUncertain: boolean;
}

function isLimited(outcome: Outcome): outcome is CampaignResponse {
  return !(outcome instanceof TransportError) && outcome.status === TOO_MANY_REQUESTS;
}

function isOverwhelmed(outcome: Outcome): boolean {
  return outcome instanceof TransportError ? TIMED_OUT.test(outcome.detail) : OVERWHELMED.has(outcome.status);
}

/** A gateway that gives up waiting says nothing about what Campaign does meanwhile; a 503 says that nobody took it. */
function mayHaveBeenCarriedOut(outcome: Outcome): boolean {
  return outcome instanceof TransportError ? outcome.failure === 'interrupted' : outcome.status === 502 || outcome.status === 504;
}

/** An answer that Campaign never gives to a GET: nothing, or JSON without its end, as when a connection broke behind a proxy. */
function isCut({ status, body }: CampaignResponse): boolean {
  if (status < 200 || status > 299) return false;
  const text = body.trim();
  return text === '' || (text.startsWith('{') && !text.endsWith('}')) || (text.startsWith('[') && !text.endsWith(']'));
}

function mayRepeat(request: CampaignRequest, outcome: Outcome): boolean {
  if (!(outcome instanceof TransportError)) {
    return (request.method !== 'POST' && UNAVAILABLE.has(outcome.status)) || (request.method === 'GET' && isCut(outcome));
  }
  if (outcome.failure === 'notDelivered') return true;
  return outcome.failure === 'interrupted' && request.method !== 'POST';
}
