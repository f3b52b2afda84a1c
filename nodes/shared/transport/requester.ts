import type { Lane, Passage } from './pace/lane';
import { parseRetryAfter } from './retryAfter';
import { BROKEN_OFF, TransportError, type CampaignRequest, type CampaignResponse, type Transport } from './transport';
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
/** A deadline that passes before says more about itself than about Campaign. */
const GENEROUS_MS = 30_000;
const GENEROUS_CONNECT_MS = 9_000;
/** The gateway says so of an organization that it does not know, and sometimes of one that it cannot reach. */
const UNROUTABLE = /"Oops/;

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
 * 500 is never repeated: Campaign answers bad input with it. 401 is the transport's business. While Campaign is known to be
 * away, a repetition waits in line until it is back and uses up no try.
 */
export class Requester {
  private sent = 0;
  private hasSucceeded = false;

  /** @param probe a request that changes nothing, to find out whether Campaign is there while only POSTs wait */
  constructor(
    private readonly transport: Transport,
    private readonly lane: Lane,
    private readonly signal?: AbortSignal,
    private readonly surroundings: Surroundings = SURROUNDINGS,
    probe?: CampaignRequest,
  ) {
    if (probe) lane.askWith(async (passage) => await this.ask(probe, passage));
  }

  /** How many requests may be in flight now. */
  get requestsInFlight(): number {
    return this.lane.requestsInFlight;
  }

  /** How many requests were sent, tries and all. */
  get requestsMade(): number {
    return this.sent;
  }

  /** Time, in ms, in which the next request was ready and the rate did not let it start. */
  get heldMilliseconds(): number {
    return this.lane.heldMilliseconds;
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
    const tries: Tries = { sent: 0, limited: 0, others: 0, isUncertain: false };
    for (;;) {
      const attempt = await this.attemptInTurn(request, tries);
      tries.last = attempt.outcome;
      const { outcome, delay, refusedWaitMilliseconds } = attempt;
      if (delay !== undefined) {
        const rest = async (): Promise<void> => await this.surroundings.wait(delay, this.signal);
        if (delay > 0) await (isLimited(outcome) ? this.lane.whileHeld(rest) : rest());
      } else if (outcome instanceof TransportError) {
        throw tries.isUncertain ? new TransportError('interrupted', outcome.detail) : outcome;
      } else {
        const { status, headers, body } = outcome;
        return { status, headers, body, attempts: tries.sent, isUncertain: tries.isUncertain, refusedWaitMilliseconds };
      }
    }
  }

  /** @throws TransportError `cancelled` when the workflow is stopped meanwhile */
  async pause(milliseconds: number): Promise<void> {
    await this.surroundings.wait(milliseconds, this.signal);
  }

  private attemptInTurn(request: CampaignRequest, tries: Tries): Promise<Attempt> {
    const attempt = async (passage: Passage): Promise<Attempt> => this.judge(request, await this.sendOnce(request), tries, passage);
    return this.lane.run(attempt, request.method !== 'POST').catch((error: unknown) => instead(error, tries));
  }

  private judge(request: CampaignRequest, outcome: Outcome, tries: Tries, passage: Passage): Attempt {
    tries.sent += 1;
    if (isLimited(outcome)) {
      tries.limited += 1;
      const asked = parseRetryAfter(outcome.headers['retry-after'], this.surroundings.now());
      if (asked !== undefined && asked > LONGEST_RETRY_AFTER_MS) return { outcome, delay: undefined, refusedWaitMilliseconds: asked };
      // The limit is the organization's, not this request's: everybody holds back, before the next one slips through.
      passage.limited(asked);
      return { outcome, delay: tries.limited < MAX_ATTEMPTS_WHEN_LIMITED ? asked || this.backoff(tries.limited) : undefined };
    }
    const isAway = this.tell(passage, outcome);
    tries.isUncertain ||= mayHaveBeenCarriedOut(outcome);
    return { outcome, delay: mayRepeat(request, outcome) ? this.delayAfterMiss(outcome, tries, isAway) : undefined };
  }

  /** Tells the gate what there is to learn from an outcome. @returns whether Campaign is known to be away */
  private tell(passage: Passage, outcome: Outcome): boolean {
    const wasGenerous = passage.elapsed() >= (isUnavailable(outcome) ? GENEROUS_CONNECT_MS : GENEROUS_MS);
    if (isOverwhelmed(outcome, wasGenerous)) passage.overwhelmed();
    const sign = this.signOfAbsence(outcome, wasGenerous);
    if (sign !== undefined) return passage.missed(sign);
    if (!(outcome instanceof TransportError)) {
      this.hasSucceeded ||= outcome.status < 500;
      passage.succeeded();
    }
    return false;
  }

