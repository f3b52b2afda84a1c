import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { causesOf, failureOf } from './failure';
import { asObject, parseHeaders } from './parse';
import { CAMPAIGN_HEADERS, TransportError, type CampaignRequest, type CampaignResponse, type Transport } from '../transport';
import { cancelled, untilCancelled } from '../wait';

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
        // n8n stops the request with the workflow, but not the minting of a token before it.
        const sent = context.helpers.httpRequestWithAuthentication.call(context, credentialType, options);
        return parseAnswer(await untilCancelled(sent, signal));
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
  if (signal?.aborted) return cancelled();
  const failure = failureOf(error);
  if (failure) return failure;
  const cause = causesOf(error)[1] ?? error;
  if ('config' in asObject(cause)) return new TransportError('interrupted', 'the connection broke');
  return cause instanceof Error ? cause : error;
}

function parseText(body: unknown): string {
  if (typeof body === 'string') return body;
  return body === undefined || body === null ? '' : JSON.stringify(body);
}
