import { cleanSecret, headerSecret } from '../secrets';

type Credential = Readonly<Record<string, unknown>>;

/**
 * The headers that open Campaign, as the credential's `authenticate` makes them.
 *
 * @param credential the credential's fields as n8n hands them over
 * @returns undefined where it holds no token, e.g. because none could be stored
 */
export function accessHeaders(credential: Credential): Readonly<Record<string, string>> | undefined {
  const token = cleanSecret(
    cleanSecret(credential.authentication === 'accessToken' ? credential.bearerToken : credential.accessToken).replace(/^bearer\s+/i, ''),
  );
  return token === '' ? undefined : { Authorization: `Bearer ${token}`, 'X-Api-Key': cleanSecret(credential.apiKey) };
}

/**
 * Refuses a credential whose values cannot stand in a header: n8n and undici would say so in words of their own, each in another
 * way and at another time.
 *
 * @throws CampaignError `invalidInput` naming the field
 */
export function checkAccess({ authentication, apiKey, bearerToken, accessToken }: Credential): void {
  headerSecret(apiKey, 'API Key (Client ID)');
  if (authentication === 'accessToken') headerSecret(cleanSecret(bearerToken).replace(/^bearer\s+/i, ''), 'Access Token');
  else headerSecret(accessToken, 'Minted Access Token');
}
