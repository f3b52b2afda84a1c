/**
 * The way a request leaves this package. Everything above speaks Campaign; everything below moves bytes.
 */

/** One HTTP request to Campaign. `body` is JSON text, already serialised. */
export interface CampaignRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute URL, already checked to belong to the credential's origin and organization. */
  readonly url: string;
  readonly body?: string;
}

/** Whatever came back with an HTTP status, be it 200 or 503. Header names are lower case. */
export interface CampaignResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends one request, once. It resolves with every answer that has an HTTP status and rejects with a
 * `TransportError` when there was none. A 401 is answered only after the token was renewed, where it can be.
 */
export interface Transport {
  send(request: CampaignRequest): Promise<CampaignResponse>;
}

/**
 * What is known about a request that got no answer:
 * - `notDelivered`: it never reached Campaign (connection refused, unknown host), so repeating it is safe;
 * - `interrupted`: it may have been carried out (connection reset, timeout);
 * - `cancelled`: the workflow was stopped;
 * - `blocked`: this n8n refuses to send it, or cannot trust the other side (egress rules, certificate);
 * - `unreadable`: a GET was answered with what cannot be taken in, e.g. because it is too long;
 * - `noToken`: the identity service, which is away, gave no token for it, so it was not carried out;
 * - `away`: it was never sent, because Campaign has been away for longer than it may wait;
 * - `notForReading`: it was never sent, because it would have changed something and nothing may be changed.
 */
export type TransportFailure =
  | 'notDelivered'
  | 'interrupted'
  | 'cancelled'
  | 'blocked'
  | 'unreadable'
  | 'noToken'
  | 'away'
  | 'notForReading';

/** No answer came. `detail` is safe to show: a network error code or the host's own sentence. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  declare readonly cause?: Error;

  /** @param cause what to say instead, where it is not about Campaign */
  constructor(
    readonly failure: TransportFailure,
    readonly detail: string,
    cause?: Error,
  ) {
    super(`No answer from Adobe Campaign (${detail})`, cause && { cause });
  }
}

/**
 * Headers of every Campaign request. The charset matters: without it Campaign garbles accented characters
 * (Adobe: "Managing transactional messages"). Authorization and X-Api-Key are the credential's part.
 */
export const CAMPAIGN_HEADERS: Readonly<Record<string, string>> = {
  Accept: 'application/json',
  'Cache-Control': 'no-cache',
  'Content-Type': 'application/json;charset=utf-8',
};

/** Details of a connection that was broken off by whatever is at its other end, within TLS or not. */
export const BROKEN_OFF = /^(?:ECONNRESET|EPIPE|EPROTO|ERR_SSL_\w+)$/;
