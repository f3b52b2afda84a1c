/**
 * The headers that open Campaign, as the credential's `authenticate` makes them.
 *
 * @param credential the credential's fields as n8n hands them over
 * @returns undefined where it holds no token, e.g. because none could be stored
 */
export function accessHeaders(credential: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> | undefined {
  const token =
    credential.authentication === 'accessToken'
      ? textOf(credential.bearerToken)
          .trim()
          .replace(/^bearer\s+/i, '')
      : textOf(credential.accessToken);
  return token === '' ? undefined : { Authorization: `Bearer ${token}`, 'X-Api-Key': textOf(credential.apiKey) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
