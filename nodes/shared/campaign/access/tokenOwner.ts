import { createHash } from 'node:crypto';

import { cleanSecret } from '../secrets';

/** What the token is asked for with: another value of one of them means another token. */
const ASKED_WITH = ['apiKey', 'clientSecret', 'scopes', 'tokenUrl'] as const;

/**
 * Tells whose a minted token is: a fingerprint of what it was asked for with. It is stored beside the token, so that a token that was
 * minted before somebody changed the credential is not taken for one of the new values.
 *
 * @param credential the credential's fields as n8n hands them over
 * @returns SHA-256 as text: nothing of the secret can be read from it
 */
export function tokenOwnerOf(credential: Readonly<Record<string, unknown>>): string {
  const values = ASKED_WITH.map((name) => cleanSecret(credential[name]));
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

/** Whether the minted token that is stored in a credential was asked for with the values that stand in it now. */
export function ownsToken(credential: Readonly<Record<string, unknown>>): boolean {
  return credential.tokenOwner === tokenOwnerOf(credential);
}
