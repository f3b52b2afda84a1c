import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { choicesOf } from './parameters';

/** Values of every kind that an expression, a Code step, a database or an AI model may give. */
export const ODD_VALUES: readonly unknown[] = [
  undefined,
  null,
  '',
  '  \t',
  '\u00a0',
  'null',
  'undefined',
  'NaN',
  'true',
  'false',
  ' TRUE ',
  'yes',
  'on',
  true,
  false,
  1,
  0,
  -1,
  -0,
  2.5,
  5,
  12,
  1e21,
  1e-7,
  NaN,
  Infinity,
  Number('12345678901234567890'),
  10n,
  '1',
  '0',
  '5',
  ' 7 ',
  '-1',
  '+3',
  '1e3',
  '0x1F',
  '1,5',
  '١٢',
  '12345678901234567890',
  [],
  ['a'],
  [1, 2],
  [[]],
  [null],
  {},
  { a: 1 },
  { value: 'x' },
  new Date('2026-03-01T09:30:00Z'),
  new Date(NaN),
  DateTime.fromISO('2026-03-01T09:30:00Z', { zone: 'utc' }),
  new Map([['a', 1]]),
  new Set(['a']),
  /x/,
  () => 1,
  Symbol('s'),
  '2026-03-01',
  '2026-03-01T09:30:00+02',
  '01.03.2026',
  '2026-02-30',
  '\ufeffBOM',
  'EVTa\u200bb',
  'amy\u00a0x',
  'two\nlines',
  'nul\0',
  'half \ud800',
  '😀',
  'é',
  'e\u0301',
  '100%',
  '%2F..%2f',
  '..',
  'a/b',
  'a\\b',
  'a?b#c',
  'a&b=c+d',
  'a,b',
  `it's "quoted"`,
  '<b>bold</b>',
  '{{ $json.x }}',
  '=1',
  '__proto__',
  'constructor',
  'toString',
  '@abc',
  'amy.dakota@mail.com',
  'https://elsewhere.example/x',
  '{"a":1}',
  '[1]',
  '{"a":1',
  'x'.repeat(5000),
];

/** Values that each kind of parameter is always tried with. */
export const TELLING_VALUES: Partial<Record<INodeProperties['type'], readonly unknown[]>> = {
  boolean: ['yes', 'true'],
  dateTime: ['01.03.2026', new Date('2026-03-01T09:30:00Z')],
  json: [new Date('2026-03-01T09:30:00Z'), []],
  number: ['1e3', '5'],
  options: [undefined, 'yes'],
  resourceLocator: [{ a: 1 }, true],
  string: [{ a: 1 }, NaN],
};

/** What a model leaves out arrives as one of these. */
export const BLANKS: readonly unknown[] = ['', null, '  ', undefined];

/** A value for a message. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : String(value);
  return text.slice(0, 40);
}

/** What a value means at some place: another way to say the same that nobody can mistake, or nothing that may pass. */
export type Meant = { readonly same: unknown } | 'refused';

/** Taken for what it is, where it is text that a place may hold. */
export function meantAt(property: INodeProperties, value: unknown): Meant {
  switch (property.type) {
    case 'boolean':
      return sideOf(value);
    case 'number':
      return numberOf(value);
    case 'options':
      return choicesOf(property).length > 0 ? choiceOf(property, value) : textOf(value);
    case 'dateTime':
      return momentOf(value);
    case 'json':
      return objectOf(value);
    case 'multiOptions':
      return namesOf(value);
    default:
      // Of any type, which Campaign knows, or the field beside it.
      return property.displayName === 'Value' ? anythingOf(value) : textOf(value);
  }
}

function anythingOf(value: unknown): Meant {
  const isMoment = value instanceof DateTime || (value instanceof Date && !Number.isNaN(value.getTime()));
  if (isMoment || (typeof value === 'string' && value.trim() !== '')) return { same: value };
  return textOf(value);
}

function sideOf(value: unknown): Meant {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : value;
  if (text === true || text === 'true' || text === '1') return { same: true };
  return text === false || text === 'false' || text === '0' ? { same: false } : 'refused';
}

function numberOf(value: unknown): Meant {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 1e16 ? { same: value } : 'refused';
  if (typeof value === 'bigint') return { same: Number(value) };
  return typeof value === 'string' && /^\s*[+-]?\d{1,15}(?:\.\d+)?\s*$/.test(value) ? { same: Number(value) } : 'refused';
}

function choiceOf(property: INodeProperties, value: unknown): Meant {
  const text = typeof value === 'string' ? value.trim() : value;
  return choicesOf(property).some((choice) => choice === text) ? { same: text } : 'refused';
}

function textOf(value: unknown): Meant {
  if (value === undefined || value === null) return { same: '' };
  if (typeof value === 'string') return { same: value.trim() };
  if (typeof value === 'boolean' || typeof value === 'bigint') return { same: String(value) };
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e16)
    return { same: value === 1e-7 ? '0.0000001' : String(value) };
  return 'refused';
}

function momentOf(value: unknown): Meant {
  if (value === undefined || value === null) return { same: '' };
  if (typeof value === 'string' && value.trim() === '') return { same: '' };
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { same: value.toISOString() };
  if (value instanceof DateTime) return { same: value.toISO() };
  return value === '2026-03-01' || value === '2026-03-01T09:30:00+02' ? { same: value } : 'refused';
}

function objectOf(value: unknown): Meant {
  if (value === '{"a":1}') return { same: { a: 1 } };
  if (typeof value === 'string' && value.trim() === '') return { same: '{}' };
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? { same: JSON.stringify(value) } : 'refused';
}

function namesOf(value: unknown): Meant {
  if (typeof value === 'string') return { same: value.split(',').flatMap((part) => part.trim() || []) };
  if (Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number'))
    return { same: value.map(String) };
  return typeof value === 'number' || typeof value === 'bigint' ? { same: [String(value)] } : 'refused';
}
