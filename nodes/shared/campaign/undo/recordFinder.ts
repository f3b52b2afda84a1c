import type { CampaignClient } from '../client';
import { CampaignError, invalidInput } from '../error';
import { findRecords, recordNotFound } from '../find/findRecords';
import { profileByEmail } from '../find/profiles';
import { recordByKey, recordByUrl, recordKeyOf, type RecordReference } from '../find/references';
import { textOf, type CampaignRecord, type FoundRecord } from '../records';
import type { CampaignInstance } from '../instance';
import type { CampaignResource } from '../urls';
import type { Trail } from './readTrails';

/** How a record is found again. */
export type MatchBy = 'email' | 'key' | 'href';

const WAYS: readonly MatchBy[] = ['email', 'key', 'href'];

/** What this process has created lately: a list may show a new record late. */
export interface CreationMemory {
  createdBefore(key: string): string | undefined;
  rememberCreated(key: string, url: string): void;
}

/** A record and what it holds. */
export type KnownRecord = FoundRecord & { readonly record: CampaignRecord };

/**
 * Finds the records of one group of trails again. Where an undo changes the email by which the next trail knows the record, the
 * address stays; and lists may show changes late.
 */
export class RecordFinder {
  private readonly addresses = new Map<string, string>();
  /** When records were made that take the place of those that were deleted. */
  private readonly madeAgain = new Set<string>();

  constructor(
    private readonly client: CampaignClient,
    private readonly matchBy: MatchBy,
    private readonly memory: CreationMemory,
  ) {}

  /**
   * The record that a trail is about.
   *
   * @param resource that it is a record of; a profile for a trail of a subscription
   * @returns undefined when it is not there
   * @throws CampaignError `severalMatches`, `invalidInput` when the trail does not say what is asked for
   */
  async find(trail: Trail, resource: CampaignResource): Promise<KnownRecord | undefined> {
    const reference = this.referenceTo(trail, resource, this.matchBy);
    const [found] = await this.findAll(reference, resource, 'fail').catch(tellOtherWays);
    return found;
  }

  /** The same where it has to be there. @throws CampaignError `notFound` */
  async retrieve(trail: Trail, resource: CampaignResource): Promise<KnownRecord> {
    const found = await this.find(trail, resource);
    if (found) return found;
    throw recordNotFound(resource.name, this.referenceTo(trail, resource, this.matchBy));
  }

  /** How a record that is gone would be known if it were there again. @throws CampaignError `invalidInput` when there is no way */
  lastingReference(trail: Trail, resource: CampaignResource): RecordReference {
    const lasting = trail.email !== undefined && this.matchBy !== 'key' ? 'email' : 'key';
    return this.referenceTo(trail, resource, this.matchBy === 'href' ? lasting : this.matchBy);
  }

