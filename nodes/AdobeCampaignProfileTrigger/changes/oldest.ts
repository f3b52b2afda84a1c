import { instant } from '../../shared/campaign/fields/values';
import { comparePositions, keyOf, type Position, type Version } from './version';

/** How many times each version was handed over already. */
export type SeenCounts = ReadonlyMap<string, number>;

/**
 * Keeps the oldest of many versions, which come newest first. One page shows every version once, so that two alike on it
 * are two profiles; on two pages they may be one that moved in between, so that the page with most of them counts.
 */
export class Oldest {
  private groups = new Map<string, readonly Version[]>();
  private total = 0;
  private hasDropped = false;
  private sorted: readonly Version[] | undefined;

  /** @param most versions to keep; those that nothing tells apart stay together */
  constructor(private readonly most: number) {}

  /** Whether there were more than are kept. */
  get isCut(): boolean {
    return this.hasDropped || this.total > this.most;
  }

  /** Takes in the versions of one page. */
  add(versions: readonly Version[]): void {
    for (const [key, group] of groupByKey(versions)) this.keep(key, group);
    if (this.total > 2 * this.most) this.drop();
  }

  /** Takes in what another reading of the same list found. */
  merge(other: Oldest): void {
    this.hasDropped ||= other.hasDropped;
    for (const [key, group] of other.groups) this.keep(key, group);
  }

  /** What is kept, oldest first. */
  list(): readonly Version[] {
    if (!this.sorted) this.drop();
    return (this.sorted ??= [...this.groups.values()].flat());
  }

  private keep(key: string, group: readonly Version[]): void {
    const known = this.groups.get(key)?.length ?? 0;
    if (group.length <= known) return;
    this.groups.set(key, group);
    this.total += group.length - known;
    this.sorted = undefined;
  }

  private drop(): void {
    const sorted = [...this.groups].sort(([, [left]], [, [right]]) => (left && right ? comparePositions(left, right) : 0));
    this.groups = new Map();
    this.total = 0;
    for (const [key, group] of sorted) {
      if (this.total >= this.most) {
        this.hasDropped = true;
        return;
      }
      this.groups.set(key, group);
      this.total += group.length;
    }
  }
}

/** Counts what was handed over already. */
export function countSeen(seen: readonly Position[]): Map<string, number> {
  return countBy(seen, keyOf);
}

/** Those versions that were not handed over yet. */
export function withoutSeen(versions: readonly Version[], seen: SeenCounts): Version[] {
  return [...groupByKey(versions)].flatMap(([key, group]) => group.slice(seen.get(key) ?? 0));
}

/**
 * The same for creations. Their time never changes, their content may: a profile that looks unknown and was changed
 * since counts as one that was handed over where those of its time are not more than were handed over.
 */
export function withoutSeenCreations(versions: readonly Version[], seen: readonly Position[]): Version[] {
  const unknown = withoutSeen(versions, countSeen(seen));
  const seenAt = countBy(seen, ({ time }) => time);
  const foundAt = countBy(versions, ({ time }) => time);
  const untouchedAt = countBy(unknown.filter(isUntouched), ({ time }) => time);
  const more = new Map([...foundAt].map(([time, found]) => [time, found - (seenAt.get(time) ?? 0) - (untouchedAt.get(time) ?? 0)]));
  return unknown.filter((version) => {
    if (isUntouched(version)) return true;
    const left = more.get(version.time) ?? 0;
    more.set(version.time, left - 1);
    return left > 0;
  });
}

function isUntouched({ time, record }: Version): boolean {
  return instant(record.lastModified) === time;
}

function groupByKey(versions: readonly Version[]): Map<string, Version[]> {
  const groups = new Map<string, Version[]>();
  for (const version of versions) {
    const key = keyOf(version);
    const group = groups.get(key);
    if (group) group.push(version);
    else groups.set(key, [version]);
  }
  return groups;
}

function countBy<Element, Key>(elements: readonly Element[], keyOfElement: (element: Element) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const element of elements) {
    const key = keyOfElement(element);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
