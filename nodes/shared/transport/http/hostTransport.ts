import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { UnreadableAnswer } from './answerText';
import { causesOf, failureOf } from './failure';
import { readHostBody } from './hostBody';
import { inTime, type HostTime } from './hostTime';
import { asObject, parseHeaders } from './parse';
import { CAMPAIGN_HEADERS, TransportError, type CampaignRequest, type CampaignResponse, type Transport } from '../transport';
import { cancelled } from '../wait';

/**
 * Sends through n8n's own helper, which is always there: it adds the credential's headers, mints and stores the
 * token, renews it once after a 401, and keeps the instance's proxy and egress rules. It opens a connection a request.
 *
 * @param time how long one answer may take, all of it: n8n's own default is five minutes, and counts from the last byte
 */
export function hostTransport(context: IAllExecuteFunctions, credentialType: string, time: HostTime): Transport {
  return {
    async send(request: CampaignRequest): Promise<CampaignResponse> {
      return await inTime(time, async (end) => {
        try {
          return await ask(context, credentialType, optionsFor(request, time, end), end);
        } catch (error) {
          throw withoutAnswer(request, error, time.signal);
        }
      });
    },
  };
}

function optionsFor(request: CampaignRequest, { milliseconds }: HostTime, end: AbortSignal): IHttpRequestOptions {
  return {
    method: request.method,
    url: request.url,
    headers: { ...CAMPAIGN_HEADERS },
    body: request.body,
    // The helper reads anything else to its end, however long it is.
    encoding: 'stream',
    returnFullResponse: true,
    disableFollowRedirect: true,
    sendCredentialsOnCrossOriginRedirect: false,
    timeout: milliseconds,
    abortSignal: end,
  };
}

/** @throws what the helper throws, unless there is an answer inside */
async function ask(
  context: IAllExecuteFunctions,
  credentialType: string,
  options: IHttpRequestOptions,
  end: AbortSignal,
): Promise<CampaignResponse> {
  const { statusCode, headers, body } = await context.helpers.httpRequestWithAuthentication
    .call(endingWith(context, end), credentialType, options)
    .then(asObject, (error: unknown) => answerInside(error) ?? Promise.reject(error));
  return { status: Number(statusCode), headers: parseHeaders(headers), body: await readHostBody(body, end) };
}

/** n8n stops a request with what the context says to be the end of the execution; where it says nothing, with the option. */
function endingWith(context: IAllExecuteFunctions, end: AbortSignal): IAllExecuteFunctions {
  if (!('getExecutionCancelSignal' in context)) return context;
  return Object.create(context, { getExecutionCancelSignal: { value: () => end } }) as IAllExecuteFunctions;
}

/**
 * n8n throws for every status that is not 2xx; the answer is in the cause. Asking it not to would also switch off the
 * renewal of the token after a 401.
 */
function answerInside(error: unknown): Readonly<Record<string, unknown>> | undefined {
  for (const holder of [asObject(error).cause, error]) {
    const { status, headers, data } = asObject(asObject(holder).response);
    if (typeof status === 'number') return { statusCode: status, headers, body: data };
  }
  return undefined;
}

/**
 * Errors that are neither an answer nor the network's come from the credential: they go on as they are. Those of the
 * network do not, because they hold the request and with it the token.
 */
function withoutAnswer({ method }: CampaignRequest, error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return cancelled();
  if (error instanceof UnreadableAnswer) return new TransportError(method === 'GET' ? 'unreadable' : 'interrupted', error.message);
  if (error instanceof TransportError) return error;
  const failure = failureOf(error);
  if (failure) return failure;
  const cause = causesOf(error)[1] ?? error;
  if ('config' in asObject(cause)) return new TransportError('interrupted', 'the connection broke');
  return cause instanceof Error ? cause : error;
}
