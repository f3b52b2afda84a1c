import type { CampaignClient } from '../client';
import { isRefusal } from '../error';
import { collectionUrl, filterUrl, listPageUrl, type ApiName } from '../urls';
import { PROOF_PAGE } from './pageSizes';

const PROFILE = 'profile';
const answers = new WeakMap<CampaignClient, Map<ApiName, Promise<boolean>>>();

/**
 * An email as a new profile is to hold it, so that whoever looks for the same person in other letters finds it again. Look-ups ask for
 * an email as it is written and in small letters: where the instance compares letter by letter, only the latter can be found by all.
 *
 * @returns the same where the instance finds emails in any letter case
 */
export async function findableEmail(client: CampaignClient, api: ApiName, email: string): Promise<string> {
  const small = email.toLowerCase();
  if (small === email) return email;
  const known = answers.get(client) ?? new Map<ApiName, Promise<boolean>>();
  answers.set(client, known);
  const asked = known.get(api) ?? comparesLetters(client, api);
  known.set(api, asked);
  asked.catch(() => known.delete(api));
  return (await asked) ? small : email;
}

/** Somebody who is there has to be found by the email in other letters. Where there is no telling, letters count. */
async function comparesLetters(client: CampaignClient, api: ApiName): Promise<boolean> {
  try {
    const { content } = await client.page(listPageUrl(collectionUrl(client.instance, api, PROFILE), PROOF_PAGE), PROFILE);
    const sample = content.map(({ email }) => email).find((email) => typeof email === 'string' && otherLetters(email) !== email);
    if (typeof sample !== 'string') return true;
    const email = otherLetters(sample);
    const found = await client.page(filterUrl(client.instance, { api, name: PROFILE }, ['byEmail'], { email }), PROFILE);
    return !found.content.some((record) => record.email === sample);
  } catch (error) {
    if (isRefusal(error)) return true;
    throw error;
  }
}

/** As nobody writes an email: capitals small, and small letters in capitals. */
function otherLetters(email: string): string {
  return [...email].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');
}
