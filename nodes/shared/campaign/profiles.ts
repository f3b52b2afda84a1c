import type { CampaignClient } from './client';
import { CampaignError, invalidInput } from './error';
import type { ListFilter } from './filters';
import type { CampaignInstance } from './instance';
import { listUrl } from './listQuery';
import type { CampaignRecord, FoundRecord } from './records';
import { notFound } from './refusals';
import { collectionUrl, filterUrl, isSendable, parseKey, parseRecordUrl, recordUrl, type ApiName } from './urls';

const PROFILE = 'profile';
const TOLERATED_STRANGERS = 10;
const PAGE_SIZE = 25;
/** Enough to tell that there are several; a filter may match millions. */
const COUNTED_MATCHES = 100;

/** Which profile is meant: the one at an address, all that carry an e-mail, or all that a filter finds. */
export type ProfileReference = { readonly api: ApiName; /** In words, for messages. */ readonly shown: string } & (
  | { readonly by: 'address'; readonly url: string }
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'filter'; readonly filter: ListFilter }
);

/** What to do when more than one profile is found. */
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

/** What requests for one and the same profile have in common, as far as its key, e-mail or filter tells. */
export function orderKeyOf(reference: ProfileReference): string {
  switch (reference.by) {
    case 'address':
      return reference.url;
    case 'email':
      return reference.email.toLowerCase();
    case 'filter':
      return JSON.stringify(reference.filter);
  }
}

/** All profiles that a filter finds, which was checked before. */
export function profileByFilter(api: ApiName, filter: ListFilter): ProfileReference {
  const values = Object.entries(filter.parameters).map(([name, value]) => `${name} '${value}'`);
  return { by: 'filter', api, filter, shown: [`filter '${filter.name}'`, ...values].join(', ') };
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
  if (reference.by === 'address') return [{ url: reference.url, subject: subjectOf(reference) }];

  const found = await findAll(client, reference, { first: 1, fail: COUNTED_MATCHES, all: Infinity }[severalMatches]);
  if (severalMatches === 'fail' && found.length > 1) throw ambiguous(reference, found.length);
  return found;
}

/**
 * Retrieves the profiles that are meant.
 *
 * @throws CampaignError `notFound` when there is none, `severalMatches` when there should be one
 */
export async function retrieveProfiles(client: CampaignClient, reference: ProfileReference, severalMatches: SeveralMatches): Promise<CampaignRecord[]> {
  const found = await findProfiles(client, reference, severalMatches);
  if (found.length === 0) throw profileNotFound(reference);
  return await Promise.all(found.map(async ({ url, subject, record }) => record ?? (await client.retrieve(url, subject))));
}

async function findAll(client: CampaignClient, reference: ListedProfiles, most: number): Promise<FoundRecord[]> {
  const found = await findListed(client, reference, most);
  if (found.length > 0 || reference.by === 'filter') return found;
  // Some instances compare e-mails letter by letter and store them in lower case.
  const email = reference.email.toLowerCase();
  return email === reference.email ? found : await findListed(client, { ...reference, email }, most);
}

async function findListed(client: CampaignClient, reference: ListedProfiles, most: number): Promise<FoundRecord[]> {
  const { api } = reference;
  const subject = subjectOf(reference);
  const found: FoundRecord[] = [];
  let strangers = 0;
  for await (const record of client.list(listAddress(client.instance, reference), PROFILE)) {
    const address = client.addressOf(record, api, PROFILE);
    if (reference.by === 'filter' || hasEmail(record, reference.email)) {
      if (address !== undefined) found.push({ url: address, subject, record });
    } else {
      // A filter that an instance understands differently must not bring in anybody else, nor the whole base.
      strangers += 1;
      if (strangers > TOLERATED_STRANGERS) throw filterIgnored(reference);
    }
    if (found.length === most) break;
  }
  return found;
}

type ListedProfiles = Exclude<ProfileReference, { by: 'address' }>;

function listAddress(instance: CampaignInstance, reference: ListedProfiles): string {
  return reference.by === 'email'
    ? filterUrl(instance, reference.api, PROFILE, ['byEmail'], { email: reference.email })
    : listUrl(instance, reference.api, PROFILE, { filters: [reference.filter] }, PAGE_SIZE);
}

function subjectOf({ shown }: ProfileReference): string {
  return `${PROFILE} with ${shown}`;
}

/** Address for new profiles. */
export function profilesUrl(instance: CampaignInstance, api: ApiName): string {
  return collectionUrl(instance, api, PROFILE);
}

/** The error for a profile that is not there. */
export function profileNotFound(reference: ProfileReference): CampaignError {
  return notFound(subjectOf(reference), reference.by === 'address' ? 404 : undefined);
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

function ambiguous({ shown, by }: ProfileReference, count: number): CampaignError {
  return new CampaignError({
    reason: 'severalMatches',
    message: `${count === COUNTED_MATCHES ? `${count} or more` : count} profiles ${by === 'filter' ? 'match' : 'have'} ${shown}`,
    description: "Choose the profile by PKey or custom key, or set 'When Several Match' under 'Options'.",
    facts: { matches: count },
  });
}
