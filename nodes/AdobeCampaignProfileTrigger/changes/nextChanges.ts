import { CampaignError, isRefusal } from '../../shared/campaign/error';
import type { CampaignRecord } from '../../shared/campaign/records';
import { nextTurn } from '../../shared/transport/turns';
import { countSeen, withoutSeen, withoutSeenCreations, type Oldest } from './oldest';
import { advance, MOST_REMEMBERED, type Progress } from './progress';
import {
  checkOrder,
  clockOf,
  newestOf,
  newestUpTo,
  notSorted,
  readDown,
  withoutTimes,
  type Feed,
  type Reading,
  type Wanted,
} from './reading';
import { comparePositions, keyOf, LAST_FINGERPRINT, versionOf, type Position, type TimeField, type Version } from './version';

/** What a poller is after. */
export interface PollRules {
  readonly timeField: TimeField;
  /** Which versions count; the others are passed by. */
  readonly accepts: (record: CampaignRecord) => boolean;
  /** Most versions to hand over at once. */
  readonly limit: number;
  /** How much older than the newest one a change may be and still turn up later, in ms. */
  readonly overlap: number;
  /** How much of the time for this poll has passed, from 0 to 1. */
  readonly timeSpent: () => number;
}

/** What one poll found, and how far the poller has come with it. */
export interface PollResult {
  readonly progress: Progress;
  /** Oldest first. */
  readonly versions: readonly Version[];
}

/** Half of the time is for finding out whether anything slipped through. */
const TIME_FOR_FIRST_READING = 0.5;
const TIME_FOR_ALL_READINGS = 0.9;

/**
 * Finds the place from which on everything is new: after the newest record there is.
 *
 * @throws CampaignError `invalidInput` when the list is not sorted
 */
export async function startNow(feed: Feed, rules: PollRules): Promise<Progress> {
  const newest = await newestTime(feed, rules);
  // What is there in the overlap window is old; what turns up there later is not.
  const window = await passOver({ time: newest === undefined ? 0 : newest - rules.overlap, fingerprint: '' }, feed, rules);
  if (window) return window;
  // More than can be told one by one: all of it is old.
  const end: Position = { time: newest ?? 0, fingerprint: LAST_FINGERPRINT };
  return (await passOver(end, feed, rules)) ?? { floor: end, seen: [] };
}

/** Counts as handed over what there is after a place; undefined where it is too much to be remembered. */
async function passOver(floor: Position, feed: Feed, rules: PollRules): Promise<Progress | undefined> {
  const { progress, versions } = await nextChanges({ floor, seen: [] }, feed, { ...rules, accepts: () => true, limit: MOST_REMEMBERED });
  return progress.resume || versions.length >= MOST_REMEMBERED ? undefined : progress;
}

/**
 * The time of the newest record that is not ahead of the clock (ms); undefined where there is none. When more are ahead of it than
 * can be remembered, the clock is not believed.
 *
 * @throws CampaignError `invalidInput` when the list is not sorted
 */
export async function newestTime(feed: Feed, { timeField, timeSpent }: PollRules): Promise<number | undefined> {
  let newest: number | undefined;
  let clock: number | undefined;
  let ahead = 0;
  let isEmpty = true;
  for await (const page of feed.pages(undefined, 0)) {
    const versions = page.content.flatMap((record) => versionOf(record, timeField) ?? []);
    clock ??= clockOf(page);
    newest ??= newestOf(versions, undefined);
    checkOrder(versions, newest, timeField);
    const bound = newestUpTo(clock, versions);
    if (bound !== undefined) return bound;
    ahead += versions.length;
    const isTimeUp = timeSpent() >= TIME_FOR_ALL_READINGS;
    if (isTimeUp && newest === undefined) throw notSorted(timeField);
    if (isTimeUp || ahead > MOST_REMEMBERED) return newest;
    isEmpty &&= page.content.length === 0;
  }
  if (newest === undefined && !isEmpty) throw withoutTimes(timeField);
  return undefined;
}

/**
 * Finds what changed since the last poll, the oldest first.
 *
 * A list of several pages is read until a reading finds nothing that the ones before had not: a record that vanishes
 * while pages are read makes another one slip to a page that was read already.
 *
 * @returns a new progress; the old one still holds when this throws
 * @throws CampaignError as reading does
 */
export async function nextChanges(progress: Progress, feed: Feed, rules: PollRules): Promise<PollResult> {
  const wanted: Wanted = { ...rules, floor: progress.floor, most: rules.limit + progress.seen.length };
  const { reading: first, start, later } = await beginReading(progress, feed, rules, wanted);
  if (first.unread !== undefined) return postpone(progress, feed, [first.unread, first.pages.at(-1)?.address, middleOf(first)]);
  if (first.newest === undefined) return { progress: { ...progress, resume: undefined }, versions: [] };

  const { oldest } = first;
  const bound = boundOf(first, start);
  // What is ahead of the clock comes at once, and says nothing about how far everything else has come.
  const ahead = await fresh(oldest, { after: bound, upTo: topOf(first.newest, start) }, progress, rules);
  let behind = await fresh(oldest, { upTo: bound }, progress, rules);
  for (let attempt = 1, isComplete = first.pages.length === 1; !isComplete; attempt += 1) {
    const again = await readDown(feed, { start, attempt }, wanted, () => rules.timeSpent() >= TIME_FOR_ALL_READINGS);
    if (again.unread !== undefined) return postpone(progress, feed, [middleOf(first), start]);
    oldest.merge(again.oldest);
    const before = behind;
    behind = await fresh(oldest, { upTo: bound }, progress, rules);
    isComplete = isSame(before, behind);
  }

  await nextTurn();
  const found = [...behind, ...ahead];
  const versions = take(found, rules.limit);
  const isCut = oldest.isCut || versions.length < found.length;
  const handled = isCut ? Math.min(bound, versions.at(-1)?.time ?? bound) : bound;
  const places = start === undefined ? (isCut ? stages(first, wanted, handled) : []) : later;
  const resume = feed.isSorted && places.length > 0 ? { addresses: places, list: feed.list } : undefined;
  return { progress: { ...advance(progress, versions, { handled, overlap: rules.overlap }), resume }, versions };
}

