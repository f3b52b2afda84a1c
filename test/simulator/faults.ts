import { seededRandom } from './random';
import type { ReceivedRequest } from './stats';

/** What goes wrong. Before: the request is not handled. After: it is, writes included, and the client does not learn it. */
export type FaultAction =
  /** Resets the connection. */
  | { readonly type: 'reset'; readonly when: 'before' | 'after' }
  /** Keeps the connection open and never answers. */
  | { readonly type: 'stall'; readonly when: 'before' | 'after' }
  /** Handles the request, sends the head and half of the body, then resets. */
  | { readonly type: 'cutBody' }
  /** Sends this instead of the real answer. `when` defaults to before. */
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when?: 'before' | 'after';
    }
  /** Waits on top of the latency, then goes on as usual. */
  | { readonly type: 'delay'; readonly ms: number }
  /** All tokens minted so far stop being valid, this request's included; then goes on as usual. */
  | { readonly type: 'expireTokens' };

/** When a fault strikes: every condition given has to hold. */
export interface FaultRule {
  readonly method?: string;
  /** A part of the URL as sent, or a pattern for it. */
  readonly url?: string | RegExp;
  readonly when?: (request: ReceivedRequest) => boolean;
  /** Only these of the requests that the conditions above match; 1 is the first one after the rule was added. */
  readonly nth?: number | readonly number[];
  /** Strikes with this probability, decided by the seeded generator. */
  readonly probability?: number;
  /** Strikes at most so often. */
  readonly times?: number;
  readonly action: FaultAction;
}

interface ActiveRule {
  readonly rule: FaultRule;
  matched: number;
  struck: number;
}

/** The faults in force; the first rule that strikes decides. */
export class FaultRules {
  private readonly active: ActiveRule[] = [];
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** Puts a rule in force and returns what takes it out again. */
  add(rule: FaultRule): () => void {
    const entry: ActiveRule = { rule, matched: 0, struck: 0 };
    this.active.push(entry);
    return () => {
      const index = this.active.indexOf(entry);
      if (index >= 0) this.active.splice(index, 1);
    };
  }

  /** Takes all rules out. */
  clear(): void {
    this.active.length = 0;
  }

  /** What befalls the request, if anything. */
  strike(request: ReceivedRequest): FaultAction | null {
    for (const entry of this.active) {
      const { rule } = entry;
      if (!isMatch(rule, request)) continue;
      entry.matched += 1;
      const nths = rule.nth === undefined ? null : [rule.nth].flat();
      if (nths !== null && !nths.includes(entry.matched)) continue;
      if (rule.times !== undefined && entry.struck >= rule.times) continue;
      if (rule.probability !== undefined && this.random() >= rule.probability) continue;
      entry.struck += 1;
      return rule.action;
    }
    return null;
  }
}

function isMatch({ method, url, when }: FaultRule, request: ReceivedRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (typeof url === 'string' && !request.url.includes(url)) return false;
  if (url instanceof RegExp && !url.test(request.url)) return false;
  return when === undefined || when(request);
}

/** Faults that read like what they simulate. */
export const faultActions = {
  /** The request is lost: the connection breaks before anything is handled. */
  resetBefore: { type: 'reset', when: 'before' },
  /** The answer is lost: the write is applied, the connection breaks before the client hears of it. */
  resetAfter: { type: 'reset', when: 'after' },
  /** Never handled, never answered. */
  stallBefore: { type: 'stall', when: 'before' },
  /** Handled, never answered. */
  stallAfter: { type: 'stall', when: 'after' },
  cutBody: { type: 'cutBody' },
  /** The gateway's 503. */
  serviceUnavailable: {
    type: 'answer',
    status: 503,
    body: '{"error_code":"503000","message":"Service unavailable"}',
    contentType: 'application/json;charset=utf-8',
  },
  /** A proxy gives up although Campaign handles the request. */
  gatewayTimeout: {
    type: 'answer',
    status: 504,
    body: '<html><body><h1>504 Gateway Time-out</h1></body></html>',
    contentType: 'text/html',
    when: 'after',
  },
  /** A 200 page of something that is not Campaign, such as a login page. */
  html: { type: 'answer', status: 200, body: '<!DOCTYPE html><html><body>Sign in</body></html>', contentType: 'text/html' },
  /** Valid JSON of no known shape. */
  wrongJson: { type: 'answer', status: 200, body: '{"hello":["world"]}', contentType: 'application/json;charset=utf-8' },
  /** Announced as JSON, but is none. */
  brokenJson: { type: 'answer', status: 200, body: '{"content": [', contentType: 'application/json;charset=utf-8' },
  emptyOk: { type: 'answer', status: 200 },
  noContent: { type: 'answer', status: 204 },
  expireTokens: { type: 'expireTokens' },
} as const satisfies Readonly<Record<string, FaultAction>>;
