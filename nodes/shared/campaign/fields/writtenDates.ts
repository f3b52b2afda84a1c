import { DateTime } from 'luxon';

import { trimmed } from '../scalars';
import { momentIn, validZone, type Moment } from './moments';

/** In which order the dates of the input are written. Nobody can tell from 03/04/2026: it is never guessed. */
export type DateOrder = 'iso' | 'dayFirst' | 'monthFirst';

/** Two numbers, a year of four digits, and perhaps a time of day, e.g. `24.10.1980 9:30 PM`. */
const WRITTEN = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:(?:,? +|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?(?: ?([AP])\.?M\.?)?)?$/i;

/**
 * Reads a moment as `momentIn` does, and a date in another order where somebody said so. The forms of ISO 8601, which begin with
 * the year, are taken in any case.
 *
 * @param zone IANA name, for what has no zone of its own
 */
export function momentAsWritten(value: unknown, zone: string, order: DateOrder): Moment | undefined {
  const moment = momentIn(value, zone);
  if (moment || order === 'iso' || typeof value !== 'string') return moment;
  const [, first, , second, year, hour, minute, seconds, fraction, half] = WRITTEN.exec(trimmed(value)) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const hours = hoursOf(hour, half);
  if (hours === undefined) return undefined;
  const [day, month] = order === 'dayFirst' ? [first, second] : [second, first];
  const date = DateTime.fromObject(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: hours,
      minute: Number(minute ?? 0),
      second: Number(seconds ?? 0),
      millisecond: Number((fraction ?? '').padEnd(3, '0')),
    },
    { zone: validZone(zone) },
  );
  const written = date.isValid && date.year > 0 ? date.toISODate() : null;
  return written === null ? undefined : { day: written, milliseconds: date.toMillis() };
}

/** An example in the order that was chosen. */
export function exampleDate(order: DateOrder): string {
  return order === 'iso' ? '1980-10-24' : order === 'dayFirst' ? '24.10.1980' : '10/24/1980';
}

/** What to choose for a value that looks like a date of a spreadsheet; '' for everything else. */
export function orderAdvice(value: unknown): string {
  const [, first, mark, second] = WRITTEN.exec(typeof value === 'string' ? trimmed(value) : '') ?? [];
  if (first === undefined || second === undefined) return '';
  const orders =
    Number(first) > 12 || mark === '.' ? "'Day First'" : Number(second) > 12 ? "'Month First'" : "'Day First' or 'Month First'";
  return `Set 'Dates Are Written As' under 'Options' to ${orders}.`;
}

/** Twelve o'clock is the hour at which both halves of the day begin. */
function hoursOf(hour: string | undefined, half: string | undefined): number | undefined {
  const given = Number(hour ?? 0);
  if (half === undefined) return given < 24 ? given : undefined;
  if (given < 1 || given > 12) return undefined;
  return (given % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
}
