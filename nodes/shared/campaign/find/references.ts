import type { CampaignClient } from '../client';
import { CampaignError } from '../error';
import type { ListFilter } from '../filterCatalogue';
import type { CampaignInstance } from '../instance';
import { listUrl } from './listQuery';
import type { FoundRecord } from '../records';
import { notFound } from '../refusals';
import { endsWithPKey, parseKey, parseRecordUrl, recordUrl, type ApiName } from '../urls';

/** A resource of one of Campaign's APIs, e.g. `cusOrder` of `profileAndServicesExt`. */
export interface CampaignResource {
  readonly api: ApiName;
  readonly name: string;
}

/** The record at an address. */
export interface AddressedRecord {
  readonly by: 'address';
  readonly api: ApiName;
  readonly url: string;
  /** In words, for messages. */
  readonly shown: string;
}

/** All records that a filter finds. */
export interface FilteredRecords {
  readonly by: 'filter';
  readonly api: ApiName;
  readonly filter: ListFilter;
  readonly shown: string;
}

/** All profiles that carry an e-mail; no other resource has such a filter. */
export interface EmailReference {
  readonly by: 'email';
  readonly api: ApiName;
  readonly email: string;
  readonly shown: string;
}

/** Which record is meant. */
export type RecordReference = AddressedRecord | FilteredRecords;

/** What to do when more than one record is found. */
export type SeveralMatches = 'fail' | 'all' | 'first';

const PAGE_SIZE = 25;
/** Enough to tell that there are several; a filter may match millions. */
const COUNTED_MATCHES = 100;

/**
 * A record by its PKey, by what takes the place of the PKey in its address, or by its address: people paste any of them.
 *
 * @param field the parameter's display name
 * @param keyName what to call a key that is no PKey, e.g. `name`
 * @throws CampaignError `invalidInput`
 */
export function recordByKey(
  instance: CampaignInstance,
  { api, name }: CampaignResource,
  value: unknown,
  field: string,
  keyName: string,
): AddressedRecord {
  if (typeof value === 'string' && /^\s*https?:/i.test(value)) return recordByUrl(instance, name, value, field, apisLike(api));
  const key = parseKey(value, field);
  return { by: 'address', api, url: recordUrl(instance, api, name, key), shown: `${key.startsWith('@') ? 'PKey' : keyName} '${key}'` };
}

/** A record by the address that Campaign returned as `href`; the address decides about the API. */
export function recordByUrl(
  instance: CampaignInstance,
  resource: string,
  value: unknown,
  field: string,
  apis?: readonly [ApiName, ...ApiName[]],
): AddressedRecord {
  const { url, api } = parseRecordUrl(instance, resource, value, field, apis);
  return { by: 'address', api, url, shown: `URL '${url}'` };
}

/** All records that a filter finds, which was checked before. */
export function recordsByFilter(api: ApiName, filter: ListFilter): FilteredRecords {
  const values = Object.entries(filter.parameters).map(([name, value]) => `${name} '${value}'`);
  return { by: 'filter', api, filter, shown: [`filter '${filter.name}'`, ...values].join(', ') };
}

/** What requests for one and the same record have in common, as far as its key, e-mail or filter tells. */
export function orderKeyOf(reference: RecordReference | EmailReference): string {
  switch (reference.by) {
    case 'address':
      return orderKeyOfUrl(reference.url);
    case 'email':
      return reference.email.toLowerCase();
    case 'filter':
      return JSON.stringify(reference.filter);
  }
}

/** Keys of one's own compare without regard to letter case: one record may be meant by several texts. PKeys do not. */
function orderKeyOfUrl(url: string): string {
  if (endsWithPKey(url)) return url;
  try {
    return decodeURIComponent(url).normalize('NFC').toLowerCase();
  } catch {
    return url.toLowerCase();
  }
}

/**
 * Finds the records that are meant. An address is not asked for here: whoever needs the record retrieves it.
 *
 * @returns nothing, one, or with `all` several
 * @throws CampaignError `severalMatches` when there should be one
 */
export async function findRecords(
  client: CampaignClient,
  resource: string,
  reference: RecordReference,
  severalMatches: SeveralMatches,
): Promise<FoundRecord[]> {
  const subject = `${resource} with ${reference.shown}`;
  if (reference.by === 'address') return [{ url: reference.url, subject }];

  const { api, filter } = reference;
  const most = matchesWanted(severalMatches);
  const found: FoundRecord[] = [];
  for await (const record of client.list(listUrl(client.instance, api, resource, { filters: [filter] }, PAGE_SIZE), resource)) {
    const url = client.addressOf(record, api, resource);
    if (url !== undefined) found.push({ url, subject, record });
    if (found.length === most) break;
  }
  if (severalMatches === 'fail' && found.length > 1) throw ambiguous(resource, `match ${reference.shown}`, found.length);
  return found;
}

/** How many matches to look at, to do what is wanted of them. */
export function matchesWanted(severalMatches: SeveralMatches): number {
  return { first: 1, fail: COUNTED_MATCHES, all: Infinity }[severalMatches];
}

/** The error for a record that is not there. */
export function recordNotFound(resource: string, { by, shown }: { readonly by: string; readonly shown: string }): CampaignError {
  return notFound(`${resource} with ${shown}`, by === 'address' ? 404 : undefined);
}

/**
 * The error for several records where one was wanted.
 *
 * @param why what they have in common, e.g. `have e-mail 'amy@mail.com'`
 */
export function ambiguous(resource: string, why: string, count: number): CampaignError {
  return new CampaignError({
    reason: 'severalMatches',
    message: `${count === COUNTED_MATCHES ? `${count} or more` : count} ${resource}s ${why}`,
    description: `Choose the ${resource} by PKey or custom key, or set 'When Several Match' under 'Options'.`,
    facts: { matches: count },
  });
}

/** Extended and standard API have the same profiles and services; a custom resource is in one API only. */
function apisLike(api: ApiName): readonly [ApiName, ...ApiName[]] {
  return api === 'profileAndServices'
    ? [api, 'profileAndServicesExt']
    : api === 'profileAndServicesExt'
      ? ['profileAndServices', api]
      : [api];
}
