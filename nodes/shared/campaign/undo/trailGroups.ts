import type { CampaignResource } from '../urls';
import type { Trail } from './readTrails';

/** A trail and its place among all of the run: of two that were written in the same millisecond, the later one is newer. */
export interface GivenTrail {
  readonly index: number;
  readonly trail: Trail;
}

/** The trails of one record, the newest first: the last change is taken back before the one that it was made upon. */
export interface TrailGroup {
  readonly key: string;
  readonly trails: readonly GivenTrail[];
}

/**
 * Puts trails of one record together. A record goes by its email, its key and its address, and by what a change has made of
 * the first two: what any of them connects is undone in one go.
 *
 * @param yieldTurn lets others have their turn, where it is time
 * @returns the group of each trail
 */
export async function groupTrails(given: readonly GivenTrail[], yieldTurn: () => Promise<void>): Promise<ReadonlyMap<Trail, TrailGroup>> {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // The next one finds it at once.
    if (root !== name) parents.set(name, root);
    return root;
  };
  for (const { trail } of given) {
    await yieldTurn();
    const [first = '', ...others] = namesOf(trail);
    for (const other of others) {
      const [left, right] = [rootOf(first), rootOf(other)];
      if (left !== right) parents.set(right, left);
    }
  }
  const together = new Map<string, GivenTrail[]>();
  for (const one of given) {
    await yieldTurn();
    const key = rootOf(namesOf(one.trail)[0] ?? '');
    const others = together.get(key);
    if (others) others.push(one);
    else together.set(key, [one]);
  }
  const groups = new Map<Trail, TrailGroup>();
  for (const [key, members] of together) {
    await yieldTurn();
    const group = { key, trails: members.sort(newestFirst) };
    for (const { trail } of group.trails) groups.set(trail, group);
  }
  return groups;
}

function compareTexts(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function newestFirst(left: GivenTrail, right: GivenTrail): number {
  return right.trail.time - left.trail.time || compareTexts(right.trail.at, left.trail.at) || right.index - left.index;
}

function namesOf({ resource, email, key, href, changes }: Trail): string[] {
  const renamed = changes
    .filter(({ field }) => field === 'email' || field === 'name')
    .flatMap(({ field, before, after }) => [before, after].map((value) => [field === 'email' ? 'email' : 'key', value] as const));
  const names = [['email', email], ['key', key], ...renamed] as const;
  const known = names.flatMap(([kind, value]) =>
    typeof value === 'string' && value !== '' ? [`${kind} ${value.trim().toLowerCase()}`] : [],
  );
  return known.length > 0 ? known : [`${resource} ${href ?? ''}`];
}

/** What trails of subscriptions are undone with: profiles. */
export function isOf({ resource }: Trail, { name }: CampaignResource): boolean {
  return resource === name || (resource === 'subscription' && name === 'profile');
}
