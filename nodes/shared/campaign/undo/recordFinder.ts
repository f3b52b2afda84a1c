import type { CampaignClient } from '../client';
import { CampaignError, invalidInput } from '../error';
import { findRecords, recordNotFound } from '../find/findRecords';
import { profileByEmail } from '../find/profiles';
import { instant } from '../fields/values';
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
  /** Emails that several records have, which were told apart by the time at which they were made. */
  private readonly apart = new Set<string>();
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
    const own = await this.atOwnAddress(trail, resource);
    if (own) return own;
    const found = await this.findAll(this.referenceTo(trail, resource, this.matchBy), resource, 'fail').catch(several);
    if (found && found.length > 0 && !found.some(({ record }) => isAnotherThan(trail, record) && !this.isMadeAgain(record)))
      return found[0];
    const meant = (await this.findByCreation(trail, resource)) ?? (await this.findByCreation(withEarlierEmail(trail), resource));
    return meant ?? (found ? found[0] : await Promise.reject(tellOtherWays(trail)));
  }

  /** Of several with one email, the time at which it was made tells which one is meant. */
  private async findByCreation(trail: Trail, resource: CampaignResource): Promise<KnownRecord | undefined> {
    if (this.matchBy !== 'email' || trail.created === undefined || trail.email === undefined) return undefined;
    const reference = this.referenceTo(trail, resource, 'email');
    const name = this.keyOf(reference, resource);
    const all: KnownRecord[] = [];
    const found = await findRecords(this.client, resource.name, reference, 'all');
    for (const one of found) {
      const known = await this.known(one, `${name} ${trail.created}`);
      if (known && instant(known.record.created) === instant(trail.created)) all.push(known);
    }
    if (all.length !== 1) return undefined;
    if (found.length > 1) this.apart.add(name);
    return all[0];
  }

  /** Where an undo has put a record that only its time tells from others with its email. */
  private async atOwnAddress(trail: Trail, resource: CampaignResource): Promise<KnownRecord | undefined> {
    if (this.matchBy !== 'email' || trail.created === undefined) return undefined;
    const key = `${this.keyOf(this.referenceTo(trail, resource, 'email'), resource)} ${trail.created}`;
    const url = this.addresses.get(key);
    return url === undefined ? undefined : await this.known({ url, subject: `${resource.name} with email '${trail.email ?? ''}'` }, key);
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

  /** What previews tell the record of a trail apart by: several may have its email. */
  ownKeyOf(trail: Trail, resource: CampaignResource): string {
    const key = this.keyOf(this.referenceTo(trail, resource, this.matchBy), resource);
    return this.apart.has(key) ? `${key} ${trail.created ?? ''}` : key;
  }

  /** Tells that a record which had an email or key goes by another one from now on. */
  follow(trail: Trail, resource: CampaignResource, record: CampaignRecord, url: string): void {
    if (this.matchBy !== 'email' || textOf(record.email) === '') return;
    const before = this.ownKeyOf(trail, resource);
    const renamed = { ...trail, email: textOf(record.email) };
    if (this.apart.has(this.keyOf(this.referenceTo(trail, resource, 'email'), resource)))
      this.apart.add(this.keyOf(this.referenceTo(renamed, resource, 'email'), resource));
    const after = this.ownKeyOf(renamed, resource);
    this.addresses.set(after, url);
    this.client.preview?.rename(before, after);
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

/** Whether a record was made at another time than the one of a trail; where either is not known, nothing tells. */
function isAnotherThan({ created }: Trail, record: CampaignRecord): boolean {
  const [made, found] = [instant(created), instant(record.created)];
  return !Number.isNaN(made) && !Number.isNaN(found) && made !== found;
}

/** A trail by the email that its record had before: it has that again, where the trail was undone already. */
function withEarlierEmail(trail: Trail): Trail {
  const email = textOf(trail.changes.find(({ field }) => field === 'email')?.before);
  return { ...trail, email: email === '' ? undefined : email };
}

/** For `catch`: undefined where there are several records, and one was wanted. */
function several(error: unknown): undefined {
  if (error instanceof CampaignError && error.details.reason === 'severalMatches') return undefined;
  throw error;
}

/** A step that undoes has no option for several matches. */
function tellOtherWays({ email, created }: Trail): CampaignError {
  const why =
    created === undefined ? 'the trail does not say when its profile was made' : 'not exactly one of them was made when the trail says';
  return new CampaignError({
    reason: 'severalMatches',
    message: `Several profiles have email '${email ?? ''}', and ${why}`,
    description: "Nothing was undone for this item. Set 'Match By' to 'Custom Key', or on the day of the write to 'URL'.",
  });
}

function unknownBy(what: string): Error {
  return invalidInput(
    `The trail does not say which ${what} the record has`,
    "Nothing was undone for this item. Choose another way in 'Match By', or name the column that has the key under 'Options'.",
  );
}
