import type { CampaignAnswer } from '../transport/requester';
import { BROKEN_OFF, type CampaignRequest, type TransportError } from '../transport/transport';
import { campaignText, describeBody, gatewayCodeIn, isForeign, isGeneric, requestIdOf, triesOf } from './campaignText';
import { CampaignError, neverSent } from './error';
import { FORBIDDEN, GATEWAY, type Advice } from './gatewayCodes';
import { isObject, parseJson } from './records';

/** What a request is about, for its messages. */
export interface RequestSubject {
  /** In the user's words, e.g. `profile with PKey '@x'`. */
  readonly subject: string;
  /** Names of the fields in the body. */
  readonly fields?: readonly string[];
}

const FOREIGN =
  "Something between n8n and Adobe may be answering in Campaign's place: check 'API Base URL' in the credential, and proxies.";

/**
 * Says what a refused request means and what to do next.
 *
 * @param answer an answer whose status is not 2xx
 */
export function refusal(request: CampaignRequest, answer: CampaignAnswer, about: RequestSubject): CampaignError {
  const advice = gatewayAdvice(request, answer) ?? statusAdvice(request, answer, about);
  const refused = new CampaignError({
    ...advice,
    httpStatus: answer.status,
    requestId: requestIdOf(answer),
    facts: about.fields && advice.reason === 'rejected' ? { fieldsSent: about.fields } : undefined,
  });
  return isLateRefusal(request, answer, advice) ? afterTryWithoutAnswer(request, refused) : refused;
}

/** A no to a second try says nothing about the first one, unless it says that the record is not there. */
function isLateRefusal({ method }: CampaignRequest, { isUncertain }: CampaignAnswer, { reason }: Advice): boolean {
  if (method === 'GET' || !isUncertain || reason === 'outcomeUnknown' || reason === 'notFound') return false;
  // The key of a record that was deleted may mean nothing any more.
  return reason !== 'unknownKey' || method === 'DELETE';
}

function afterTryWithoutAnswer(request: CampaignRequest, refused: CampaignError): CampaignError {
  const { httpStatus, requestId, facts, message } = refused.details;
  return new CampaignError(
    { ...outcomeUnknown(request, `${message}, after a try without an answer`), httpStatus, requestId, facts },
    refused,
  );
}

/**
 * An answer with a good status that is not what Campaign answers there.
 *
 * @param expected e.g. `a profile`
 */
export function unreadable(request: CampaignRequest, answer: CampaignAnswer, expected: string): CampaignError {
  const wasWrite = request.method !== 'GET';
  const known = gatewayAdvice(request, answer);
  const next = known ? `${known.message}. ${known.description}` : FOREIGN;
  return new CampaignError({
    reason: wasWrite ? 'outcomeUnknown' : 'unreadableAnswer',
    message: `Campaign's answer is not ${expected}: ${describeBody(answer)} with status ${answer.status}`,
    description: wasWrite ? `Nothing says whether the change was made: look before sending it again. ${next}` : next,
    httpStatus: answer.status,
    requestId: requestIdOf(answer),
  });
}

/**
 * The error for a record that is not there.
 *
 * @param subject what was looked for, e.g. `profile with email 'amy@mail.com'`
 * @param httpStatus 404, unless it was an empty list that said so
 */
export function notFound(subject: string, httpStatus?: 404): CampaignError {
  return new CampaignError({
    reason: 'notFound',
    message: `There is no ${subject}`,
    description:
      "Check the value. If some may be missing, let the workflow go on: 'On Error' in this step's settings sends such items to a branch of their own.",
    httpStatus,
  });
}

/** The error for a list of which Campaign does not say how long it is. */
export function uncounted(resource: string): CampaignError {
  const message = `Campaign does not say how many ${resource}s there are`;
  return new CampaignError({ reason: 'unreadableAnswer', message, description: FOREIGN });
}

