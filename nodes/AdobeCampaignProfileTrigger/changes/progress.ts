import { isObject, textOf } from '../../shared/campaign/records';
import { comparePositions, type Position } from './version';

/** How far a poller has come. Plain data, replaced as a whole: a poll that fails leaves the old one as it was. */
export interface Progress {
  /** Everything up to and including this place is over and done with. */
  readonly floor: Position;
  /** What was handed over after the floor, in order; as many times as it was handed over. */
  readonly seen: readonly Position[];
  /** Where in the list to go on, when there was more than one poll could take. */
  readonly resume?: ResumePoint;
}

/** Pages in the middle of a list, by the addresses that Campaign gave them. */
export interface ResumePoint {
  /** One for each of the next polls, the oldest changes first. */
  readonly addresses: readonly string[];
  /** Which list it belongs to; another one starts at its beginning. */
  readonly list: string;
}

/** Most versions to remember, about 250 kB in n8n's database. Beyond it the oldest go, and the overlap window gets shorter. */
export const MOST_REMEMBERED = 10_000;

/** Up to when changes are done with. */
export interface HandledTime {
  /** Everything up to this time (ms) was read and handed over. */
  readonly handled: number;
  /** How much older than that a change may be and still turn up later, in ms. */
  readonly overlap: number;
}

/**
 * Takes in what was handed over, and forgets what has left the overlap window.
 *
 * @param most versions to remember
 */
export function advance(
  progress: Progress,
  versions: readonly Position[],
  { handled, overlap }: HandledTime,
  most = MOST_REMEMBERED,
): Progress {
  const windowStart = { time: handled - overlap, fingerprint: '' };
  const floor = comparePositions(windowStart, progress.floor) > 0 ? windowStart : progress.floor;
  const seen = [...progress.seen, ...versions.map(({ time, fingerprint }) => ({ time, fingerprint }))].sort(comparePositions);
  return forget({ floor, seen }, most);
}

/** Moves the floor up to the newest one of those that are too many. */
function forget({ floor, seen }: Progress, most: number): Progress {
  const kept = seen.filter((position) => comparePositions(position, floor) > 0);
  const dropped = kept[kept.length - most - 1];
  return dropped ? { floor: dropped, seen: kept.filter((position) => comparePositions(position, dropped) > 0) } : { floor, seen: kept };
}

/** Packs a progress for storing as JSON: versions of one time share its digits. */
export function packProgress({ floor, seen, resume }: Progress): Record<string, unknown> {
  const byTime: Record<string, string> = {};
  for (const { time, fingerprint } of seen) byTime[time] = byTime[time] === undefined ? fingerprint : `${byTime[time]} ${fingerprint}`;
  return { floor: { ...floor }, seen: byTime, ...(resume ? { resume: { ...resume } } : {}) };
}

/**
 * Reads what `packProgress` made.
 *
 * @returns undefined when there is none, or none that this version understands
 */
export function unpackProgress(stored: unknown): Progress | undefined {
  if (!isObject(stored) || !isObject(stored.floor) || !isObject(stored.seen)) return undefined;
  const { time, fingerprint } = stored.floor;
  if (typeof time !== 'number' || typeof fingerprint !== 'string') return undefined;
  const seen = Object.entries(stored.seen).flatMap(([at, fingerprints]) =>
    textOf(fingerprints)
      .split(' ')
      .map((text): Position => ({ time: Number(at), fingerprint: text })),
  );
  if (!Number.isFinite(time) || seen.some((position) => !Number.isFinite(position.time))) return undefined;
  return { floor: { time, fingerprint }, seen: seen.sort(comparePositions), resume: parseResume(stored.resume) };
}

function parseResume(stored: unknown): ResumePoint | undefined {
  if (!isObject(stored) || !Array.isArray(stored.addresses) || typeof stored.list !== 'string') return undefined;
  return { addresses: (stored.addresses as unknown[]).filter((address) => typeof address === 'string'), list: stored.list };
}
