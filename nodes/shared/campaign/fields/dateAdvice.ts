import { isEmpty, numberIn, trimmed } from '../scalars';

/** Day, month and year in the order and with the marks that spreadsheets of many countries write. */
const SPREADSHEET = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:$|[ ,T])/;
/** Days since 1899, from 1927 to 2036: what a spreadsheet stores for a date. */
const SERIAL_DAYS = { least: 10_000, most: 50_000 };
/** Anything above is milliseconds rather than seconds since 1970. */
const SMALLEST_MILLISECONDS = 100_000_000_000;

/**
 * How to convert a value that is no date in an ISO form: which order of day and month is meant, only the user knows.
 *
 * @returns a sentence with an expression for n8n, or '' where nothing is known
 */
export function dateAdvice(value: unknown): string {
  if (isEmpty(value)) return '';
  const number = numberIn(value);
  if (typeof number === 'number') return numberAdvice(number);
  const [, first, mark, second, year] = SPREADSHEET.exec(typeof value === 'string' ? trimmed(value) : '') ?? [];
  if (first === undefined || mark === undefined || second === undefined || year === undefined) return '';
  const years = year.length === 2 ? 'yy' : 'yyyy';
  const dayFirst = ['d', 'M', years].join(mark);
  if (Number(first) > 31) return convertWith(`DateTime.fromFormat(…, '${['yy', 'M', 'd'].join(mark)}').toISODate()`);
  const monthFirst = ['M', 'd', years].join(mark);
  if (Number(second) > 12) return convertWith(`DateTime.fromFormat(…, '${monthFirst}').toISODate()`);
  if (Number(first) > 12 || mark === '.') return convertWith(`DateTime.fromFormat(…, '${dayFirst}').toISODate()`);
  return `${convertWith(`DateTime.fromFormat(…, '${dayFirst}').toISODate()`)} Use '${monthFirst}' where the month comes first.`;
}

function numberAdvice(value: number): string {
  if (value >= SERIAL_DAYS.least && value <= SERIAL_DAYS.most)
    return convertWith("DateTime.fromISO('1899-12-30').plus({ days: … }).toISODate()");
  if (value >= SMALLEST_MILLISECONDS) return convertWith('DateTime.fromMillis(…).toISO()');
  return value >= 1_000_000_000 ? convertWith('DateTime.fromSeconds(…).toISO()') : '';
}

function convertWith(expression: string): string {
  return `Convert it with an expression: {{ ${expression} }}, with the value in place of the dots.`;
}
