import type { CampaignClient } from '../client';
import { invalidInput } from '../error';
import { cleanEmail, show, trimmed } from '../scalars';
import type { CampaignInstance } from '../instance';
import { textOf, type CampaignRecord } from '../records';
import { isSendable, recordUrl, type ApiName } from '../urls';
import { findRecords, recordNotFound, type SeveralMatches } from './findRecords';
import { parseRecordKey, recordByKey, recordByUrl, type RecordReference } from './references';

const PROFILE = 'profile';

/**
 * A profile by its PKey, or by its address or email: people paste any of them, and n8n's editor puts an email that is dragged
 * onto a locator under the key.
 *
 * @throws CampaignError `invalidInput`
 */
export function profileByKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): RecordReference {
  if (isEmail(value)) return profileByEmail(api, value, field);
  return recordByKey(instance, { api, name: PROFILE, keyName: 'PKey' }, value, field);
}

/** A PKey starts with @, an email address has it in its middle, and no web address can be meant. */
export function isEmail(value: unknown): value is string {
  return typeof value === 'string' && trimmed(value).indexOf('@') > 0 && !/^\s*https?:/i.test(value);
}

/** A profile by the address that Campaign returned as `href`; the address decides about the API. */
export function profileByUrl(instance: CampaignInstance, value: unknown, field: string): RecordReference {
  return recordByUrl(instance, { name: PROFILE }, value, field);
}

/** A profile by its custom key, which takes the place of the PKey on the extended API (Adobe: "API must-reads"). */
export function profileByCustomKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): RecordReference {
  const key = parseRecordKey(value, field);
  if (api !== 'profileAndServicesExt') {
    throw invalidInput(
      `'${field}' is a custom key, which the standard API does not know`,
      "Set 'API' under 'Options' to 'Extended', or choose the profile by PKey or email.",
    );
  }
  return { by: 'address', api, url: recordUrl(instance, api, PROFILE, key), shown: `custom key '${key}'`, key };
}

/** All profiles that carry an email; Campaign allows several. */
export function profileByEmail(api: ApiName, value: unknown, field: string): RecordReference {
  if (typeof value !== 'string' && value !== null && value !== undefined) {
    throw invalidInput(`'${field}' is not an email address but ${show(value)}`, 'Give one email address as text.');
  }
  const email = cleanEmail(value ?? '');
  if (email === '') {
    throw invalidInput(
      `'${field}' is empty`,
      `Enter an email address, or check that the expression in '${field}' finds one in every item.`,
    );
  }
  if (!isSendable(email))
    throw invalidInput(
      `'${field}' has characters that cannot be part of an email address`,
      'Remove line breaks and broken characters from it.',
    );
  return { by: 'email', api, email, shown: `email '${email}'` };
}

/**
 * Retrieves the profiles that are meant.
 *
 * @throws CampaignError `notFound` when there is none, `severalMatches` when there should be one
 */
export async function retrieveProfiles(
  client: CampaignClient,
  reference: RecordReference,
  severalMatches: SeveralMatches,
): Promise<CampaignRecord[]> {
  const found = await findRecords(client, PROFILE, reference, severalMatches);
  if (found.length === 0) throw recordNotFound(PROFILE, reference);
  return await Promise.all(found.map(async ({ url, subject, record }) => record ?? (await client.retrieve(url, subject))));
}

/** What tells one person from another, and what does where there is no email. */
const PERSON = ['created', 'email'];
const NAMELESS_PERSON = [...PERSON, 'birthDate', 'firstName', 'lastName', 'mobilePhone'];

/**
 * What writes to one and the same person have in common once the profile was read: key texts do not tell, because one profile has many
 * of them. Persons whom nothing tells apart share it, and wait for each other.
 */
export function personKeyOf({ baseUrl, organization }: CampaignInstance, profile: CampaignRecord): string {
  const names = textOf(profile.email) === '' ? NAMELESS_PERSON : PERSON;
  return JSON.stringify([baseUrl, organization, 'person', ...names.map((name) => textOf(profile[name]).toLowerCase())]);
}
