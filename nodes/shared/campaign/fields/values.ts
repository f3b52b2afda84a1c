import type { IDataObject } from 'n8n-workflow';

import type { CampaignField } from '../metadata';
import { isObject, ownValue, parseJson, textOf } from '../records';
import { isStoredForm } from './dataPolicies';
import { dateAdvice } from './dateAdvice';
import { campaignMoment, isoTextOf } from './moments';
import { INEXACT } from '../numbers';
import { inexactNumberIn, isPlainObject, toPlainJson } from './plainJson';
import { cleanEmail, isEmpty, isOneEmail, numberIn, switchIn, textIn, TOO_MANY_DIGITS, trimmed, wantedText } from '../scalars';
import { isShortenedNumber, separatorAdvice, SHORTENED_ADVICE, switchAdvice, thousandsAdvice } from './valueAdvice';
import { exampleDate, momentAsWritten, type DateOrder } from './writtenDates';

/** A value ready to be sent, or what the field would have taken instead and, where it is known, how to get there. */
export type Conversion = { readonly value: IDataObject[string] } | { readonly wanted: string; readonly advice?: string };

const LISTED_CHOICES = 12;
/** Three digits behind a point are thousands to half of the world, unless they follow a zero. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const HAS_TIME = /[T ]\d{2}:\d{2}/;

/**
 * Turns a value from a workflow into the form that Campaign takes: enumeration names (labels are accepted), dates as
 * `YYYY-MM-DD`, date-times as `YYYY-MM-DD HH:MM:SS.mmmZ`. A value that would arrive as another one is not taken.
 *
 * @param value a JSON value, a Date, or the DateTime objects that n8n's expressions give
 * @param zone IANA name of the time zone for dates that name none: the workflow's
 * @param order how dates are written that do not begin with the year
 */
export function convertValue(field: CampaignField, value: unknown, zone: string, order: DateOrder = 'iso'): Conversion {
  if (isEmpty(value)) return convertEmpty(field);
  switch (field.kind) {
    case 'number':
      return convertNumber(field, value);
    case 'boolean': {
      const side = switchIn(value);
      return side === undefined ? { wanted: 'true or false', advice: switchAdvice(value) } : { value: side };
    }
    case 'date': {
      const moment = momentAsWritten(value, zone, order);
      return moment ? { value: moment.day } : { wanted: `a date such as ${exampleDate(order)}`, advice: dateAdvice(value) };
    }
    case 'datetime': {
      const moment = momentAsWritten(value, zone, order);
      if (moment) return { value: campaignMoment(moment) };
      const example = order === 'iso' ? '2026-01-31T09:30:00Z' : `${exampleDate(order)} 9:30`;
      return { wanted: `a date and time such as ${example}`, advice: dateAdvice(value) };
    }
    case 'enumeration':
      return convertEnumeration(field, value);
    case 'link':
      return convertLink(value);
    case 'object':
      return convertObject(value);
    default:
      return convertTextOf(field, value);
  }
}

function convertTextOf({ dataPolicy }: CampaignField, value: unknown): Conversion {
  switch (dataPolicy?.toLowerCase()) {
    case 'email':
      return convertEmail(value);
    case 'phone':
      return convertPhone(value);
    default:
      return convertText(value);
  }
}

/**
 * The same where Campaign does not describe the field: the value goes out as it came, but for what JSON cannot hold.
 */
export function convertUndescribed(value: unknown): Conversion {
  const plain = toPlainJson(value);
  if ('value' in plain) return plain;
  return { wanted: `JSON values, and has ${plain.problem}${plain.path === '' ? '' : ` at '${plain.path}'`}` };
}

/**
 * Tells whether a record holds a value that was sent, whatever form Campaign prints it in and whatever a data policy of the
 * field made of it.
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
  if (typeof sent === 'object' || typeof found === 'object') return JSON.stringify(sent) === JSON.stringify(found);
  return isStoredForm(field, textOf(sent), textOf(found));
}

/** Whether a field can be emptied: text, dates and links; a number, switch or enumeration has no empty value in Campaign. */
export function canBeEmptied(field: CampaignField): boolean {
  return 'value' in convertEmpty(field);
}

/** A moment as Campaign prints it in ms since 1970, NaN for none; without a time zone it counts as UTC. */
export function instant(value: unknown): number {
  const text = String(value).trim();
  if (!HAS_TIME.test(text)) return Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  const iso = text.replace(' ', 'T');
  return Date.parse(HAS_ZONE.test(iso) ? iso : `${iso}Z`);
}

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

function convertText(value: unknown): Conversion {
  const text = textIn(value) ?? isoTextOf(value);
  return text === undefined ? { wanted: wantedText(value) } : { value: text };
}

