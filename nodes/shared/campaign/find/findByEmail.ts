import type { CampaignClient } from '../client';
import { CampaignError } from '../error';
import type { CampaignRecord, FoundRecord } from '../records';
import { filterUrl } from '../urls';
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
