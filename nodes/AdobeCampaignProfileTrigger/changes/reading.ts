import { CampaignError, invalidInput } from '../../shared/campaign/error';
import type { CampaignPage, CampaignRecord } from '../../shared/campaign/records';
import { Oldest } from './oldest';
import { comparePositions, versionOf, type Position, type TimeField, type Version } from './version';

/** Servers tell their time to the second, the fraction cut off. */
const CLOCK_STEP_MS = 999;

/** A list of records that can be read as often as need be. */
export interface Feed {
  /** Whether the newest come first; otherwise the list has everything after the floor, in any order. */
  readonly isSorted: boolean;
  /** Tells lists apart, so that a page of one is not taken for a page of another. */
  readonly list: string;
  /**
   * Reads page by page.
   *
   * @param start a page's address; undefined for the beginning
   * @param attempt counts the readings of one poll; pages should break elsewhere each time
   */
  pages(start: string | undefined, attempt: number): AsyncIterable<CampaignPage>;
}

/** What to look for. */
export interface Wanted {
  readonly timeField: TimeField;
  readonly floor: Position;
  /** Most versions to keep. */
  readonly most: number;
  readonly accepts: (record: CampaignRecord) => boolean;
}

/** One run over the pages of a list, down to the floor. */
export interface Reading {
  readonly oldest: Oldest;
  /**
   * Everything up to this time (ms) that was there when the run began was read: the newest time that is not ahead of the clock.
   * Undefined where there is none.
   */
  readonly bound: number | undefined;
  /** The newest time of all (ms), ahead of the clock or not; undefined where nothing has a time. */
  readonly newest: number | undefined;
  readonly pages: readonly PageRead[];
  /** Where the run stopped because time was up. */
  readonly unread: string | undefined;
}

export interface PageRead {
  readonly address: string | undefined;
  readonly found: number;
  /** ms */
  readonly newest: number;
}

/** Where a reading starts, and how many came before it in this poll. See `Feed.pages`. */
export interface ReadingStart {
  readonly start: string | undefined;
  readonly attempt: number;
}

/**
 * Reads from a page down to the floor.
 *
 * @param isTimeUp asked between pages
 * @throws CampaignError `invalidInput` when the list is not in the order that was asked for
 */
export async function readDown(
  feed: Feed,
  { start, attempt }: ReadingStart,
  { timeField, floor, most, accepts }: Wanted,
  isTimeUp: () => boolean,
): Promise<Reading> {
  const oldest = new Oldest(most);
  const pages: PageRead[] = [];
  let bound: number | undefined;
  let newest: number | undefined;
  let clock: number | undefined;
  let address = start;
  let isEmpty = true;
  for await (const page of feed.pages(start, attempt)) {
    const { content, next } = page;
    const versions = content.flatMap((record) => versionOf(record, timeField) ?? []);
    clock ??= clockOf(page);
    // In a sorted list, what changes while it is read goes to a page that was read already.
    if (!feed.isSorted || newest === undefined) newest = newestOf(versions, newest);
    if (!feed.isSorted || bound === undefined) bound = newestUpTo(clock, versions, bound);
    if (feed.isSorted) checkOrder(versions, newest, timeField);
    const after = versions.filter((version) => comparePositions(version, floor) > 0);
    oldest.add(after.filter(({ record }) => accepts(record)));
    pages.push({ address, found: after.length, newest: newestOf(versions, undefined) ?? -Infinity });
    if (feed.isSorted && versions.some(({ time }) => time < floor.time)) break;
    address = next;
    isEmpty &&= content.length === 0;
    if (next !== undefined && isTimeUp()) return { oldest, bound, newest, pages, unread: next };
  }
  if (feed.isSorted && start === undefined && newest === undefined && !isEmpty) throw withoutTimes(timeField);
  return { oldest, bound, newest, pages, unread: undefined };
}

/**
 * The time (ms) after which a profile is ahead of the clock: the server's, and the one of this machine where that is behind it. A
 * clock that is wrong may count a profile as ahead that is not, which costs memory alone; the other way round it would hide changes.
 */
export function clockOf({ servedAt = Infinity }: CampaignPage): number {
  return Math.min(servedAt + CLOCK_STEP_MS, Date.now());
}

/** The newest time that is not ahead of the clock. */
export function newestUpTo(clock: number, versions: readonly Version[], known?: number): number | undefined {
  return newestOf(
    versions.filter(({ time }) => time <= clock),
    known,
  );
}

export function newestOf(versions: readonly Version[], known: number | undefined): number | undefined {
  return versions.reduce<number | undefined>((newest, { time }) => (newest === undefined || time > newest ? time : newest), known);
}

/** Campaign is not known to say so when it does not sort; what changed since the run began may stand anywhere. */
export function checkOrder(versions: readonly Version[], newest: number | undefined, timeField: TimeField): void {
  let previous = Infinity;
  for (const { time } of versions) {
    if (newest === undefined || time > newest) continue;
    if (time > previous) throw notSorted(timeField);
    previous = time;
  }
}

/** The error where there are profiles, and not one of them says when it changed: nothing would ever start the workflow. */
export function withoutTimes(timeField: TimeField): Error {
  return new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign shows profiles without '${timeField}', so that nobody can tell which of them are new`,
    description: `Check that the technical account may read the field '${timeField}' of profiles.`,
  });
}

/** The error where profiles cannot be had newest first. */
export function notSorted(timeField: TimeField): Error {
  return invalidInput(
    `Campaign does not sort profiles by '${timeField}'`,
    "Without that, new ones cannot be told from old ones. Have your administrator make a filter for profiles that changed after a given time, and enter it in the option 'Changed Since Filter'.",
  );
}
