import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { Deadline } from '../../transport/http/deadline';
import { failureOf } from '../../transport/http/failure';
import { readHostBody } from '../../transport/http/hostBody';
import { tokenRequests } from '../../transport/http/tokenRequests';
import { wait } from '../../transport/wait';
import { CampaignError } from '../error';
import { parseServiceUrl } from '../instance';
import { isObject, parseJson } from '../records';
import { cleanSecret } from '../secrets';

export const DEFAULT_TOKEN_URL = 'https://ims-na1.adobelogin.com/ims/token/v3';

/** Three independent clients of the API send these scopes; the Developer Console shows a project's own list. */
export const DEFAULT_SCOPES =
  'openid,AdobeID,campaign_sdk,additional_info.projectedProductContext,campaign_config_server_general,deliverability_service_general';

/** Time for one answer, all of it. */
const TIMEOUT_MS = 30_000;
/** Longest answer, in bytes; a token has two thousand. */
const LONGEST_ANSWER = 1024 * 1024;
/** A token that cannot be renewed for a moment must not end a run of a hundred thousand items. */
const MAX_ATTEMPTS = 3;
const BACKOFF_BASE_MS = 500;

/**
 * Asks Adobe's identity service for an access token (Adobe: "OAuth Server-to-Server credential implementation guide").
 * The token lives for 24 hours; n8n stores it and asks again when Campaign answers 401.
 *
 * @param helpers n8n's request helper, bound to the credential's allowed domains
 * @param credential the credential's fields
 * @param pause waits between tries, in ms
 * @throws CampaignError saying which field of the credential to look at, or that the service is down
 */
export async function requestAccessToken(
  helpers: IHttpRequestHelper['helpers'],
  credential: Readonly<Record<string, unknown>>,
  pause: (milliseconds: number) => Promise<void> = wait,
): Promise<string> {
  const url = parseServiceUrl(credential.tokenUrl, 'Token URL', DEFAULT_TOKEN_URL);
  const apiKey = required(credential.apiKey, 'API Key (Client ID)');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: apiKey,
    client_secret: required(credential.clientSecret, 'Client Secret'),
    scope: scopeList(credential.scopes),
  });

  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tokenRequests.during(apiKey, async () => await askOnce(helpers, url, form));
    if (typeof outcome === 'string') return outcome;
    if (outcome.details.reason !== 'unavailable' || attempt === MAX_ATTEMPTS) throw outcome;
    await pause(Math.random() * BACKOFF_BASE_MS * 2 ** attempt);
  }
}

interface TokenAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** The token, or why there is none. */
async function askOnce(helpers: IHttpRequestHelper['helpers'], url: string, form: URLSearchParams): Promise<string | CampaignError> {
  const end = AbortSignal.timeout(TIMEOUT_MS);
  const options: IHttpRequestOptions = {
    method: 'POST',
    url,
    // The body rather than the query: proxies write addresses to their logs.
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: form.toString(),
    // The helper reads anything else to its end, however long it is.
    encoding: 'stream',
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    disableFollowRedirect: true,
    timeout: TIMEOUT_MS,
    abortSignal: end,
  };
  const answer = await new Deadline(end)
    .until(readAnswer(helpers, options, end))
    .catch((error: unknown) => unreachable(url, end.aborted ? { code: 'ETIMEDOUT' } : error));
  if (answer instanceof CampaignError) return answer;

  const { status, json } = answer;
  if (status === 200 && typeof json.access_token === 'string' && json.access_token !== '') return json.access_token;
  return refused(status, json);
}

function required(value: unknown, field: string): string {
  const text = cleanSecret(value);
  if (text !== '') return text;
  throw new CampaignError({
    reason: 'invalidInput',
    // No item of the run has another credential.
    everyItem: true,
    message: `'${field}' in the credential is empty`,
    description: 'Copy it from the OAuth Server-to-Server credential of your project in the Adobe Developer Console.',
  });
}

/** Blanks and line breaks come along when scopes are copied from the console. */
function scopeList(value: unknown): string {
  const scopes = (typeof value === 'string' ? value : '').split(/[\s,]+/).filter((scope) => scope !== '');
  return scopes.length > 0 ? scopes.join(',') : DEFAULT_SCOPES;
}

/** @throws an error of the network, or UnreadableAnswer */
async function readAnswer(helpers: IHttpRequestHelper['helpers'], options: IHttpRequestOptions, end: AbortSignal): Promise<TokenAnswer> {
  const answer: unknown = await helpers.httpRequest(options);
  const { statusCode, body } = isObject(answer) ? answer : {};
  const json = parseJson(await readHostBody(body, end, LONGEST_ANSWER));
  return { status: typeof statusCode === 'number' ? statusCode : 0, json: isObject(json) ? json : {} };
}

function refused(status: number, json: Readonly<Record<string, unknown>>): CampaignError {
  // A code is a word; anything longer might repeat what was sent.
  const code = typeof json.error === 'string' && /^[a-z_]{1,40}$/.test(json.error) ? json.error : '';
  const about = typeof json.error_description === 'string' ? json.error_description : '';
  if (code === 'invalid_client') {
    const field = about.includes('client_id') ? 'API Key (Client ID)' : 'Client Secret';
    return tokenError(
      `Adobe does not accept '${field}' (invalid_client)`,
      `Copy '${field}' again from the OAuth Server-to-Server credential of your project in the Adobe Developer Console; a secret may have been deleted there.`,
      status,
    );
  }
  if (code.includes('scope') || about.includes('scope')) {
    return tokenError(
      'Adobe does not accept the scopes (invalid_scope)',
      "Copy the scopes of your project in the Adobe Developer Console to 'Scopes' in the credential, and add the Campaign API to the project if it is not there.",
      status,
    );
  }
  if (status === 407) {
    return tokenError(
      "The proxy between this n8n and Adobe's identity service wants a sign-in (407)",
      "Check user name and password in the proxy's address (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY of this n8n), and its rules.",
      status,
    );
  }
  if (status === 429 || status >= 500) {
    return new CampaignError({
      reason: 'unavailable',
      everyItem: true,
      message: `Adobe's identity service is busy or down (${status})`,
      description: 'Try again later.',
      httpStatus: status,
    });
  }
  return tokenError(
    `Adobe's identity service did not give an access token (${code || status})`,
    "Check 'Token URL' in the credential, and that API key, client secret and scopes belong to one project.",
    status,
  );
}

function unreachable(url: string, error: unknown): CampaignError {
  const failure = failureOf(error);
  if (failure?.failure === 'blocked') {
    return tokenError(
      `This n8n did not connect to ${new URL(url).host}, where Adobe's access tokens come from (${failure.detail})`,
      "Check the network rules of this n8n, its proxy and certificates, and 'Token URL' in the credential.",
    );
  }
  const code = isObject(error) && typeof error.code === 'string' ? ` (${error.code})` : '';
  return new CampaignError({
    reason: 'unavailable',
    everyItem: true,
    message: `Adobe's identity service could not be reached${code}`,
    description: `Check that this n8n may connect to ${new URL(url).host}, and 'Token URL' in the credential. If the credential limits its domains, allow that host as well.`,
  });
}

function tokenError(message: string, description: string, httpStatus?: number): CampaignError {
  return new CampaignError({ reason: 'unauthorized', everyItem: true, message, description, httpStatus });
}