/** No answer at all, after every repetition that was safe. */
export function noAnswer(request: CampaignRequest, error: TransportError): CampaignError {
  if (error.cause instanceof CampaignError) return error.cause;
  if (error.failure === 'away' || error.failure === 'notForReading') return neverSent(error.failure, error.detail);
  if (request.method !== 'GET' && error.failure === 'interrupted') {
    const what = `No answer came to the ${request.method} request (${error.detail})`;
    // Not a deadline that passed: what was too slow for it may still come to its end.
    return new CampaignError({ ...outcomeUnknown(request, what), isBrokenOff: BROKEN_OFF.test(error.detail) });
  }
  if (error.failure === 'unreadable') {
    return new CampaignError({
      reason: 'unreadableAnswer',
      message: `Campaign's answer cannot be taken in (${error.detail})`,
      description: `Ask for less at a time: lower 'Limit' or 'Page Size', or add filters. ${FOREIGN}`,
    });
  }
  return new CampaignError({
    reason: 'unavailable',
    message: `Adobe Campaign could not be reached (${error.detail})`,
    description:
      error.failure === 'blocked'
        ? "This n8n refused the connection: check its network rules, certificates and 'API Base URL' in the credential."
        : "Check 'API Base URL' in the credential, and that this n8n can reach it.",
  });
}

function gatewayAdvice(request: CampaignRequest, answer: CampaignAnswer): Advice | undefined {
  const json = parseJson(answer.body);
  if (!isObject(json)) return undefined;
  const code = gatewayCodeIn(json);
  const known = GATEWAY.get(code ?? '');
  if (known) return { ...known, everyItem: true };
  if (json.error_code !== undefined && answer.status === 403)
    return { ...FORBIDDEN, message: `${FORBIDDEN.message}${code === undefined ? '' : ` (${code})`}` };
  if (typeof json.code === 'number' && typeof json.message === 'string' && json.message.startsWith('Oops')) {
    // The gateway may have lost the answer, and not only the way.
    if (isUnclear(request, answer)) return undefined;
    return {
      reason: 'unroutable',
      everyItem: true,
      message: `Adobe's gateway does not know this organization (${json.code})`,
      description:
        "Check 'Organization' in the credential: for a stage instance it ends with -mkt-stage or -mkt-stage1. If it is right, ask Adobe to check that REST APIs are set up for the instance.",
    };
  }
  return undefined;
}

/** Statuses that say the same whoever sends them. */
const SPEAKING_STATUSES: ReadonlySet<number> = new Set([401, 407, 429, 502, 503, 504]);

/** An answer that says no, but not in Campaign's name. */
function foreign(request: CampaignRequest, answer: CampaignAnswer): Advice {
  const what = `The answer is not Campaign's: ${describeBody(answer)} with status ${answer.status}`;
  if (request.method === 'GET')
    return { reason: 'unreadableAnswer', message: what, description: `Nothing was concluded from it. ${FOREIGN}` };
  const { description, ...unknown } = outcomeUnknown(request, what);
  return { ...unknown, description: `${description} ${FOREIGN}` };
}

function redirect(request: CampaignRequest, { status }: CampaignAnswer): Advice {
  const what = `Campaign's address answers with a redirect (${status}), which is not followed with an access token`;
  return request.method === 'GET'
    ? { reason: 'unreadableAnswer', message: what, description: "Check 'API Base URL' in the credential." }
    : outcomeUnknown(request, what);
}

function statusAdvice(request: CampaignRequest, answer: CampaignAnswer, about: RequestSubject): Advice {
  const said = campaignText(answer.body);
  if (isUnknownKey(said)) {
    return {
      reason: 'unknownKey',
      message: `The PKey is not one that this Campaign instance gave out`,
      description:
        'PKeys belong to one instance and are not meant to be stored. Take the PKey or href from an earlier Get in the same workflow, or find the record by email or custom key.',
    };
  }
  if (answer.status >= 300 && answer.status < 400) return redirect(request, answer);
  if (!SPEAKING_STATUSES.has(answer.status) && isForeign(answer)) return foreign(request, answer);
  switch (answer.status) {
    case 401:
      return SIGN_IN;
    case 403:
      return FORBIDDEN;
    case 407:
      return PROXY_SIGN_IN;
    case 404:
      return said.includes('Unsupported endpoint')
        ? {
            reason: 'rejected',
            message: 'Campaign has no such address',
            description: `Check 'API': custom fields, custom keys and custom filters need 'Extended', and a custom resource has to be published. Campaign says: ${said}.`,
          }
        : said.includes('rc=-2003')
          ? {
              reason: 'rejected',
              message: 'Campaign has no such resource',
              description: `Check its name and 'API'. If both are right, publish the data model again. Campaign says: ${said}.`,
            }
          : notFound(about.subject, 404).details;
    case 429:
      return isUnclear(request, answer)
        ? outcomeUnknown(request, 'Campaign asks to slow down (429) after a try without an answer')
        : {
            reason: 'rateLimited',
            // Asking for the next item would be no better.
            everyItem: answer.refusedWaitMilliseconds !== undefined,
            message: `Campaign still asks to slow down after ${triesOf(answer)}`,
            description:
              answer.refusedWaitMilliseconds === undefined
                ? 'Try again later, or send fewer items at once.'
                : `Try again in ${Math.ceil(answer.refusedWaitMilliseconds / 60_000)} minutes: that is how long Campaign asks to wait.`,
          };
    case 502:
    case 503:
    case 504:
      return isUnclear(request, answer)
        ? // Who answers 504 has only given up waiting.
          {
            ...outcomeUnknown(request, `Campaign was not available (${answer.status}) after ${triesOf(answer)}`),
            isBrokenOff: answer.status !== 504,
          }
        : {
            reason: 'unavailable',
            message: `Campaign was not available (${answer.status}) after ${triesOf(answer)}`,
            description: 'Try again later.',
          };
    default:
      return rejected(request, answer, about);
  }
}

