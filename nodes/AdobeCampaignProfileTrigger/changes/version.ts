import { createHash } from 'node:crypto';

import { isObject, pick, type CampaignRecord } from '../../shared/campaign/records';
import { isEmpty } from '../../shared/campaign/scalars';
import { instant } from '../../shared/campaign/fields/values';

/** Which of Campaign's own times tells when something happened to a profile. */
export type TimeField = 'created' | 'lastModified';

/** A place in the one order in which changes are handed over: by time (ms since 1970), then by fingerprint. */
export interface Position {
  readonly time: number;
  readonly fingerprint: string;
}

/** A record as it was at one time. */
export interface Version extends Position {
  readonly record: CampaignRecord;
}

/** Sorts after every fingerprint. */
export const LAST_FINGERPRINT = '~';

/** Keys, addresses and ciphers read differently in every answer; an age changes without anybody changing the profile. */
const UNSTABLE: ReadonlySet<string> = new Set(['PKey', 'href', 'cryptedId', 'age']);
/** What tells who somebody is, and seldom changes once a profile is there. */
const PERSON: readonly string[] = ['acsId', 'birthDate', 'created', 'email', 'externalId', 'firstName', 'lastName', 'mobilePhone'];
/** 64 bits: among the ten thousand that are remembered, two alike are not to be expected in the life of an instance. */
const FINGERPRINT_LENGTH = 11;

/**
 * Reads what tells one version of a profile from every other: a time and a fingerprint of the content, never a key.
 * A creation stays the same when the profile changes afterwards, so its fingerprint takes in the person alone.
 *
 * @returns undefined when the record has no such time
 */
export function versionOf(record: CampaignRecord, timeField: TimeField): Version | undefined {
  const time = instant(record[timeField]);
  if (Number.isNaN(time)) return undefined;
  const content = timeField === 'created' ? pick(record, PERSON) : record;
  return { time, fingerprint: fingerprint(JSON.stringify(stable(content))), record };
}

/** Compares two places in the order, for sorting. */
export function comparePositions(left: Position, right: Position): number {
  if (left.time !== right.time) return left.time - right.time;
  return left.fingerprint < right.fingerprint ? -1 : left.fingerprint > right.fingerprint ? 1 : 0;
}

/** A place as text, for maps. */
export function keyOf({ time, fingerprint: text }: Position): string {
  return `${time} ${text}`;
}

/** 64 bits of SHA-256 as text; short enough to keep thousands of them. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LENGTH);
}

/** Empty values count as absent, so that a field that an administrator adds does not make every profile a new version. */
function stable(record: CampaignRecord): unknown {
  return Object.entries(record)
    .filter(([name, value]) => !UNSTABLE.has(name) && !isEmpty(value) && value !== false && value !== 0 && !isLink(value))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => [name, isObject(value) ? stable(value) : value]);
}

function isLink(value: unknown): boolean {
  return isObject(value) && ('href' in value || 'PKey' in value);
}
