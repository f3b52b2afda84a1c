import type { CampaignClient } from './client';
import { CampaignError, invalidInput } from './error';
import type { CampaignInstance } from './instance';
import type { CampaignRecord, FoundRecord } from './records';
import { notFound } from './refusals';
import { collectionUrl, filterUrl, isSendable, parseKey, parseRecordUrl, recordUrl, type ApiName } from './urls';

const PROFILE = 'profile';
const TOLERATED_STRANGERS = 10;

/** Which profile is meant: the one at an address, or all that carry an e-mail. */
export type ProfileReference = { readonly api: ApiName; /** In words, for messages. */ readonly shown: string } & (
  | { readonly by: 'address'; readonly url: string }
  | { readonly by: 'email'; readonly email: string }
);

/** What to do when an e-mail belongs to more than one profile. */
export type SeveralMatches = 'fail' | 'all' | 'first';

/**
 * A profile by its PKey, or by its address: people paste either.
 *
 * @throws CampaignError `invalidInput`
 */
export function profileByKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): ProfileReference {
  if (typeof value === 'string' && /^\s*https?:/i.test(value)) return profileByUrl(instance, value, field);
  const key = parseKey(value, field);
  return { by: 'address', api, url: recordUrl(instance, api, PROFILE, key), shown: `PKey '${key}'` };
}

/** A profile by the address that Campaign returned as `href`; the address decides about the API. */
export function profileByUrl(instance: CampaignInstance, value: unknown, field: string): ProfileReference {
  const { url, api } = parseRecordUrl(instance, PROFILE, value, field);
  return { by: 'address', api, url, shown: `URL '${url}'` };
}

/** A profile by its custom key, which takes the place of the PKey on the extended API (Adobe: "API must-reads"). */
export function profileByCustomKey(
  instance: CampaignInstance,
  api: ApiName,
  value: unknown,
  field: string,
): ProfileReference {
  const key = parseKey(value, field);
  if (api !== 'profileAndServicesExt') {
    throw invalidInput(
      `'${field}' is a custom key, which the standard API does not know`,
      "Set 'API' to 'Extended', or choose the profile by PKey or e-mail.",
    );
  }
  return { by: 'address', api, url: recordUrl(instance, api, PROFILE, key), shown: `custom key '${key}'` };
}

/** What requests for one and the same profile have in common, as far as its key or e-mail tells. */
export function orderKeyOf(reference: ProfileReference): string {
  return reference.by === 'email' ? reference.email.toLowerCase() : reference.url;
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
  if (!isSendable(email)) throw invalidInput(`'${field}' has characters that cannot be part of an e-mail address`, 'Remove line breaks and broken characters from it.');
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
  const subject = `${PROFILE} with ${reference.shown}`;
  if (reference.by === 'address') return [{ url: reference.url, subject }];

  const found: FoundRecord[] = [];
  let strangers = 0;
  const url = filterUrl(client.instance, reference.api, PROFILE, ['byEmail'], { email: reference.email });
  for await (const record of client.list(url, PROFILE)) {
    const address = client.addressOf(record, reference.api, PROFILE);
    if (hasEmail(record, reference.email)) {
      if (address !== undefined) found.push({ url: address, subject, record });
    } else {
      // A filter that an instance understands differently must not bring in anybody else, nor the whole base.
      strangers += 1;
      if (strangers > TOLERATED_STRANGERS) throw filterIgnored(reference);
    }
    if (severalMatches === 'first' && found.length === 1) break;
  }
  if (severalMatches === 'fail' && found.length > 1) throw ambiguous(reference, found.length);
  return found;
}

/** Address for new profiles. */
export function profilesUrl(instance: CampaignInstance, api: ApiName): string {
  return collectionUrl(instance, api, PROFILE);
}

/** The error for a profile that is not there. */
export function profileNotFound({ shown, by }: ProfileReference): CampaignError {
  return notFound(`${PROFILE} with ${shown}`, by === 'address' ? 404 : undefined);
}

function hasEmail(record: CampaignRecord, email: string): boolean {
  return typeof record.email === 'string' && record.email.toLowerCase() === email.toLowerCase();
}

function filterIgnored({ shown }: ProfileReference): CampaignError {
  return new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign's filter byEmail returns profiles that do not have ${shown}`,
    description: 'Nothing was changed. Check the filter byEmail of this Campaign instance, or choose the profile by PKey or custom key.',
  });
}

function ambiguous({ shown }: ProfileReference, count: number): CampaignError {
  return new CampaignError({
    reason: 'severalMatches',
    message: `${count} profiles have ${shown}`,
    description: "Choose the profile by PKey or custom key, or set 'When Several Match' under 'Options'.",
    facts: { matches: count },
  });
}
