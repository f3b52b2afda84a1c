import type { CampaignClient } from '../client';
import { CampaignError, invalidInput } from '../error';
import type { CampaignInstance } from '../instance';
import type { CampaignRecord, FoundRecord } from '../records';
import {
  ambiguous,
  findRecords,
  matchesWanted,
  recordByKey,
  recordByUrl,
  recordNotFound,
  type EmailReference,
  type RecordReference,
  type SeveralMatches,
} from './references';
import { filterUrl, isSendable, parseKey, recordUrl, type ApiName } from '../urls';

const PROFILE = 'profile';
const TOLERATED_STRANGERS = 10;

/** Which profile is meant: the one at an address, all that carry an e-mail, or all that a filter finds. */
export type ProfileReference = RecordReference | EmailReference;

/**
 * A profile by its PKey, or by its address: people paste either.
 *
 * @throws CampaignError `invalidInput`
 */
export function profileByKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): ProfileReference {
  return recordByKey(instance, { api, name: PROFILE }, value, field, 'PKey');
}

/** A profile by the address that Campaign returned as `href`; the address decides about the API. */
export function profileByUrl(instance: CampaignInstance, value: unknown, field: string): ProfileReference {
  return recordByUrl(instance, PROFILE, value, field);
}

/** A profile by its custom key, which takes the place of the PKey on the extended API (Adobe: "API must-reads"). */
export function profileByCustomKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): ProfileReference {
  const key = parseKey(value, field);
  if (api !== 'profileAndServicesExt') {
    throw invalidInput(
      `'${field}' is a custom key, which the standard API does not know`,
      "Set 'API' to 'Extended', or choose the profile by PKey or e-mail.",
    );
  }
  return { by: 'address', api, url: recordUrl(instance, api, PROFILE, key), shown: `custom key '${key}'` };
}

/** All profiles that carry an e-mail; Campaign allows several. */
export function profileByEmail(api: ApiName, value: unknown, field: string): ProfileReference {
  if (typeof value !== 'string' && value !== null && value !== undefined) {
    throw invalidInput(`'${field}' is not an e-mail address but ${JSON.stringify(value)}`, 'Give one e-mail address as text.');
  }
  const email = value?.trim() ?? '';
  if (email === '') {
    throw invalidInput(
      `'${field}' is empty`,
      `Enter an e-mail address, or check that the expression in '${field}' finds one in every item.`,
    );
  }
  if (!isSendable(email))
    throw invalidInput(
      `'${field}' has characters that cannot be part of an e-mail address`,
      'Remove line breaks and broken characters from it.',
    );
  return { by: 'email', api, email, shown: `e-mail '${email}'` };
}

/**
 * Finds the profiles that are meant. An address is not asked for here: whoever needs the record retrieves it.
 *
 * @returns nothing, one, or with `all` several
 * @throws CampaignError `severalMatches` when there should be one
 */
export async function findProfiles(
  client: CampaignClient,
  reference: ProfileReference,
  severalMatches: SeveralMatches,
): Promise<FoundRecord[]> {
  if (reference.by !== 'email') return await findRecords(client, PROFILE, reference, severalMatches);

  const found = await findByEmail(client, reference, matchesWanted(severalMatches));
  if (severalMatches === 'fail' && found.length > 1) throw ambiguous(PROFILE, `have ${reference.shown}`, found.length);
  return found;
}

/**
 * Retrieves the profiles that are meant.
 *
 * @throws CampaignError `notFound` when there is none, `severalMatches` when there should be one
 */
export async function retrieveProfiles(
  client: CampaignClient,
  reference: ProfileReference,
  severalMatches: SeveralMatches,
): Promise<CampaignRecord[]> {
  const found = await findProfiles(client, reference, severalMatches);
  if (found.length === 0) throw recordNotFound(PROFILE, reference);
  return await Promise.all(found.map(async ({ url, subject, record }) => record ?? (await client.retrieve(url, subject))));
}

async function findByEmail(client: CampaignClient, reference: EmailReference, most: number): Promise<FoundRecord[]> {
  const found = await findListed(client, reference, most);
  if (found.length > 0) return found;
  // Some instances compare e-mails letter by letter and store them in lower case.
  const email = reference.email.toLowerCase();
  return email === reference.email ? found : await findListed(client, { ...reference, email }, most);
}

async function findListed(client: CampaignClient, { api, email, shown }: EmailReference, most: number): Promise<FoundRecord[]> {
  const found: FoundRecord[] = [];
  let strangers = 0;
  for await (const record of client.list(filterUrl(client.instance, api, PROFILE, ['byEmail'], { email }), PROFILE)) {
    const address = client.addressOf(record, api, PROFILE);
    if (hasEmail(record, email)) {
      if (address !== undefined) found.push({ url: address, subject: `${PROFILE} with ${shown}`, record });
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
