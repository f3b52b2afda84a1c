import type { IDataObject } from 'n8n-workflow';

import { INEXACT, JSON_TOKENS, keepsDigits } from '../numbers';
import { numberIn, textIn } from '../scalars';
import { isDate, isoTextOf } from './moments';

type JsonValue = IDataObject[string];

/** What cannot be sent, and where it stands, e.g. `items[2].price`. */
export interface Unsendable {
  readonly path: string;
  readonly problem: string;
}

const MOST_LEVELS = 50;

/**
 * Makes sure that a value arrives as it is: JSON turns NaN into null, which empties a field, and knows no rounding.
 *
 * @returns the value as JSON has it, dates as ISO text
 */
export function toPlainJson(value: unknown, path = '', level = 0): { readonly value: JsonValue } | Unsendable {
  if (typeof value === 'number') return plainNumber(value, path);
  if (typeof value === 'string') return textIn(value) === undefined ? { path, problem: 'broken characters' } : { value };
  if (typeof value === 'boolean' || value === null) return { value };
  if (typeof value !== 'object') return { path, problem: `a ${typeof value}` };
  const moment = isoTextOf(value);
  if (moment !== undefined) return { value: moment };
  if (isDate(value)) return { path, problem: 'an invalid date' };
  if (level === MOST_LEVELS) return { path, problem: 'an object that is nested too deeply' };
  return Array.isArray(value) ? plainList(value as unknown[], path, level) : plainEntries(value, path, level);
}

/** Whether something is an object as JSON has it: no list, no date, and nothing of JavaScript's own that would look empty. */
export function isPlainObject(value: unknown): value is IDataObject {
  return Object.prototype.toString.call(value) === '[object Object]' && isoTextOf(value) === undefined;
}

/** The first number of a JSON text that would lose digits when it is read; undefined when there is none. */
export function inexactNumberIn(json: string): string | undefined {
  return json.match(JSON_TOKENS)?.find((token) => !token.startsWith('"') && !keepsDigits(token));
}

function plainNumber(value: number, path: string): { readonly value: JsonValue } | Unsendable {
  const number = numberIn(value);
  if (number === undefined) return { path, problem: String(value) };
  return number === INEXACT ? { path, problem: `${String(value)}, which has more digits than are kept: give it as text` } : { value };
}

function plainList(list: readonly unknown[], path: string, level: number): { readonly value: JsonValue } | Unsendable {
  const values: unknown[] = [];
  for (const [index, entry] of list.entries()) {
    const plain = toPlainJson(entry, `${path}[${index}]`, level + 1);
    if ('problem' in plain) return plain;
    values.push(plain.value);
  }
  return { value: values as JsonValue };
}

function plainEntries(object: object, path: string, level: number): { readonly value: JsonValue } | Unsendable {
  if (Object.prototype.toString.call(object) !== '[object Object]') return { path, problem: 'no JSON' };
  const entries: Array<[string, JsonValue]> = [];
  for (const [name, entry] of Object.entries(object) as Array<[string, unknown]>) {
    if (entry === undefined) continue;
    const plain = toPlainJson(entry, path === '' ? name : `${path}.${name}`, level + 1);
    if ('problem' in plain) return plain;
    entries.push([name, plain.value]);
  }
  // Unlike an assignment, this keeps a column named __proto__.
  return { value: Object.fromEntries(entries) };
}