/** No server of Adobe's answers so: nothing has come through. */
const PROXY_SIGN_IN: Advice = {
  reason: 'unavailable',
  everyItem: true,
  message: 'The proxy between this n8n and Adobe wants a sign-in (407); nothing was sent on',
  description: "Check user name and password in the proxy's address (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY of this n8n), and its rules.",
};

const SIGN_IN: Advice = {
  reason: 'unauthorized',
  everyItem: true,
  message: 'Adobe did not accept the access token',
  description: "In the credential, paste a new access token, or check 'API Key (Client ID)' and 'Client Secret' of OAuth Server-to-Server.",
};

/** Whether a write may have been carried out although nobody said so. A POST is not repeated, so any doubt counts. */
function isUnclear(request: CampaignRequest, answer: CampaignAnswer): boolean {
  if (request.method === 'GET') return false;
  return answer.isUncertain || answer.status === 502 || answer.status === 504 || (request.method === 'POST' && answer.status === 503);
}

function outcomeUnknown({ method }: CampaignRequest, what: string): Advice {
  return {
    reason: 'outcomeUnknown',
    message: `${what}, so the change may or may not have been carried out`,
    description:
      method === 'POST'
        ? 'Look for the record before sending it again, or there may be two of it.'
        : 'Read the record before sending the change again.',
  };
}

function rejected({ method }: CampaignRequest, answer: CampaignAnswer, about: RequestSubject): Advice {
  const said = campaignText(answer.body);
  const general =
    method === 'GET'
      ? 'Check what the step asks for, e.g. its filters; if that is right, look into the logs of Campaign.'
      : 'Check the values of this item.';
  const sent = about.fields?.length ? ` Fields sent: ${about.fields.join(', ')}.` : '';
  const hint = about.fields?.includes('location')
    ? " Campaign v8 cannot update 'location'."
    : sent && isGeneric(said)
      ? ' Campaign v8 does not say which value it means: check types, enumeration values and lengths.'
      : '';
  return {
    reason: 'rejected',
    message: `Campaign did not accept the request (${answer.status})${isGeneric(said) ? '' : `: ${said}`}`,
    description: `${sent}${hint}`.trim() || general,
  };
}

/**
 * v8: "Unable to decrypt PKey"; Campaign Standard: an expression about the key that does not parse (Adobe: "Limitations"). The same
 * code stands before any other expression, e.g. with a field that was renamed.
 */
function isUnknownKey(said: string): boolean {
  return /Unable to decrypt PKey|XTK-170036[^']{0,80}'@id = @/.test(said);
}

/**
 * The same answer.
 *
 * @throws CampaignError when it says no
 */
export function accepted(request: CampaignRequest, answer: CampaignAnswer, about: RequestSubject): CampaignAnswer {
  const error = refusalOf(request, answer, about);
  if (error) throw error;
  return answer;
}

/** The error for an answer that says no; undefined for one that says yes. */
export function refusalOf(request: CampaignRequest, answer: CampaignAnswer, subject: RequestSubject): CampaignError | undefined {
  return isGood(answer) ? undefined : refusal(request, answer, subject);
}

/** Whether an answer says yes, whatever it holds. */
export function isGood({ status }: CampaignAnswer): boolean {
  return status >= 200 && status < 300;
}