/** The policy refuses what is no address, with an error that does not tell which field it means. */
function convertEmail(value: unknown): Conversion {
  const text = textIn(value);
  const email = text === undefined ? '' : cleanEmail(text);
  return isOneEmail(email) ? { value: email } : { wanted: 'one email address' };
}

/** What cannot be seen comes along from address books. What a spreadsheet has shortened is nobody's number any more. */
function convertPhone(value: unknown): Conversion {
  const text = typeof value === 'boolean' ? undefined : textIn(value);
  if (text === undefined) return { wanted: typeof value === 'boolean' ? 'a phone number' : wantedText(value) };
  return isShortenedNumber(text) ? { wanted: 'a phone number', advice: SHORTENED_ADVICE } : { value: cleanEmail(text) };
}

function convertNumber({ wholeBits }: CampaignField, value: unknown): Conversion {
  const number = numberIn(value);
  if (number === INEXACT) return { wanted: TOO_MANY_DIGITS };
  if (number === undefined) return { wanted: 'a number', advice: separatorAdvice(value) };
  if (typeof value === 'string' && THOUSANDS.test(trimmed(value)))
    return wholeBits === undefined
      ? { wanted: 'a number that can be read in one way', advice: thousandsAdvice(trimmed(value)) }
      : { wanted: 'a whole number in digits alone', advice: separatorAdvice(value) };
  if (wholeBits === undefined) return { value: number };
  // Campaign would cut what it has no room for.
  const most = 2 ** (wholeBits - 1) - 1;
  if (Number.isInteger(number) && number >= -most - 1 && number <= most) return { value: number };
  return { wanted: wholeBits > 53 ? 'a whole number' : `a whole number from ${-most - 1} to ${most}` };
}

function convertEnumeration(field: CampaignField, value: unknown): Conversion {
  const text = trimmed(textIn(value) ?? '');
  if (field.values.some(({ name }) => name === text)) return { value: text };
  const [choice, ...others] = field.values.filter(({ name, label }) => isSameWord(label, text) || isSameWord(name, text));
  if (!choice) return { wanted: describe(field, text) };
  if (others.length === 0) return { value: choice.name };
  const names = [choice, ...others].map(({ name }) => name);
  return { wanted: describe(field), advice: `Give the name as it is written: ${names.join(' or ')}.` };
}

/** In any letter case, however its accents are encoded and its parts are put together. */
function isSameWord(left: string, right: string): boolean {
  return wordOf(left) === wordOf(right);
}

/** `fr-FR` and `Europe/Paris` are what others call `fr_fr` and `Europe_Paris`. */
function wordOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?<=.)[-/ ]/g, '_');
}

function convertLink(value: unknown): Conversion {
  const link = objectIn(value);
  const given = isObject(link) ? link.PKey : link;
  const key = typeof given === 'string' ? trimmed(given) : '';
  // Campaign takes anything else for a key of another kind, and says that there is no such record of the resource that is written.
  return key.startsWith('@') ? { value: { PKey: key } } : { wanted: 'a PKey, or an object with a PKey' };
}

function convertObject(value: unknown): Conversion {
  const object = objectIn(value);
  if (!isPlainObject(object)) return { wanted: 'an object' };
  const plain = toPlainJson(object);
  return 'value' in plain ? plain : { wanted: `an object of JSON values, and has ${plain.problem} at '${plain.path}'` };
}

/** The object that JSON text is: a file of a table has no other form for one. Anything else is given back as it is. */
function objectIn(value: unknown): unknown {
  const text = typeof value === 'string' ? trimmed(value) : '';
  return text.startsWith('{') && inexactNumberIn(text) === undefined ? (parseJson(text) ?? value) : value;
}

/** @param given of a long list, the choices that begin alike stand first */
function describe(field: CampaignField, given = ''): string {
  if (field.kind === 'boolean') return 'true or false';
  if (field.kind === 'object') return 'an object';
  if (field.kind !== 'enumeration') return `a ${field.kind}`;
  const beginning = field.values.length > LISTED_CHOICES ? wordOf(given).slice(0, 2) : '';
  const begins = (choice: { readonly name: string; readonly label: string }): boolean =>
    [choice.name, choice.label].some((text) => wordOf(text).startsWith(beginning));
  const sorted = [...field.values.filter(begins), ...field.values.filter((choice) => !begins(choice))];
  const names = sorted.slice(0, LISTED_CHOICES).map(({ name, label }) => (label === name ? name : `${label} (${name})`));
  const more = field.values.length - names.length;
  return `one of ${names.join(', ')}${more > 0 ? ` (and ${more} more)` : ''}`;
}
