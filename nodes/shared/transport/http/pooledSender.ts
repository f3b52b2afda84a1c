import type { Dispatcher } from 'undici';

import { answerText, UnreadableAnswer } from './answerText';
import type { Connections } from './connections';
import { Deadlines } from './deadline';
import { exchange, type ReceivedAnswer } from './exchange';
import { failureOf } from './failure';
import { parseHeaders } from './parse';
import { CAMPAIGN_HEADERS, TransportError, type CampaignRequest, type CampaignResponse } from '../transport';
import { cancelled } from '../wait';

/** Headers that open Campaign: Authorization and X-Api-Key. They hold secrets. */
export type AccessHeaders = Readonly<Record<string, string>>;

/** What n8n's helper says by default, and no compression: most answers are a few hundred bytes. */
const OWN_HEADERS = { ...CAMPAIGN_HEADERS, 'Accept-Encoding': 'identity', 'User-Agent': 'n8n' };

/**
 * Sends over connections that stay open, with headers that open Campaign. Keeps what n8n's helper promises: the
 * environment's proxy, the instance's egress rules, the stop of the workflow, no redirect followed. Nothing is repeated.
 */
export class PooledSender {
  private readonly deadlines: Deadlines;
  /** Those of the last request: the next one has the same, as long as the token lasts. */
  private headers: { readonly access: AccessHeaders; readonly all: AccessHeaders } | undefined;

  /**
   * @param timeoutMilliseconds time for one answer, from the connection to the last byte
   * @param signal ends all requests when the workflow is stopped
   */
  constructor(
    private readonly connections: Connections,
    timeoutMilliseconds: number,
    private readonly signal?: AbortSignal,
  ) {
    this.deadlines = new Deadlines(timeoutMilliseconds, signal);
  }

  /** @throws TransportError when no answer came */
  async send(request: CampaignRequest, access: AccessHeaders): Promise<CampaignResponse> {
    const deadline = this.deadlines.next();
    let mayBeSent = (): boolean => false;
    try {
      const check = this.connections.check(request.url);
      const verdict = check && (await deadline.until(check));
      if (verdict?.ok === false) throw verdict.error;
      const { status, headers, bytes } = await this.connections.use(({ line, dispatcher }) => {
        const { isUp, timesUp } = line;
        mayBeSent = () => isUp || line.timesUp > timesUp;
        // Not a signal for undici, which minds it only once it has a connection.
        return deadline.during<ReceivedAnswer>((resolve, reject) =>
          exchange(dispatcher, this.optionsFor(request, access), { resolve, reject }),
        );
      });
      const parsed = parseHeaders(headers);
      const text = answerText(bytes, parsed['content-encoding']);
      return { status, headers: parsed, body: typeof text === 'string' ? text : await text };
    } catch (error) {
      const isLate = deadline.isOver && !this.signal?.aborted;
      const late = (): TransportError => new TransportError(mayBeSent() ? 'interrupted' : 'notDelivered', 'ETIMEDOUT');
      return await Promise.reject(isLate ? late() : this.withoutAnswer(request, error));
    }
  }

  private optionsFor({ method, url, body }: CampaignRequest, access: AccessHeaders): Dispatcher.DispatchOptions {
    const { origin } = this.connections;
    return { origin, path: pathIn(origin, url), method, headers: this.headersWith(access), body };
  }

  private headersWith(access: AccessHeaders): AccessHeaders {
    if (this.headers?.access !== access) this.headers = { access, all: { ...OWN_HEADERS, ...access } };
    return this.headers.all;
  }

  /** Nothing of undici's errors goes on but what is known to be harmless: they may hold the request and its token. */
  private withoutAnswer({ method }: CampaignRequest, error: unknown): TransportError {
    if (this.signal?.aborted) return cancelled();
    if (error instanceof UnreadableAnswer) {
      // Another try would bring the same, which matters only where there is nothing to lose by giving up.
      return new TransportError(method === 'GET' ? 'unreadable' : 'interrupted', error.message);
    }
    return failureOf(error) ?? new TransportError('interrupted', 'the connection broke');
  }
}

/** Most addresses have nothing in them that could be read in two ways. */
const PLAIN_PATH = /^\/[\w@/-]*$/;

function pathIn(origin: string, url: string): string {
  const path = url.startsWith(origin) ? url.slice(origin.length) : '';
  if (PLAIN_PATH.test(path)) return path;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
