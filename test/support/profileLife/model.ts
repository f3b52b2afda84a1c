/** A profile as far as these tests write to it. */
export interface ModelProfile {
  readonly phone: string;
  readonly lastName: string;
  /** Names of the services it is subscribed to, in any order. */
  readonly services: readonly string[];
}

/** What one item wants, for the profiles that share an email. */
export interface Wish {
  readonly kind: 'create' | 'update' | 'upsert' | 'delete' | 'subscribe' | 'unsubscribe';
  /** Blank where the item does not say. */
  readonly phone: string;
  readonly lastName: string;
  readonly service: string;
  readonly severalMatches: 'fail' | 'all' | 'first';
  /** Which of them is meant, where it is meant by its PKey; undefined: all that have the email. */
  readonly id?: number;
}

/** What an item said that it did: outcomes of its output items, or why it failed. */
export type Said = { readonly outcomes: readonly string[] } | { readonly reason: string };

/** The profiles of one email by an id of their own, in order of creation. */
export type Group = ReadonlyMap<number, ModelProfile>;

/** What may go wrong on the way, and says nothing about whether the write was carried out. */
const DOUBT = 'outcomeUnknown';
/** It was written, and could not be read back. */
const DONE = 'notVerified';
/** What may go wrong on the way without the write being carried out. */
const NOT_DONE: ReadonlySet<string> = new Set(['rejected', 'unavailable', 'unreadableAnswer', 'rateLimited', 'unauthorized']);

/**
 * Everything that the profiles of one email may be after the items of a run, given what each of them said.
 *
 * @param before what they were
 * @param wishes with what was said of each; in their order where that counts
 * @param mayFail whether something may have gone wrong on the way
 * @returns nothing where what was said cannot be true
 */
export function possibleAfter(before: Group, wishes: ReadonlyArray<readonly [Wish, Said]>, mayFail: boolean): Group[] {
  return wishes.reduce<Group[]>((groups, [wish, said]) => distinct(groups.flatMap((group) => after(group, wish, said, mayFail))), [before]);
}

/** The same where nobody keeps the order: items that mean one profile by different key texts. */
export function possibleInAnyOrder(before: Group, wishes: ReadonlyArray<readonly [Wish, Said]>, mayFail: boolean): Group[] {
  return distinct(permutations(wishes).flatMap((order) => possibleAfter(before, order, mayFail)));
}

/** A group as text, for comparing: the same profiles in any order are the same. */
export function textOfGroup(group: Group): string {
  return JSON.stringify(
    [...group.values()].map(({ phone, lastName, services }) => `${phone}|${lastName}|${[...services].sort().join('+')}`).sort(),
  );
}

function after(group: Group, wish: Wish, said: Said, mayFail: boolean): Group[] {
  const targets = targetsOf(group, wish);
  const reason = refusalOf(targets, wish);
  if ('outcomes' in said) {
    if (reason !== undefined) return [];
    const done = carriedOut(group, wish, targets);
    return JSON.stringify(said.outcomes) === JSON.stringify(done.outcomes) ? [done.group] : [];
  }
  if (said.reason === reason) return [group];
  const isTrouble = said.reason === DOUBT || said.reason === DONE || NOT_DONE.has(said.reason);
  if (!mayFail || !isTrouble) return [];
  // A look that goes wrong hides what it would have shown.
  if (reason !== undefined) return said.reason === DONE ? [] : [group];
  // Of several, those before the one that failed were done.
  const most = Math.max(1, targets.length);
  const least = said.reason === DONE ? 1 : 0;
  const counts = Array.from({ length: most + (NOT_DONE.has(said.reason) ? 0 : 1) }, (_, count) => count);
  return counts.filter((count) => count >= least).map((count) => carriedOut(group, wish, targets.slice(0, count), count > 0).group);
}

function targetsOf(group: Group, { id, severalMatches, kind }: Wish): number[] {
  if (kind === 'create') return [];
  const ids = id === undefined ? [...group.keys()] : group.has(id) ? [id] : [];
  return severalMatches === 'first' ? ids.slice(0, 1) : ids;
}

/** Why an item cannot be carried out; undefined where it can. */
function refusalOf(targets: readonly number[], { kind, severalMatches }: Wish): string | undefined {
  if (kind === 'create') return undefined;
  if (targets.length > 1 && severalMatches === 'fail') return 'severalMatches';
  return targets.length === 0 && kind !== 'upsert' ? 'notFound' : undefined;
}

let newIds = 1_000_000;

function carriedOut(
  group: Group,
  { kind, phone, lastName, service }: Wish,
  targets: readonly number[],
  mayCreate = true,
): { group: Group; outcomes: string[] } {
  const result = new Map(group);
  if (kind === 'create' || (kind === 'upsert' && targets.length === 0)) {
    newIds += 1;
    if (mayCreate) result.set(newIds, { phone, lastName, services: [] });
    return { group: result, outcomes: ['created'] };
  }
  const outcomes = targets.map((id) => {
    const profile = group.get(id);
    if (!profile) return 'missing';
    if (kind === 'delete') {
      result.delete(id);
      return 'deleted';
    }
    const changed = changedBy(profile, { kind, phone, lastName, service });
    result.set(id, changed);
    const isSame = textOfGroup(new Map([[0, changed]])) === textOfGroup(new Map([[0, profile]]));
    if (kind === 'update') return 'updated';
    return isSame ? 'unchanged' : kind === 'upsert' ? 'updated' : `${kind}d`;
  });
  return { group: result, outcomes };
}

function changedBy(
  profile: ModelProfile,
  { kind, phone, lastName, service }: Pick<Wish, 'kind' | 'phone' | 'lastName' | 'service'>,
): ModelProfile {
  const others = profile.services.filter((name) => name !== service);
  if (kind === 'subscribe') return { ...profile, services: [...others, service] };
  if (kind === 'unsubscribe') return { ...profile, services: others };
  return { ...profile, phone: phone || profile.phone, lastName: lastName || profile.lastName };
}

function distinct(groups: readonly Group[]): Group[] {
  // Which of two is which still counts: later items may mean one of them.
  return [...new Map(groups.map((group) => [JSON.stringify([...group]), group])).values()];
}

function permutations<Element>(elements: readonly Element[]): Element[][] {
  if (elements.length < 2) return [[...elements]];
  return elements.flatMap((element, index) =>
    permutations(elements.filter((_, other) => other !== index)).map((rest) => [element, ...rest]),
  );
}
