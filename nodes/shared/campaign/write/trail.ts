import type { IDataObject } from 'n8n-workflow';

import type { FieldChange } from '../fields/prepareFields';
import { isBlank } from '../fields/recordFields';
import { isObject } from '../records';
import type { ApiName } from '../urls';

/** What a write did to a record. */
export const DEEDS = ['created', 'updated', 'deleted', 'subscribed', 'unsubscribed', 'unchanged'] as const;
export type Deed = (typeof DEEDS)[number];

/** What there is to know of a write, besides its changes, to take it back another day. No keys: they do not last. */
export interface TrailMark {
  readonly organization: string;
  readonly api: ApiName;
  readonly resource: string;
  readonly done: Deed;
  /** When, by the clock of this process, in ISO 8601. */
  readonly at: string;
  /** What the record is known by afterwards, or was before it went. */
  readonly email?: string;
  /** A custom key, or the name of a service. */
  readonly key?: string;
  readonly href?: string;
  /** When Campaign says that the record was made: no other one with its email has its time. */
  readonly created?: string;
  /** How many records were deleted together because they are known by the same; text, as it comes from a table. */
  readonly twins?: string;
}

/** @returns what goes into the output item, after the list of changes: a row that was cut has lost it */
export function printTrail(mark: TrailMark, changes: readonly FieldChange[]): IDataObject {
  return { ...mark, check: checkOf(mark, changes) };
}

/**
 * Tells a trail that is as it was written from one that was cut, edited, or changed by a spreadsheet. The same for values that
 * mean the same in JSON and in a table: blank is null, `TRUE` is true, 5 is "5".
 */
export function checkOf({ api, resource, done, email, key }: TrailMark, changes: readonly FieldChange[]): string {
  return hashOf(
    JSON.stringify([
      api,
      resource,
      done,
      email ?? '',
      key ?? '',
      changes.map(({ field, before, after }) => [field, plainForm(before), plainForm(after)]),
    ]),
  );
}

function plainForm(value: unknown): unknown {
  if (isBlank(value)) return '';
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, part]) => [name, plainForm(part)] as const)
      .filter(([, part]) => part !== '')
      .sort(([left], [right]) => (left < right ? -1 : 1));
  }
  const text = typeof value === 'string' ? value : String(value);
  return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : text;
}

/** 53 bits in hexadecimal: against mishaps, not against forgers. */
function hashOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return ((low >>> 0) * 2_097_152 + ((high >>> 0) & 0x1fffff)).toString(16);
}

let latest = { milliseconds: 0, place: 0 };

/**
 * The time of a write in ISO 8601, to the microsecond: writes of this process within one millisecond keep their order.
 *
 * @param now ms since 1970
 */
export function timeOfWrite(now: number): string {
  const isSame = now <= latest.milliseconds && latest.place < 999;
  latest = isSame
    ? { ...latest, place: latest.place + 1 }
    : { milliseconds: Math.max(now, latest.milliseconds + (now > latest.milliseconds ? 0 : 1)), place: 0 };
  return new Date(latest.milliseconds).toISOString().replace('Z', `${String(latest.place).padStart(3, '0')}Z`);
}
