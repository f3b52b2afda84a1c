import type { CampaignClient } from '../client';
import { unlessRefused } from '../error';
import { ownValue, textOf, type CampaignRecord } from '../records';
import { recordKeyOf, type RecordReference } from '../find/references';
import { recordUrl, type CampaignResource } from '../urls';

/** The field of a listed record that tells which record it is: what items name their records by. */
export type KeyField = { readonly by: 'email' } | { readonly by: 'key'; readonly name: string };

/** Records that show whether a field is a key, and look-ups that show which field is one. */
const SAMPLES = 3;
/** Fields that may look like the key in the first samples, until nobody can tell. */
const MOST_CANDIDATES = 3;

/**
 * What the items have in common with a listed record, see `recordKeyOf`.
 *
 * @returns undefined for a record that has no key
 */
export function listedKeyOf(
  client: CampaignClient,
  { api, name }: CampaignResource,
  field: KeyField,
  record: CampaignRecord,
): string | undefined {
  if (field.by === 'email') {
    const { email } = record;
    if (typeof email !== 'string' || email === '') return undefined;
    return recordKeyOf(client.instance, name, { by: 'email', api, email, shown: '' });
  }
  const key = textOf(ownValue(record, field.name));
  if (key === '') return undefined;
  return recordKeyOf(client.instance, name, { by: 'address', api, url: recordUrl(client.instance, api, name, key), shown: '' });
}

/**
 * Whether a listed record is the one that is meant. Instances differ in whether letter case counts for keys: what agrees but for that has
 * to be looked up. An email means the same person in any letters, and an instance that compares letter by letter would not find it.
 */
export function isListedAs(reference: RecordReference, field: KeyField, record: CampaignRecord): boolean {
  if (field.by === 'email') {
    return reference.by === 'email' && textOf(record.email).toLowerCase() === reference.email.toLowerCase();
  }
  return reference.by === 'address' && reference.key !== undefined && textOf(ownValue(record, field.name)) === reference.key;
}

/** What is known of a field that nobody has proven to be the key. */
export interface KeyClues {
  /** The field that somebody says it is. */
  readonly column: string | undefined;
  /** Records that items ask for: what they hold shows which field it may be. */
  readonly wanted: readonly RecordReference[];
}

/**
 * Finds out which field of a resource is the one that stands in addresses in the place of the PKey, and proves it: a record of the
 * list has to be found by what the field holds, and has to hold the same.
 *
 * @param listed a page of the list
 * @returns undefined when there is no telling, or more than one field could be it
 */
export async function proveKeyField(
  client: CampaignClient,
  resource: CampaignResource,
  listed: readonly CampaignRecord[],
  { column, wanted }: KeyClues,
): Promise<string | undefined> {
  const candidates = column === undefined ? await candidatesIn(client, resource, wanted) : [column];
  const proven: string[] = [];
  for (const candidate of candidates) if (await findsByField(client, resource, listed, candidate)) proven.push(candidate);
  return proven.length === 1 ? proven[0] : undefined;
}

/** Fields that hold the key in every record that is found by it. */
async function candidatesIn(client: CampaignClient, resource: CampaignResource, wanted: readonly RecordReference[]): Promise<string[]> {
  let candidates: string[] | undefined;
  for (const reference of wanted.slice(0, SAMPLES)) {
    if (reference.by !== 'address' || reference.key === undefined) continue;
    const { key, url } = reference;
    const record = await findOrNot(client, url, resource.name);
    if (!record) continue;
    const holding = Object.keys(record).filter((name) => textOf(record[name]) === key);
    candidates = candidates?.filter((name) => holding.includes(name)) ?? holding;
  }
  return candidates && candidates.length <= MOST_CANDIDATES ? candidates : [];
}

async function findsByField(
  client: CampaignClient,
  { api, name }: CampaignResource,
  listed: readonly CampaignRecord[],
  column: string,
): Promise<boolean> {
  const keys = new Set(listed.map((record) => textOf(ownValue(record, column))).filter(isPlain));
  const samples = [...keys].slice(0, SAMPLES);
  for (const key of samples) {
    const found = await findOrNot(client, recordUrl(client.instance, api, name, key), name);
    if (!found || textOf(ownValue(found, column)) !== key) return false;
  }
  return samples.length > 0;
}

/** Whether text can stand in an address as it is, and is no PKey. */
function isPlain(key: string): boolean {
  return /^[^@/\\?#%][^/\\?#%]*$/.test(key) && !key.includes('..');
}

async function findOrNot(client: CampaignClient, url: string, subject: string): Promise<CampaignRecord | undefined> {
  return await client.find(url, subject).catch(unlessRefused(undefined));
}