  /** How long to wait before the next try; undefined when there is to be none. */
  private delayAfterMiss(outcome: Outcome, tries: Tries, isAway: boolean): number | undefined {
    const { patience } = this.lane;
    if (patience === 0 && isUnavailable(outcome)) return undefined;
    const now = this.surroundings.now();
    tries.missedAt ??= now;
    if (isAway) return now - tries.missedAt < patience ? 0 : undefined;
    tries.others += 1;
    return tries.others < MAX_ATTEMPTS ? this.backoff(tries.others) : undefined;
  }

  /** What an outcome shows in Campaign's place; undefined when Campaign may well be there. */
  private signOfAbsence(outcome: Outcome, wasGenerous: boolean): string | undefined {
    if (!(outcome instanceof TransportError)) {
      if (!UNAVAILABLE.has(outcome.status)) return undefined;
      // As long as nothing has come through, it is the organization's name that is wrong.
      return outcome.status === 502 && UNROUTABLE.test(outcome.body) && !this.hasSucceeded ? undefined : String(outcome.status);
    }
    if (TIMED_OUT.test(outcome.detail)) return wasGenerous ? outcome.detail : undefined;
    return isUnavailable(outcome) || (outcome.failure === 'interrupted' && BROKEN_OFF.test(outcome.detail)) ? outcome.detail : undefined;
  }

  /** Finds out whether Campaign is there, without any request of somebody's. */
  private async ask(probe: CampaignRequest, passage: Passage): Promise<void> {
    const outcome = await this.sendOnce(probe).catch((error: unknown) => error as Error);
    if (outcome instanceof TransportError && outcome.failure === 'cancelled') return;
    const isOutcome = outcome instanceof TransportError || !(outcome instanceof Error);
    if (isOutcome && this.signOfAbsence(outcome, true) !== undefined) this.tell(passage, outcome);
    // Whatever else is wrong, those who wait are to be told by the answers to their own requests.
    else passage.succeeded();
  }

  private sendOnce(request: CampaignRequest): Promise<Outcome> {
    this.sent += 1;
    return this.transport.send(request).catch(asOutcome);
  }

  private backoff(attempts: number): number {
    return this.surroundings.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1));
  }
}

type Outcome = CampaignResponse | TransportError;

/** For `catch`: no answer is an outcome, too. */
async function asOutcome(error: unknown): Promise<TransportError> {
  return error instanceof TransportError && error.failure !== 'cancelled' ? error : await Promise.reject(error);
}

/** One try, and how long to wait before the next, if there is to be one. */
interface Attempt {
  readonly outcome: Outcome;
  readonly delay: number | undefined;
  readonly refusedWaitMilliseconds?: number;
}

/** What the tries of one request have come to. */
interface Tries {
  sent: number;
  limited: number;
  others: number;
  isUncertain: boolean;
  /** When the first of them missed Campaign. */
  missedAt?: number;
  last?: Outcome;
}

/** What a request that may wait no longer has met already says more than that. */
async function instead(error: unknown, { last }: Tries): Promise<Attempt> {
  if (last === undefined || !(error instanceof TransportError) || error.failure !== 'away') return await Promise.reject(error);
  return { outcome: last, delay: undefined };
}

function isLimited(outcome: Outcome): outcome is CampaignResponse {
  return !(outcome instanceof TransportError) && outcome.status === TOO_MANY_REQUESTS;
}

function isOverwhelmed(outcome: Outcome, wasGenerous: boolean): boolean {
  return outcome instanceof TransportError ? wasGenerous && TIMED_OUT.test(outcome.detail) : OVERWHELMED.has(outcome.status);
}

/** Nobody took the request, or what is in front of Campaign answered it. */
function isUnavailable(outcome: Outcome): boolean {
  if (!(outcome instanceof TransportError)) return UNAVAILABLE.has(outcome.status);
  return outcome.failure === 'notDelivered' || outcome.failure === 'noToken';
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
  if (outcome instanceof TransportError && isUnavailable(outcome)) return true;
  if (request.method === 'POST') return false;
  if (outcome instanceof TransportError) return outcome.failure === 'interrupted';
  return UNAVAILABLE.has(outcome.status) || (request.method === 'GET' && isCut(outcome));
}