  /** All records that a reference finds. */
  async findAll(reference: RecordReference, resource: CampaignResource, severalMatches: 'fail' | 'all'): Promise<KnownRecord[]> {
    const key = this.keyOf(reference, resource);
    const planned = this.client.preview?.newRecord(key);
    if (planned) return [{ url: '', subject: resource.name, record: planned }];
    const remembered = this.addresses.get(key) ?? this.memory.createdBefore(key);
    // What another trail found through the other API would come without its custom fields.
    const address = remembered?.replace(/\/profileAndServices(?:Ext)?\//, `/${reference.api}/`);
    const subject = `${resource.name} with ${reference.shown}`;
    const again = address === undefined ? undefined : await this.known({ url: address, subject }, key);
    if (again) return [again];
    const found: KnownRecord[] = [];
    for (const one of await findRecords(this.client, resource.name, reference, severalMatches)) {
      const known = await this.known(one, key);
      if (known) found.push(known);
    }
    if (found.length === 1 && reference.by !== 'address') this.addresses.set(key, found[0]?.url ?? '');
    return found;
  }

  /** What previews tell records apart by, and what this process remembers new ones by. */
  keyOf(reference: RecordReference, { name }: CampaignResource): string {
    return recordKeyOf(this.client.instance, name, reference);
  }

  /** Tells that a record which had an email or key goes by another one from now on. */
  follow(trail: Trail, resource: CampaignResource, record: CampaignRecord, url: string): void {
    if (this.matchBy !== 'email' || textOf(record.email) === '') return;
    this.addresses.set(this.keyOf(this.referenceTo({ ...trail, email: textOf(record.email) }, resource, 'email'), resource), url);
  }

  /** Keeps a record that was created in the place of one that was deleted. */
  remember(reference: RecordReference, resource: CampaignResource, record: CampaignRecord): void {
    const url = this.client.addressOf(record, resource.api, resource.name);
    if (url !== undefined) this.memory.rememberCreated(this.keyOf(reference, resource), url);
    if (textOf(record.created) !== '') this.madeAgain.add(textOf(record.created));
  }

  /** Whether a record takes the place of one that was deleted: what was done to that one may be taken back in it. */
  isMadeAgain({ created }: CampaignRecord): boolean {
    return this.madeAgain.has(textOf(created));
  }

  forget(reference: RecordReference, resource: CampaignResource): void {
    this.addresses.delete(this.keyOf(reference, resource));
  }

  referenceTo(trail: Trail, resource: CampaignResource, matchBy: MatchBy): RecordReference {
    return referenceIn(this.client.instance, trail, resource, matchBy);
  }

  private async known(found: FoundRecord, key: string): Promise<KnownRecord | undefined> {
    const record = found.record ?? (await this.client.find(found.url, found.subject));
    const planned = record && (this.client.preview?.asPlanned(key, record) ?? (this.client.preview ? undefined : record));
    return planned && { ...found, record: planned };
  }
}

function referenceIn(
  instance: CampaignInstance,
  { email, key, href }: Trail,
  { api, name }: CampaignResource,
  matchBy: MatchBy,
): RecordReference {
  switch (matchBy) {
    case 'email':
      if (email === undefined) throw unknownBy('email');
      return profileByEmail(api, email, 'Email in the trail');
    case 'key':
      if (key === undefined) throw unknownBy(name === 'service' ? 'name' : 'custom key');
      // Custom keys of profiles are for the extended API.
      return recordByKey(
        instance,
        { api: name === 'profile' ? 'profileAndServicesExt' : api, name, keyName: 'key' },
        key,
        'Key in the trail',
      );
    case 'href':
      if (href === undefined) throw unknownBy('address');
      return recordByUrl(instance, { name, apis: [api] }, href, 'Address in the trail');
  }
}

/** All that the record of a trail may be known by, to other writes as well: see `recordKeyOf`. */
export function recordKeysIn(instance: CampaignInstance, trail: Trail): string[] {
  const name = trail.resource === 'subscription' ? 'profile' : trail.resource;
  const emails = trail.changes.filter(({ field }) => field === 'email').flatMap(({ before, after }) => [textOf(before), textOf(after)]);
  const trails = [trail, ...emails.filter((email) => email !== '').map((email) => ({ ...trail, email }))];
  return trails.flatMap((one) =>
    // What the trail does not say, or says wrongly, nobody knows the record by.
    WAYS.filter((way) => one[way] !== undefined).flatMap((way) => {
      try {
        return [recordKeyOf(instance, name, referenceIn(instance, one, { api: trail.api, name }, way))];
      } catch {
        return [];
      }
    }),
  );
}

/** A step that undoes has no option for several matches. */
async function tellOtherWays(error: unknown): Promise<never> {
  if (!(error instanceof CampaignError) || error.details.reason !== 'severalMatches') return await Promise.reject(error);
  const description = "Nothing was undone for this item. Set 'Match By' to 'Custom Key', or on the day of the write to 'URL'.";
  throw new CampaignError({ ...error.details, description });
}

function unknownBy(what: string): Error {
  return invalidInput(
    `The trail does not say which ${what} the record has`,
    "Nothing was undone for this item. Choose another way in 'Match By', or name the column that has the key under 'Options'.",
  );
}
