import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { CampaignError } from '../../../nodes/shared/campaign/error';
import { prepareFields, withoutUnchanged, type FieldRules } from '../../../nodes/shared/campaign/fields/prepareFields';
import type { CampaignField, FieldKind } from '../../../nodes/shared/campaign/metadata';
import { Row } from '../../../nodes/shared/execution/parameters';
import { field } from '../support/campaign';

/** More on a quiet machine: PROPERTY_RUNS=100000. A failure prints its seed and the smallest case. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1500);
const OPTIONS = { numRuns: RUNS };

const anyValue = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
  fc.double(),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom('true', 'FALSE', '0', '1', 'yes', '0x1F', '1e3', '12345678901234567000', '2026-02-30', '24.10.1980', '20260301', '', ' '),
  fc.constantFrom<unknown>(NaN, Infinity, -0, 12345678901234567000, 1e-7, 2n ** 70n),
  fc.integer().map(String),
  fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
);

/** As `toEqual`, which alone would take most of the time of thousands of cases. */
function same(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

/** The result, or undefined for a refusal that names the parameter; anything else fails the property. */
function readOrRefusal<Result>(read: () => Result, name: string): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CampaignError) || error.details.reason !== 'invalidInput') throw error;
    if (!error.message.includes(name)) throw error;
    return undefined;
  }
}

const rowOf = (value: unknown) =>
  new Row('row', { value } as ConstructorParameters<typeof Row>[1], { isTool: false, zone: 'Europe/Paris' });

jest.setTimeout(60_000);

describe('every reader gives the value meant, or refuses by name', () => {
  it.each<[string, (row: Row) => unknown, (read: unknown, given: unknown) => boolean]>([
    [
      'flag',
      (row) => row.flag('value', 'Value'),
      (read, given) =>
        String(given ?? false)
          .trim()
          .toLowerCase() === String(read) || Number(given) === Number(read),
    ],
    ['positiveNumber', (row) => row.positiveNumber('value', 'Value', 5, { most: 100 }), (read) => Number(read) > 0 && Number(read) <= 100],
    ['count', (row) => row.count('value', 'Value', 5), (read) => Number.isSafeInteger(read) && Number(read) >= 1],
    ['choice', (row) => row.choice('value', 'Value', ['0', 'true']), (read) => read === '0' || read === 'true'],
    [
      'text',
      (row) => row.text('value', 'Value'),
      (read, given) => typeof read === 'string' && !/NaN|Infinity/.test(typeof given === 'number' ? read : ''),
    ],
    ['key', (row) => row.key('value', 'Value'), (read) => typeof read === 'string' && read !== '' && !/[/?#%\\]/.test(read)],
    [
      'moment',
      (row) => row.moment('value', 'Value'),
      (read) => read === undefined || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/.test((read as { text: string }).text),
    ],
    ['day', (row) => row.day('value', 'Value'), (read) => read === undefined || /^\d{4}-\d\d-\d\d$/.test(String(read))],
    [
      'names',
      (row) => row.names('value', 'Value'),
      (read) => Array.isArray(read) && read.every((name) => typeof name === 'string' && name !== ''),
    ],
    ['jsonObject', (row) => row.jsonObject('value', 'Value', 'Give one.'), (read) => typeof read === 'object' && read !== null],
  ])('%s', (_, read, holds) => {
    fc.assert(
      fc.property(anyValue, (given) => {
        const result = readOrRefusal(() => ({ value: read(rowOf(given)) }), "'Value'");
        return result === undefined || holds(result.value, given);
      }),
      OPTIONS,
    );
  });
});

const FIELDS: readonly CampaignField[] = [
  ...(['string', 'number', 'boolean', 'date', 'datetime', 'link', 'object'] satisfies FieldKind[]).map((kind) =>
    field(kind, { name: kind }),
  ),
  field('enumeration', { name: 'enumeration', values: [{ name: 'male', label: 'Male' }] }),
  field('string', { name: 'constructor', maximumLength: 5, dataPolicy: 'smartCase' }),
  field('string', { name: '__proto__' }),
];
const CATALOGUE = new Map(FIELDS.map((described) => [described.name, described]));
const RULES: FieldRules = {
  api: 'profileAndServicesExt',
  zone: 'Europe/Paris',
  unknownFields: 'refuse',
  readOnlyFields: 'refuse',
  emptyValues: 'clear',
  longText: 'cut',
  nestedFields: 'send',
};

describe('every value of every kind of field', () => {
  const prepared = (catalogue: typeof CATALOGUE | undefined, name: string, value: unknown) => {
    try {
      return prepareFields(catalogue, Object.fromEntries([[name, value]]), RULES).fields;
    } catch (error) {
      if (!(error instanceof CampaignError) || error.details.reason !== 'invalidInput') throw error;
      const text = `${error.message} ${error.details.description}`;
      if (!text.includes(name) && !text.includes('nothing to write')) throw error;
      return undefined;
    }
  };

  it.each([
    ['with metadata', CATALOGUE],
    ['without metadata', undefined],
  ] as const)('is refused by name, or arrives as it was prepared, and is no change the second time: %s', (_, catalogue) => {
    fc.assert(
      fc.property(fc.constantFrom(...CATALOGUE.keys()), anyValue, (name, value) => {
        const fields = prepared(catalogue, name, value);
        if (!fields) return;
        const arrived = JSON.parse(JSON.stringify(fields)) as typeof fields;
        same(arrived, JSON.parse(JSON.stringify(fields, (_key, part: unknown) => (Object.is(part, -0) ? 0 : part))));
        same(Object.keys(arrived), [name]);
        if (catalogue?.get(name)?.kind !== 'link') same(withoutUnchanged(catalogue, fields, arrived), {});
      }),
      { numRuns: RUNS * 2 },
    );
  });
});
