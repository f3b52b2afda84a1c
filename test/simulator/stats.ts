import type { IncomingHttpHeaders } from 'node:http';
import { WriteLedger } from './writeLedger';

/** One request as it arrived. */
export interface ReceivedRequest {
  /** 1 for the first since the start or the last `resetStats`. */
  readonly number: number;
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly url: string;
  /** Path exactly as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** First segment after `/campaign/`; `ims` for the identity service; empty otherwise. */
  readonly api: string;
  /** Header names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The body as text. */
  readonly body: string;
  /** Simulated time of arrival. */
  readonly at: Date;
  /** The body parsed as JSON; undefined if there is none or it does not parse. */
  readonly json: unknown;
  /** Status answered; null while pending, or if the connection was reset without an answer. */
  readonly status: number | null;
}

/** What the server saw since the start or the last reset. */
export interface Stats {
  /** All requests, token requests included. */
  readonly requests: number;
  /** Requests below `/<organization>/campaign/`. */
  readonly apiRequests: number;
  /** Requests to the token endpoint, refused ones included. */
  readonly tokenRequests: number;
  /** Tokens handed out by the token endpoint; `mintToken()` does not count. */
  readonly tokensMinted: number;
  /** The latest requests, oldest first, at most `settings.requestLogLimit`. */
  readonly received: readonly ReceivedRequest[];
  /** How many answers had each status. */
  readonly answersByStatus: ReadonlyMap<number, number>;
  /** Requests by method, for example `byMethod.get('PATCH')`. */
  readonly byMethod: ReadonlyMap<string, number>;
  /** 429 answers given by the cap. */
  readonly throttled: number;
  /** TCP connections accepted. */
  readonly connectionsOpened: number;
  /** TCP connections open now. */
  readonly connectionsOpen: number;
  /** Requests being handled now. */
  readonly inFlight: number;
  readonly mostInFlight: number;
  /** Faults that struck. */
  readonly faults: number;
  /** Writes applied. */
  readonly writes: WriteLedger;
  /** Same as `writes.applied`. */
  readonly writesApplied: number;
  /** Same as `writes.appliedTwice`. */
  readonly writesAppliedTwice: number;
}

/** The writing side of `ReceivedRequest`. */
export class RequestRecord implements ReceivedRequest {
  status: number | null = null;

  constructor(
    readonly number: number,
    readonly method: string,
    readonly url: string,
    readonly headers: IncomingHttpHeaders,
    readonly body: string,
    readonly at: Date,
  ) {}

  get path(): string {
    const question = this.url.indexOf('?');
    return question < 0 ? this.url : this.url.slice(0, question);
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.url.slice(this.path.length));
  }

  get api(): string {
    const [, first = '', second = '', third = ''] = this.path.split('/');
    if (first === 'ims') return 'ims';
    return second === 'campaign' ? third : '';
  }

  get json(): unknown {
    if (this.body === '') return undefined;
    try {
      return JSON.parse(this.body);
    } catch {
      return undefined;
    }
  }
}

/** The writing side of `Stats`. */
export class StatsRecorder implements Stats {
  requests = 0;
  apiRequests = 0;
  tokenRequests = 0;
  tokensMinted = 0;
  throttled = 0;
  connectionsOpened = 0;
  connectionsOpen = 0;
  inFlight = 0;
  mostInFlight = 0;
  faults = 0;
  readonly received: RequestRecord[] = [];
  readonly answersByStatus = new Map<number, number>();
  readonly byMethod = new Map<string, number>();
  readonly writes = new WriteLedger();

  get writesApplied(): number {
    return this.writes.applied;
  }

  get writesAppliedTwice(): number {
    return this.writes.appliedTwice;
  }

  /** A request came in whole and is in flight from now on. At most `keep` of them are kept. */
  arrived(method: string, url: string, headers: IncomingHttpHeaders, body: string, at: Date, keep: number): RequestRecord {
    this.requests += 1;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const record = new RequestRecord(this.requests, method, url, headers, body, at);
    if (url.startsWith('/ims/token/')) this.tokenRequests += 1;
    else if (url.includes('/campaign/')) this.apiRequests += 1;
    increment(this.byMethod, method);
    if (keep > 0) this.received.push(record);
    while (this.received.length > keep) this.received.shift();
    return record;
  }

  /** A request is in flight no longer. */
  ended(): void {
    this.inFlight -= 1;
  }

  /** An answer was written. */
  answered(record: RequestRecord, status: number): void {
    record.status = status;
    increment(this.answersByStatus, status);
  }

  /** Forgets everything except what is still open or in flight. */
  reset(): void {
    this.requests = 0;
    this.apiRequests = 0;
    this.tokenRequests = 0;
    this.tokensMinted = 0;
    this.throttled = 0;
    this.connectionsOpened = 0;
    this.faults = 0;
    this.mostInFlight = this.inFlight;
    this.received.length = 0;
    this.answersByStatus.clear();
    this.byMethod.clear();
    this.writes.clear();
  }
}

function increment<Key>(counters: Map<Key, number>, key: Key): void {
  counters.set(key, (counters.get(key) ?? 0) + 1);
}
