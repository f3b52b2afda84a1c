import type { CampaignClient } from '../client';
import type { RecordReference } from '../find/references';
import { LOOK_UP_PAGE } from '../find/pageSizes';
import { pick, type CampaignPage, type CampaignRecord } from '../records';
import { collectionUrl, listPageUrl, type CampaignResource } from '../urls';
import { listedKeyOf, proveKeyField, type KeyField } from './keyField';
import type { ListedRecords } from './listedRecords';
import { Slips } from './slips';

/** A field that is said to have the key, and whether that is certain or has to be proven. */
export interface KnownColumn {
  readonly name: string;
  readonly isCertain: boolean;
}

/** Which records are wanted, and what of them. */
export interface WantedRecords {
  readonly resource: CampaignResource;
  /** Where they are kept. */
  readonly listed: ListedRecords;
  readonly by: 'email' | 'key';
  /** The field with the key, where somebody said which one it is. */
  readonly column: KnownColumn | undefined;
  /** Some of them. */
  readonly samples: readonly RecordReference[];
  /** The fields that are compared; undefined where the whole record is kept. */
  readonly fields: ReadonlySet<string> | undefined;
  /** What the output needs of a record. */
  readonly shape: (record: CampaignRecord) => CampaignRecord;
}

/** Why the list is of no use. */
export type ListRefusal =
  /** It would not save at least half of the requests. */
  | { readonly why: 'tooLong'; readonly records: number; readonly pages: number }
  /** Campaign does not say how long it is. */
  | { readonly why: 'uncounted' }
  /** Nobody can tell which of its fields has the keys. */
  | { readonly why: 'noKeyField' }
  /** Records were deleted while it was read, so that others may have slipped past. */
  | { readonly why: 'slipping' };

/** What came of reading it. */
export interface ReadList {
  readonly records: number;
  readonly pages: number;
}

/** A list that is worth reading. */
export interface OpenedList {
  readonly field: KeyField;
  /**
   * Reads it to its end, or until every wanted key has come by and none may come by again.
   *
   * @param mayGoOn asked after each page
   * @returns undefined when it was given up
   * @throws CampaignError what made it impossible
   */
  read(mayGoOn: () => boolean): Promise<ReadList | ListRefusal | undefined>;
}

/** So often a list is read that changes in a way that may hide something. */
const MOST_READINGS = 2;
/** PKey and href stand in the output. */
const ALWAYS_KEPT = ['PKey', 'href'];

/**
 * Opens the list of a resource, to take the place of one look-up for each item: reads its first page and how long it is.
 *
 * @param onlyIfShort whether it has to save at least half of the requests
 * @throws CampaignError when Campaign does not answer
 */
export async function openList(client: CampaignClient, wanted: WantedRecords, onlyIfShort: boolean): Promise<OpenedList | ListRefusal> {
  const { resource, listed } = wanted;
  const start = await Reading.begin(client, resource);
  if (start.first.next !== undefined) {
    if (start.count === undefined) return { why: 'uncounted' };
    const pages = Math.ceil(start.count / start.first.content.length);
    if (onlyIfShort && 2 * pages > listed.size) return { why: 'tooLong', records: start.count, pages };
  }
  const field = await keyFieldFor(client, wanted, start.first);
  if (!field) return { why: 'noKeyField' };
  return { field, read: async (mayGoOn) => await new ListReader(client, wanted, field, mayGoOn).read(start) };
}

/** One time that the list is read. */
class Reading {
  private constructor(
    readonly pages: AsyncGenerator<CampaignPage, void, undefined>,
    readonly first: CampaignPage,
    /** How many records the list has; undefined where Campaign does not say. */
    readonly count: number | undefined,
  ) {}

  static async begin(client: CampaignClient, { api, name }: CampaignResource): Promise<Reading> {
    const pages = client.pages(listPageUrl(collectionUrl(client.instance, api, name), LOOK_UP_PAGE), name);
    const start = await pages.next();
    const first: CampaignPage = start.done ? { content: [] } : start.value;
    return new Reading(pages, first, first.next === undefined ? first.content.length : await client.countOf(first, name));
  }
}

/** Reads the list, and keeps of it what is wanted. */
class ListReader {
  private readonly keep: (record: CampaignRecord) => CampaignRecord;

  constructor(
    private readonly client: CampaignClient,
    private readonly wanted: WantedRecords,
    private readonly field: KeyField,
    private readonly mayGoOn: () => boolean,
  ) {
    const { fields, shape } = wanted;
    const kept = fields && [...new Set([...fields, field.by === 'email' ? 'email' : field.name, ...ALWAYS_KEPT])];
    this.keep = (record) => (kept ? { ...shape(record), ...pick(record, kept) } : record);
  }

  async read(start: Reading): Promise<ReadList | ListRefusal | undefined> {
    const { resource, listed } = this.wanted;
    let pages = 0;
    let reading = start;
    for (let time = 1; time <= MOST_READINGS; time += 1) {
      if (time > 1) reading = await Reading.begin(this.client, resource);
      // A key is there once, so that nothing depends on one that is not seen; of an email there may be another one.
      const mayHide = this.field.by === 'email' && reading.first.next !== undefined;
      const slips = mayHide ? await Slips.from(this.client, resource, reading.first) : undefined;
      if (mayHide && !slips) return { why: 'uncounted' };
      const end = await this.readOnce(reading, slips);
      if (!end) return undefined;
      pages += end.pages;
      if (!slips || (await slips.areExcluded(end.last))) return { records: end.records, pages };
      listed.restart();
    }
    return { why: 'slipping' };
  }

  private async readOnce(
    { pages, first }: Reading,
    slips: Slips | undefined,
  ): Promise<(ReadList & { readonly last: CampaignPage }) | undefined> {
    const { resource, listed } = this.wanted;
    let records = 0;
    let last = first;
    for (let count = 1; ; count += 1) {
      for (const record of last.content) {
        const key = listedKeyOf(this.client, resource, this.field, record);
        if (key !== undefined) listed.see(key, record, this.keep);
        slips?.see(record);
      }
      records += last.content.length;
      if (this.field.by === 'key' && !listed.awaitsMore) return { records, pages: count, last };
      if (!this.mayGoOn()) return undefined;
      const next = await pages.next();
      if (next.done) return { records, pages: count, last };
      last = next.value;
    }
  }
}

async function keyFieldFor(client: CampaignClient, wanted: WantedRecords, { content }: CampaignPage): Promise<KeyField | undefined> {
  const { resource, by, column, samples } = wanted;
  if (by === 'email') return { by };
  if (column?.isCertain) return { by, name: column.name };
  const name = await proveKeyField(client, resource, content, { column: column?.name, wanted: samples });
  return name === undefined ? undefined : { by, name };
}
