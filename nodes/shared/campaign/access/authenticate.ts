import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { failureOf } from '../../transport/http/failure';
import { CampaignError } from '../error';
import { parseInstance } from '../instance';
import { textOf } from '../records';
import { checkAccess, headersOf } from './accessHeaders';
import { requestAccessToken } from './accessToken';
import { sharedTokens } from './sharedTokens';
import { ownsToken, tokenOwnerOf } from './tokenOwner';

/** Marks the request of a credential test. It is taken off before anything is sent. */
export const TEST_MARK = 'X-Credential-Test';

/** Time to connect to Campaign in a test, in ms. */
const PROBE_TIMEOUT_MS = 15_000;

/** Credentials that are being tested: n8n hands the same object to `authenticate` and to `preAuthentication`. */
const underTest = new WeakSet();

/**
 * Sends n8n back for a token. n8n calls `preAuthentication` again when a request ends with 401, and tries once more: so it does for an
 * error that looks like that answer, before anything was sent.
 */
class TokenWanted extends Error {
  override readonly name = 'TokenWanted';
  readonly response = { status: 401 };

  constructor() {
    super('The credential has no access token of its own yet');
  }
}

/**
 * `authenticate` of the credential (n8n: `ICredentialType`): puts the headers that open Campaign on a request.
 *
 * A token that was minted with another key, secret or scopes is none. A test asks for a new one in any case: the stored one says
 * nothing about the secret that stands in the credential now.
 *
 * @throws TokenWanted when n8n has to ask for a token first
 */
export async function authenticate(credential: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
  const { [TEST_MARK]: mark, ...headers } = options.headers ?? {};
  if (mark !== undefined) {
    // n8n comes back with the same options.
    options.headers = headers;
    underTest.add(credential);
    throw new TokenWanted();
  }
  if (credential.authentication !== 'accessToken' && !ownsToken(credential)) throw new TokenWanted();
  return { ...options, headers: { ...headers, ...headersOf(credential) } };
}

/**
 * `preAuthentication` of the credential: asks for a token where n8n has none, or none that is taken. In a test it also finds out
 * whether Campaign can be reached, because n8n would show nothing but a code of the network.
 *
 * @returns the fields of the credential that n8n stores
 * @throws CredentialProblem
 */
export async function mintToken(helpers: IHttpRequestHelper['helpers'], credential: ICredentialDataDecryptedObject): Promise<IDataObject> {
  try {
    const { baseUrl } = parseInstance(credential);
    checkAccess(credential);
    const isTested = underTest.delete(credential);
    const output = credential.authentication === 'accessToken' ? {} : await askForToken(helpers, credential, isTested);
    if (isTested) await connectTo(helpers, baseUrl);
    return output;
  } catch (error) {
    throw error instanceof CampaignError ? new CredentialProblem(error) : error;
  }
}

async function askForToken(
  helpers: IHttpRequestHelper['helpers'],
  credential: ICredentialDataDecryptedObject,
  isTested: boolean,
): Promise<IDataObject> {
  const tokenOwner = tokenOwnerOf(credential);
  const mint = async (): Promise<string> => await requestAccessToken(helpers, credential);
  // A token that is there says nothing about the secret that a test is to try.
  const accessToken = isTested ? await mint() : await sharedTokens.tokenFor(tokenOwner, textOf(credential.accessToken), mint);
  return { accessToken, tokenOwner };
}

/** n8n shows an error of a credential with its message alone, so that says what to do, and begins with it. */
export class CredentialProblem extends CampaignError {
  /** @param problem as it is told where there is room for both */
  constructor(readonly problem: CampaignError) {
    const { message, description } = problem.details;
    super({ ...problem.details, message: `${description} ${withoutCode(message)}.` });
  }
}

/** n8n puts a text of its own in place of a message with a code of the network in it. */
function withoutCode(message: string): string {
  return message.replace(/ \([A-Z]+[A-Z_]+\)$/, '');
}

/** @throws CampaignError when nothing answers, whatever it may answer */
async function connectTo(helpers: IHttpRequestHelper['helpers'], baseUrl: string): Promise<void> {
  const options: IHttpRequestOptions = {
    method: 'HEAD',
    url: baseUrl,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    disableFollowRedirect: true,
    timeout: PROBE_TIMEOUT_MS,
  };
  await helpers.httpRequest(options).catch((error: unknown) => {
    const failure = failureOf(error);
    // An answer of any kind, be it one that cannot be read, comes from somebody.
    if (!failure) return;
    throw nothingAnswersAt(new URL(baseUrl).host, failure.failure === 'blocked', failure.detail);
  });
}

function nothingAnswersAt(host: string, isBlocked: boolean, detail: string): CampaignError {
  return new CampaignError({
    reason: 'unavailable',
    everyItem: true,
    message: `This n8n did not connect to ${host} (${detail})`,
    description: isBlocked
      ? "Check 'API Base URL' in the credential, and the network rules, proxy and certificates of this n8n."
      : "Check 'API Base URL' in the credential: nothing answers there. If it is right, let this n8n connect to it through its network rules or proxy.",
  });
}
