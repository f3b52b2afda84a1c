import { DateTime, IANAZone } from 'luxon';

import { trimmed } from '../scalars';

/** A point in time, and the day that is meant where only the day counts. */
export interface Moment {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** ms since 1970 */
  readonly milliseconds: number;
}

/** The shapes of a whole day in ISO 8601; luxon would take `2026` and `09:30` as well, and fill in what is missing. */
const WHOLE_DAY = /^\d{4}(?:-\d{2}-\d{2}|\d{4}|-?W\d{2}-?\d|-?\d{3})(?=$|[T ])/;
/** A day that begins with the year in the marks of spreadsheets, and an hour of one digit: nobody can mean anything else by either. */
const YEAR_FIRST = /^(\d{4})([./])(\d{1,2})\2(\d{1,2})(?=$|[T ])/;
const SHORT_HOUR = /^(\d{4}-\d{2}-\d{2}[T ])(\d:)/;
/** A JavaScript Date in JSON. */
const SERIALIZED_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000Z$/;

/**
 * Reads a moment: text in any form of ISO 8601 and of SQL databases, a JavaScript Date, or a luxon DateTime as n8n's
 * expressions give.
 *
 * The day is the one that was written, whatever the zone: a birthday does not move. A Date has no zone, and databases make
 * one of midnight: at midnight UTC it means that day, at midnight of this process its day, at any other time the day in `zone`.
 *
 * @param zone IANA name, for what has no zone of its own: n8n's own steps take the workflow's
 * @returns undefined for everything else
 */
export function momentIn(value: unknown, zone: string): Moment | undefined {
  const text = isDate(value) ? undefined : momentText(value);
  const moment = isDate(value) ? ofDate(value, zone) : text === undefined ? undefined : ofText(text, zone);
  return moment && isOfFourDigits(moment) ? moment : undefined;
}

/** Years before 1 and after 9999 are written with a sign, which Campaign does not read. */
function isOfFourDigits({ day, milliseconds }: Moment): boolean {
  return [day, new Date(milliseconds).toISOString()].every((text) => /^\d{4}-/.test(text) && !text.startsWith('0000'));
}

/** A moment as Campaign takes and prints it, `YYYY-MM-DD HH:MM:SS.mmmZ`. */
export function campaignMoment({ milliseconds }: Moment): string {
  return new Date(milliseconds).toISOString().replace('T', ' ');
}

/** Whether something is a JavaScript Date, be it from another realm as those of the Code node are. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

/** ISO text of a Date or of a luxon DateTime (told by its `toISO`, because n8n's luxon is not always this one). */
export function isoTextOf(value: unknown): string | undefined {
  if (isDate(value)) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (!hasToISO(value)) return undefined;
  const text = value.toISO();
  return typeof text === 'string' ? text : undefined;
}

function hasToISO(value: unknown): value is { toISO(): unknown } {
  return typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
}

function momentText(value: unknown): string | undefined {
  return typeof value === 'string' ? trimmed(value) : isoTextOf(value);
}

function ofText(text: string, zone: string): Moment | undefined {
  const iso = inFullLength(text.replace(/(?<=\d)t(?=\d)/, 'T'));
  if (!WHOLE_DAY.test(iso)) return undefined;
  const rules = { zone: validZone(zone), setZone: true };
  const parsed = [DateTime.fromISO(iso, rules), DateTime.fromSQL(iso, rules)].find(({ isValid }) => isValid);
  // Midnight at the end of a day belongs to the day that was written.
  const day = (/[T ]24/.test(iso) ? parsed?.minus(1) : parsed)?.toISODate();
  if (!parsed || typeof day !== 'string') return undefined;
  const milliseconds = parsed.toMillis();
  return { day: (SERIALIZED_DATE.test(iso) && midnightOf(new Date(milliseconds), zone)) || day, milliseconds };
}

function inFullLength(text: string): string {
  return text
    .replace(YEAR_FIRST, (_, year: string, __, month: string, day: string) =>
      [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    )
    .replace(SHORT_HOUR, '$10$2');
}

function ofDate(date: Date, zone: string): Moment | undefined {
  const milliseconds = date.getTime();
  if (Number.isNaN(milliseconds)) return undefined;
  const day = midnightOf(date, zone) ?? DateTime.fromMillis(milliseconds, { zone: validZone(zone) }).toISODate();
  return day === null ? undefined : { day, milliseconds };
}

/** The day that begins at a moment: in UTC, where this process is, or in `zone`. */
function midnightOf(date: Date, zone: string): string | undefined {
  const milliseconds = date.getTime();
  for (const candidate of ['utc', 'system', validZone(zone)]) {
    const moment = DateTime.fromMillis(milliseconds, { zone: candidate });
    if (moment.startOf('day').toMillis() === milliseconds) return moment.toISODate() ?? undefined;
  }
  return undefined;
}

const zones = new Map<string, string>();

/** A zone that there is, UTC for any other. To find that out takes longer than all that is done with a date, so it is remembered. */
export function validZone(zone: string): string {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const valid = IANAZone.isValidZone(zone) ? zone : 'utc';
  zones.set(zone, valid);
  return valid;
}