interface Beginning {
  readonly reading: Reading;
  /** Undefined for the beginning of the list. */
  readonly start?: string;
  /** Where the next polls begin. */
  readonly later: readonly string[];
}

/** The first reading: from where the last poll stopped, or from the beginning where that leads nowhere any more. */
async function beginReading(progress: Progress, feed: Feed, rules: PollRules, wanted: Wanted): Promise<Beginning> {
  const isTimeUp = () => rules.timeSpent() >= TIME_FOR_FIRST_READING;
  const addresses = feed.isSorted && progress.resume?.list === feed.list ? progress.resume.addresses : [];
  let isShortOfTime = false;
  for (const [index, start] of addresses.entries()) {
    const reading = await readDown(feed, { start, attempt: 0 }, wanted, isTimeUp).catch((error: unknown) => {
      if (leadsNowhere(error)) return undefined;
      throw error;
    });
    const later = addresses.slice(index + 1);
    if (!reading || reading.unread !== undefined)
      return reading ? { reading, start, later } : await beginReading({ ...progress, resume: undefined }, feed, rules, wanted);
    const found = await fresh(reading.oldest, { upTo: boundOf(reading, start) }, progress, rules);
    if (found.length > 0) return { reading, start, later };
    isShortOfTime ||= (reading.bound ?? -Infinity) >= progress.floor.time;
  }
  const reading = await readDown(feed, { start: undefined, attempt: 0 }, wanted, isTimeUp);
  // All that is left has one time, and there is too much of it to be read at once: going on elsewhere would not help.
  if (reading.unread !== undefined && isShortOfTime) throw tooLongForOnePoll();
  return { reading, later: [] };
}

/** A page that Campaign does not know any more, or whose address was never one of its own. */
function leadsNowhere(error: unknown): boolean {
  return isRefusal(error) || (error instanceof CampaignError && error.details.reason === 'invalidInput');
}

/** Up to when everything was read; nothing, where all there is is ahead of the clock. */
function boundOf({ bound = -Infinity, newest = -Infinity }: Reading, start: string | undefined): number {
  return Math.min(bound, topOf(newest, start));
}

/** Before a page in the middle there may be more records of its first one's time. */
function topOf(newest: number, start: string | undefined): number {
  return start === undefined ? newest : newest - 1;
}

/** What was not handed over yet, of a span of time (ms). It may be very many: everybody else has a turn in between. */
async function fresh(
  oldest: Oldest,
  { after = -Infinity, upTo }: { readonly after?: number; readonly upTo: number },
  { seen }: Progress,
  { timeField }: PollRules,
): Promise<Version[]> {
  await nextTurn();
  const all = oldest.list();
  await nextTurn();
  const versions = all.filter(({ time }) => time > after && time <= upTo);
  return timeField === 'created' ? withoutSeenCreations(versions, seen) : withoutSeen(versions, countSeen(seen));
}

function isSame(left: readonly Version[], right: readonly Version[]): boolean {
  return left.length === right.length && left.every((version, index) => comparePositions(version, right[index] ?? version) === 0);
}

/** So many, and those that nothing tells from the last one. */
function take(versions: readonly Version[], limit: number): Version[] {
  const last = versions[limit - 1];
  return versions.filter((version, index) => index < limit || (last !== undefined && keyOf(version) === keyOf(last)));
}

/**
 * There was more to read than time: nothing is handed over, since the oldest comes first; the next poll goes on there.
 *
 * @param pages where to begin, best first: a page with nothing new but its own first time leads no further
 */
function postpone(progress: Progress, feed: Feed, pages: ReadonlyArray<string | undefined>): PollResult {
  if (!feed.isSorted) throw tooLongForOnePoll();
  const addresses = [...new Set(pages.flatMap((address) => address ?? []))];
  return { progress: { ...progress, resume: { addresses, list: feed.list } }, versions: [] };
}

function tooLongForOnePoll(): CampaignError {
  return new CampaignError({
    reason: 'unavailable',
    message: 'Reading what changed takes longer than one poll may last',
    description: "Raise 'Page Size', or add filters. Nothing is lost: the next poll starts at the same place.",
  });
}

function middleOf({ pages }: Reading): string | undefined {
  return pages[Math.ceil(pages.length / 2)]?.address ?? pages.at(-1)?.address;
}

/**
 * Pages for the next polls to begin at, each with enough behind it for one of them, so that they need not read
 * everything newer once more.
 */
function stages({ pages }: Reading, { most }: Wanted, handled: number): string[] {
  const addresses: string[] = [];
  let found = 0;
  for (const { address, found: more, newest } of [...pages].reverse()) {
    found += more;
    if (found < (addresses.length + 2) * most || newest <= handled || address === undefined) continue;
    addresses.push(address);
  }
  return addresses;
}
