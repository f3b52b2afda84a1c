import type { CampaignClient } from '../client';
import { CampaignError, unlessRefused } from '../error';
import type { CampaignRecord, FoundRecord } from '../records';
import { collectionUrl, filterUrl, listPageUrl, type ApiName } from '../urls';
import { PROOF_PAGE } from './pageSizes';
import { foundRecord, type EmailReference } from './references';

const PROFILE = 'profile';
const TOLERATED_STRANGERS = 10;

/**
 * Finds the profiles that carry an email.
 *
 * @param most how many to find at the most
 * @throws CampaignError `unreadableAnswer` where the filter of the instance finds others
 */
export async function findByEmail(client: CampaignClient, reference: EmailReference, most: number): Promise<FoundRecord[]> {
  const found = await findListed(client, reference, most);
  if (found.length > 0) return found;
  // Some instances compare emails letter by letter and store them in lower case.
  const email = reference.email.toLowerCase();
  return email === reference.email ? found : await findListed(client, { ...reference, email }, most);
}

async function findListed(client: CampaignClient, { api, email, shown }: EmailReference, most: number): Promise<FoundRecord[]> {
  const found: FoundRecord[] = [];
  let strangers = 0;
  for await (const record of client.list(filterUrl(client.instance, { api, name: PROFILE }, ['byEmail'], { email }), PROFILE)) {
    const row = foundRecord(client, { api, name: PROFILE }, record, `${PROFILE} with ${shown}`);
    if (hasEmail(record, email)) {
      found.push(row);
    } else {
      // A filter that an instance understands differently must not bring in anybody else, nor the whole base.
      strangers += 1;
      if (strangers > TOLERATED_STRANGERS) throw filterIgnored(shown);
    }
    if (found.length === most) break;
  }
  return found;
}

function hasEmail(record: CampaignRecord, email: string): boolean {
  return typeof record.email === 'string' && record.email.toLowerCase() === email.toLowerCase();
}

function filterIgnored(shown: string): CampaignError {
  return new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign's filter byEmail returns profiles that do not have ${shown}`,
    description: 'Nothing was changed. Check the filter byEmail of this Campaign instance, or choose the profile by PKey or custom key.',
  });
}

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
  const asked = known.get(api) ?? comparesLetters(client, api).catch(unlessRefused(true));
  known.set(api, asked);
  asked.catch(() => known.delete(api));
  return (await asked) ? small : email;
}

/** Somebody who is there has to be found by the email in other letters. Where there is no telling, letters count. */
async function comparesLetters(client: CampaignClient, api: ApiName): Promise<boolean> {
  const { content } = await client.page(listPageUrl(collectionUrl(client.instance, api, PROFILE), PROOF_PAGE), PROFILE);
  const sample = content.map(({ email }) => email).find((email) => typeof email === 'string' && otherLetters(email) !== email);
  if (typeof sample !== 'string') return true;
  const email = otherLetters(sample);
  const found = await client.page(filterUrl(client.instance, { api, name: PROFILE }, ['byEmail'], { email }), PROFILE);
  return !found.content.some((record) => record.email === sample);
}

/** As nobody writes an email: capitals small, and small letters in capitals. */
function otherLetters(email: string): string {
  return email.replace(/\p{L}/gu, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
}
