import type { IDataObject } from 'n8n-workflow';

import type { ListFilter } from '../filterCatalogue';
import type { CampaignClient } from '../client';
import type { CampaignInstance } from '../instance';
import { CampaignError, invalidInput } from '../error';
import { keyAt, ownValue, textOf, type CampaignRecord, type FoundRecord } from '../records';
import { trimmed } from '../scalars';
import {
  endsWithPKey,
  isSendable,
  parseKey,
  parseRecordUrl,
  recordUrl,
  type ApiName,
  type CampaignResource,
  type ExpectedRecord,
} from '../urls';

/** The record at an address. */
export interface AddressedRecord {
  readonly by: 'address';
  readonly api: ApiName;
  readonly url: string;
  /** In words, for messages. */
  readonly shown: string;
  /** What takes the place of the PKey in the address: a custom key, or the name of a service. */
  readonly key?: string;
}

/** All records that a filter finds. */
export interface FilteredRecords {
  readonly by: 'filter';
  readonly api: ApiName;
  readonly filter: ListFilter;
  readonly shown: string;
}

/** All profiles that carry an email; no other resource has such a filter. */
export interface EmailReference {
  readonly by: 'email';
  readonly api: ApiName;
  readonly email: string;
  readonly shown: string;
}

/** Which record is meant, in any of the ways that people know records by. */
export type RecordReference = AddressedRecord | FilteredRecords | EmailReference;

/** A resource whose records have something in the place of the PKey in their addresses. */
export interface KeyedResource extends CampaignResource {
  /** What to call a key that is no PKey, e.g. `name`. */
  readonly keyName: string;
}

/**
 * A record by its PKey, by what takes the place of the PKey in its address, or by its address: people paste any of them.
 *
 * @param field the parameter's display name
 * @throws CampaignError `invalidInput`
 */
export function recordByKey(
  instance: CampaignInstance,
  { api, name, keyName }: KeyedResource,
  value: unknown,
  field: string,
): AddressedRecord {
  if (typeof value === 'string' && /^\s*https?:/i.test(value)) return recordByUrl(instance, { name, apis: apisLike(api) }, value, field);
  const key = parseRecordKey(value, field);
  const url = recordUrl(instance, api, name, key);
  return key.startsWith('@')
    ? { by: 'address', api, url, shown: `PKey '${key}'` }
    : { by: 'address', api, url, shown: `${keyName} '${key}'`, key };
}

/** What Campaign itself has in the place of a key: descriptions, counts, and what a list is asked for with. */
const SERVER_WORDS = /^(?:metadata|resourceType|filters|_(?:count|search|lineCount|lineStart|order|forcePagination))(?:\.json)?$/i;

/**
 * A key that may stand for one record in an address.
 *
 * @param field the parameter's display name
 * @throws CampaignError `invalidInput`
 */
export function parseRecordKey(value: unknown, field: string): string {
  return checkedKey(parseKey(value, field), field);
}

function checkedKey(key: string, field: string): string {
  if (!SERVER_WORDS.test(key)) return key;
  throw invalidInput(`'${field}' is '${key}', which Campaign takes for a part of its own, and not for a key`, 'Enter the key of a record.');
}

/** A record by the address that Campaign returned as `href`; the address decides about the API. */
export function recordByUrl(instance: CampaignInstance, expected: ExpectedRecord, value: unknown, field: string): AddressedRecord {
  const { url, api } = parseRecordUrl(instance, expected, value, field);
  checkedKey(keyAt(url), field);
  return { by: 'address', api, url, shown: `URL '${url}'` };
}

/** All records that a filter finds, which was checked before. */
export function recordsByFilter(api: ApiName, filter: ListFilter): FilteredRecords {
  const values = Object.entries(filter.parameters).map(([name, value]) => `${name} '${value}'`);
  return { by: 'filter', api, filter, shown: [`filter '${filter.name}'`, ...values].join(', ') };
}

/**
 * What writes to one and the same record have in common, as far as its key, email or filter tells: the organization, the resource
 * and what it is meant by, in small letters, as keys compare.
 */
export function recordKeyOf({ baseUrl, organization }: CampaignInstance, resource: string, reference: RecordReference): string {
  // None of these has a line break in it.
  return `${baseUrl}\n${organization}\n${resource}\n${orderKeyOf(reference)}`;
}

/** What a record of these resources goes by besides its PKey. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['profile', 'email'],
  ['service', 'name'],
]);

/**
 * All that the writes to one record have in common, as far as anybody can know before it is read. PKeys do not tell: one record has
 * many texts. But an item that carries the record, as Get Many gives it, says what else it goes by.
 *
 * @param carrier the input item
 */
export function orderKeysOf(
  instance: CampaignInstance,
  resource: string,
  reference: RecordReference,
  carrier: IDataObject,
): [string, ...string[]] {
  const key = recordKeyOf(instance, resource, reference);
  const field = OTHER_NAMES.get(resource);
  if (field === undefined || reference.by !== 'address' || !endsWithPKey(reference.url)) return [key];
  const name = trimmed(textOf(ownValue(carrier, field)));
  if (name === '' || !isSendable(name)) return [key];
  const isCarried = reference.url === textOf(carrier.href) || keyAt(reference.url) === trimmed(textOf(carrier.PKey));
  if (!isCarried) return [key];
  const { api } = reference;
  const known: RecordReference =
    field === 'email'
      ? { by: 'email', api, email: name, shown: '' }
      : { by: 'address', api, url: recordUrl(instance, api, resource, name), shown: '' };
  return [key, recordKeyOf(instance, resource, known)];
}

/** What requests for one and the same record have in common, as far as its key, email or filter tells. */
export function orderKeyOf(reference: RecordReference): string {
  switch (reference.by) {
    case 'address':
      return orderKeyOfUrl(reference.url);
    case 'email':
      return reference.email.normalize('NFC').toLowerCase();
    case 'filter':
      return JSON.stringify(reference.filter).normalize('NFC').toLowerCase();
  }
}

/** Keys of one's own compare without regard to letter case: one record may be meant by several texts. PKeys do not. */
function orderKeyOfUrl(url: string): string {
  if (endsWithPKey(url)) return url;
  try {
    return decodeURIComponent(url).replace('/profileAndServicesExt/', '/profileAndServices/').normalize('NFC').toLowerCase();
  } catch {
    return url.toLowerCase();
  }
}

/** Extended and standard API have the same profiles and services; a custom resource is in one API only. */
function apisLike(api: ApiName): readonly [ApiName, ...ApiName[]] {
  return api === 'profileAndServices'
    ? [api, 'profileAndServicesExt']
    : api === 'profileAndServicesExt'
      ? ['profileAndServices', api]
      : [api];
}

/**
 * A row of a list as the record that was looked for. One that nobody can address is no record: passed over, it would make somebody who
 * is there look missing, and be created once more.
 *
 * @param subject what was looked for, in words
 * @throws CampaignError `unreadableAnswer`
 */
export function foundRecord(client: CampaignClient, { api, name }: CampaignResource, record: CampaignRecord, subject: string): FoundRecord {
  const url = client.addressOf(record, api, name);
  if (url !== undefined) return { url, subject, record };
  throw new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign's list of ${name}s has a row without a key`,
    description: `Nothing was concluded from it about the ${subject}. Check that the technical account may read ${name}s, and that nothing between n8n and Adobe changes answers.`,
  });
}
