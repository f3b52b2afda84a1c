import { cleanSecret, headerSecret, plainToken } from '../secrets';
import { ownsToken } from './tokenOwner';

type Credential = Readonly<Record<string, unknown>>;

/**
 * The headers that open Campaign.
 *
 * @param credential the credential's fields as n8n hands them over
 * @returns undefined where it holds no token, e.g. because none could be stored, or one of another key, secret or scopes
 */
export function accessHeaders(credential: Credential): Readonly<Record<string, string>> | undefined {
  return tokenOf(credential) === '' ? undefined : headersOf(credential);
}

/** The same with whatever there is: the gateway names what is missing. */
export function headersOf(credential: Credential): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${tokenOf(credential)}`, 'X-Api-Key': cleanSecret(credential.apiKey) };
}

function tokenOf(credential: Credential): string {
  if (credential.authentication === 'accessToken') return plainToken(credential.bearerToken);
  return ownsToken(credential) ? plainToken(credential.accessToken) : '';
}

/**
 * Refuses a credential whose values cannot stand in a header: n8n and undici would say so in words of their own, each in another
 * way and at another time.
 *
 * @throws CampaignError `invalidInput` naming the field
 */
export function checkAccess({ authentication, apiKey, bearerToken, accessToken }: Credential): void {
  headerSecret(apiKey, 'API Key (Client ID)');
  if (authentication === 'accessToken') headerSecret(plainToken(bearerToken), 'Access Token');
  else headerSecret(accessToken, 'Minted Access Token');
}
