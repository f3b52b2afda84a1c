import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import {
  CAMPAIGN_HEADERS,
  TransportError,
  type CampaignRequest,
  type CampaignResponse,
  type Transport,
  type TransportFailure,
} from './transport';

const NOT_DELIVERED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** Proof of no delivery only while connecting; an open connection can end with them too. */
const NO_ROUTE: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH']);
/** No trust in the other side's certificate, or a request that could not even be put together. */
const BLOCKED = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO|ALTNAME|^ERR_(?:INVALID|UNESCAPED|BAD_OPTION)/;
/** n8n's egress rules (its classes are not exported). */
const EGRESS_RULE = /^Ssrf/;

/**
 * Sends through n8n's own helper, which is always there: it adds the credential's headers, mints and stores the
 * token, renews it once after a 401, and keeps the instance's proxy and egress rules. It opens a connection a request.
 *
 * @param timeoutMilliseconds longest wait for one answer; n8n's own default is five minutes
 */
export function hostTransport(
  context: IAllExecuteFunctions,
  credentialType: string,
  timeoutMilliseconds: number,
  signal?: AbortSignal,
): Transport {
  return {
    async send(request: CampaignRequest): Promise<CampaignResponse> {
      const options: IHttpRequestOptions = {
        method: request.method,
        url: request.url,
        headers: { ...CAMPAIGN_HEADERS },
        body: request.body,
        encoding: 'text',
        returnFullResponse: true,
        disableFollowRedirect: true,
        sendCredentialsOnCrossOriginRedirect: false,
        timeout: timeoutMilliseconds,
      };
      try {
        const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
          context,
          credentialType,
          options,
        );
        return parseAnswer(answer);
      } catch (error) {
        const response = answerInside(error);
        if (response) return response;
        throw withoutAnswer(error, signal);
      }
    },
  };
}

function parseAnswer(answer: unknown): CampaignResponse {
  const { statusCode, headers, body } = asObject(answer);
  return { status: Number(statusCode), headers: parseHeaders(headers), body: parseText(body) };
}

/**
 * n8n throws for every status that is not 2xx; the answer is in the cause. Asking it not to would also switch off the
 * renewal of the token after a 401.
 */
function answerInside(error: unknown): CampaignResponse | undefined {
  for (const holder of [asObject(error).cause, error]) {
    const { status, headers, data } = asObject(asObject(holder).response);
    if (typeof status === 'number') return { status, headers: parseHeaders(headers), body: parseText(data) };
  }
  return undefined;
}

/**
 * Errors that are neither an answer nor the network's come from the credential: they go on as they are. Those of the
 * network do not, because they hold the request and with it the token.
 */
function withoutAnswer(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return new TransportError('cancelled', 'the workflow was stopped');
  const causes = causesOf(error);
  const egress = causes.find((cause) => cause instanceof Error && EGRESS_RULE.test(cause.constructor.name));
  if (egress instanceof Error) return new TransportError('blocked', egress.message);
  const cause = causes[1] ?? error;
  const { code, syscall } = asObject(cause);
  if (typeof code === 'string') return new TransportError(failureOf(code, syscall), code);
  if ('config' in asObject(cause)) return new TransportError('interrupted', 'the connection broke');
  return cause instanceof Error ? cause : error;
}

/** An error, what is behind it, what is behind that. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause: unknown = error; cause !== undefined && !causes.includes(cause); cause = asObject(cause).cause) causes.push(cause);
  return causes;
}

function failureOf(code: string, syscall: unknown): TransportFailure {
  if (NOT_DELIVERED.has(code) || (NO_ROUTE.has(code) && syscall === 'connect')) return 'notDelivered';
  return BLOCKED.test(code) ? 'blocked' : 'interrupted';
}

function parseHeaders(headers: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asObject(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function parseText(body: unknown): string {
  if (typeof body === 'string') return body;
  return body === undefined || body === null ? '' : JSON.stringify(body);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
