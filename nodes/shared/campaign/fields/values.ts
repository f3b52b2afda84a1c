import type { IDataObject } from 'n8n-workflow';

import type { CampaignField } from '../metadata';
import { isObject, jsonText, ownValue, textOf } from '../records';

/** A value ready to be sent, or what the field would have taken instead. */
export type Conversion = { readonly value: IDataObject[string] } | { readonly wanted: string };

const LISTED_CHOICES = 12;
const SHOWN_CHARACTERS = 60;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/;
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const HAS_TIME = /[T ]\d{2}:\d{2}/;

/**
 * Turns a value from a workflow into the form that Campaign takes: enumeration names (labels are accepted), dates as
 * `YYYY-MM-DD`, date-times as `YYYY-MM-DD HH:MM:SS.mmmZ`.
 *
 * @param value a JSON value, a Date, or the DateTime objects that n8n's expressions give
 */
export function convertValue(field: CampaignField, value: unknown): Conversion {
  if (isEmpty(value)) return convertEmpty(field);
  switch (field.kind) {
    case 'number':
      return convertNumber(value);
    case 'boolean':
      return convertBoolean(value);
    case 'date':
      return convertDate(value);
    case 'datetime':
      return convertDateTime(value);
    case 'enumeration':
      return convertEnumeration(field, value);
    case 'link':
      return convertLink(value);
    case 'object':
      return isObject(value) ? { value } : { wanted: 'an object' };
    default:
      return convertText(field, value);
  }
}

/**
 * Tells whether a record holds a value that was sent, whatever form Campaign prints it in.
 *
 * @param sent a converted value
 * @param found the record's value
 * @returns undefined where it cannot be told: links show another key text in every answer
 */
export function holds(field: CampaignField | undefined, sent: unknown, found: unknown): boolean | undefined {
  if (field?.kind === 'link' || (isObject(sent) && typeof sent.PKey === 'string')) return undefined;
  if (isEmpty(sent) || isEmpty(found)) return isEmpty(sent) && isEmpty(found);
  if (isObject(sent)) {
    if (!isObject(found)) return false;
    return Object.entries(sent).every(([name, value]) => holds(undefined, value, ownValue(found, name)) !== false);
  }
  if (field?.kind === 'number') return Number(sent) === Number(found);
  if (field?.kind === 'boolean') return String(sent) === String(found);
  if (field?.kind === 'datetime') return instant(sent) === instant(found);
  if (field?.kind === 'date') return String(sent).slice(0, 10) === String(found).slice(0, 10);
  return typeof sent === 'object' ? JSON.stringify(sent) === JSON.stringify(found) : textOf(sent) === textOf(found);
}

/** A value for a message: text in quotes, long ones cut. */
export function show(value: unknown): string {
  if (isEmpty(value)) return 'empty';
  const text = typeof value === 'string' ? `'${value}'` : (jsonText(value) ?? String(value));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}

/** Null, undefined and blank text: Campaign itself shows all of them as "". */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** Text and dates can be emptied; a number, switch or enumeration has no empty value in Campaign. */
function convertEmpty(field: CampaignField): Conversion {
  switch (field.kind) {
    case 'string':
    case 'date':
    case 'datetime':
      return { value: '' };
    case 'link':
      return { value: null };
    default:
      return { wanted: describe(field) };
  }
}

function convertText(field: CampaignField, value: unknown): Conversion {
  const text = isScalar(value) ? String(value) : isoText(value);
  if (text === undefined) return { wanted: 'text' };
  return field.maximumLength !== undefined && text.length > field.maximumLength
    ? { wanted: `at most ${field.maximumLength} characters (got ${text.length})` }
    : { value: text };
}

function convertNumber(value: unknown): Conversion {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN;
  if (!Number.isFinite(number)) return { wanted: 'a number' };
  const isExact = !Number.isInteger(number) || Number.isSafeInteger(number);
  return isExact ? { value: number } : { wanted: 'a number of at most 15 digits' };
}

function convertBoolean(value: unknown): Conversion {
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || text === '1') return { value: true };
  if (text === 'false' || text === '0') return { value: false };
  return { wanted: 'true or false' };
}

/** The day as written, in whatever zone it was written: a birthday does not move with the server's clock. */
function convertDate(value: unknown): Conversion {
  const day = dayIn(isoText(value));
  return day === undefined ? { wanted: 'a date such as 1980-10-24' } : { value: day };
}

function convertDateTime(value: unknown): Conversion {
  const text = isoText(value);
  const milliseconds = dayIn(text) === undefined ? NaN : instant(text);
  return Number.isNaN(milliseconds)
    ? { wanted: 'a date and time such as 2026-01-31T09:30:00Z' }
    : { value: new Date(milliseconds).toISOString().replace('T', ' ') };
}

/**
 * A moment as Campaign writes it, for filter parameters, which have no description that tells their kind.
 *
 * @returns undefined when the value is no date object of JavaScript or of n8n's expressions
 */
export function dateTimeText(value: unknown): string | undefined {
  if (typeof value === 'string') return undefined;
  const conversion = convertDateTime(value);
  return 'value' in conversion ? textOf(conversion.value) : undefined;
}

function convertEnumeration(field: CampaignField, value: unknown): Conversion {
  const text = String(value).trim();
  const choice =
    field.values.find(({ name }) => name === text) ?? field.values.find(({ label }) => label.toLowerCase() === text.toLowerCase());
  return choice ? { value: choice.name } : { wanted: describe(field) };
}

function convertLink(value: unknown): Conversion {
  const key = isObject(value) ? value.PKey : value;
  return typeof key === 'string' && key !== '' ? { value: { PKey: key } } : { wanted: 'a PKey, or an object with a PKey' };
}

function describe(field: CampaignField): string {
  if (field.kind === 'boolean') return 'true or false';
  if (field.kind === 'object') return 'an object';
  if (field.kind !== 'enumeration') return `a ${field.kind}`;
  const names = field.values.slice(0, LISTED_CHOICES).map(({ name }) => name);
  const more = field.values.length - names.length;
  return `one of ${names.join(', ')}${more > 0 ? ` (and ${more} more)` : ''}`;
}

/** The day that a text begins with, if there is such a day: JavaScript would take 30 February for 2 March. */
function dayIn(text: string | undefined): string | undefined {
  const day = DATE.exec(text ?? '')?.[1];
  const parsed = new Date(`${day}T00:00:00Z`);
  return day !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined;
}

/** A moment in ms since 1970, NaN for none; text without a time zone counts as UTC, which is what Campaign prints. */
export function instant(value: unknown): number {
  const text = String(value).trim();
  if (!HAS_TIME.test(text)) return Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  const iso = text.replace(' ', 'T');
  return Date.parse(HAS_ZONE.test(iso) ? iso : `${iso}Z`);
}

/** Text of a value that stands for a moment: text itself, a Date, or a luxon DateTime (told by its `toISO`). */
function isoText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (hasToISO(value)) {
    const text = value.toISO();
    return typeof text === 'string' ? text : undefined;
  }
  return undefined;
}

function hasToISO(value: unknown): value is { toISO(): unknown } {
  return typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
