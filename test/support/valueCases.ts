import fc from 'fast-check';

/** What a value given for a field means: what Campaign is to store, nothing to be done, or nothing that the field can hold. */
export type Meaning = { readonly stored: unknown } | 'blank' | 'refused';

/** One value for one field, and what it means; found without any code of the package. */
export interface ValueCase {
  readonly field: string;
  readonly value: unknown;
  readonly meaning: Meaning;
}

/** The time zone of the workflow in which the values are given. In January it is an hour ahead of UTC. */
export const ZONE = 'Europe/Paris';

const BLANKS: readonly unknown[] = [null, '', ' ', '\t\n', '\u00a0', '\u200b', '\ufeff \u2060', undefined];
/** What comes along with a value from a spreadsheet or a web page, before and behind it. */
const UNSEEN = fc.constantFrom<readonly [string, string]>(
  ['', ''],
  [' ', ' '],
  ['\ufeff', ''],
  ['\u00a0', '\u00a0'],
  ['\u200b', '\u200e\n'],
);
const NO_SCALARS: readonly unknown[] = [[], ['a'], {}, { a: 1 }, () => 1, Symbol('s'), new Map(), NaN, Infinity, -Infinity, new Date(NaN)];
const TOO_LONG_NUMBERS: readonly unknown[] = [Number('12345678901234567890'), Number('-9007199254740993'), 1e21, 2n ** 70n];

const blank = fc.constantFrom(...BLANKS).map((value) => ({ value, meaning: 'blank' as const }));
const refused = (...values: readonly unknown[]) => fc.constantFrom(...values).map((value) => ({ value, meaning: 'refused' as const }));
const stored = <Value>(arbitrary: fc.Arbitrary<Value>, meant: (value: Value) => unknown = (value) => value) =>
  arbitrary.map((value) => ({ value, meaning: { stored: meant(value) } }));
const pairs = (...entries: ReadonlyArray<readonly [unknown, unknown]>) =>
  fc.constantFrom(...entries).map(([value, meant]) => ({ value, meaning: { stored: meant } }));

const amidUnseen = (cases: fc.Arbitrary<{ value: unknown; meaning: Meaning }>) =>
  fc.tuple(cases, UNSEEN).map(([{ value, meaning }, [before, behind]]) => ({ value: `${before}${String(value)}${behind}`, meaning }));

/** Text without the halves of characters that JSON cannot carry, and not blank. */
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(
      'null',
      'NaN',
      '0x1F',
      '1e3',
      '007',
      ' padded ',
      'é',
      'e\u0301',
      '\ufeffBOM',
      '😀',
      '"quoted"',
      '{{ $json.a }}',
      '-',
      '__proto__',
      'constructor',
    ),
  )
  .filter((text) => text.replace(/[\s\p{Cf}]/gu, '') !== '' && text.length <= 20 && !/\p{Surrogate}/u.test(text));

const textCases = fc.oneof(
  stored(words),
  stored(fc.integer(), String),
  stored(fc.boolean(), String),
  pairs(
    [1e-7, '0.0000001'],
    [-1.5e-10, '-0.00000000015'],
    [-0, '0'],
    [0.1, '0.1'],
    [9007199254740991, '9007199254740991'],
    [12345678901234567890n, '12345678901234567890'],
  ),
  refused('x'.repeat(300), 'a\0b', 'half \ud83d', '\udc00 half', ...NO_SCALARS, ...TOO_LONG_NUMBERS.slice(0, 3)),
  blank,
);

const noNumbers = refused(
  '0x1F',
  '1e3',
  '1,5',
  '1 000',
  '1_000',
  'Infinity',
  'NaN',
  '١٢',
  '12px',
  '--1',
  '1.',
  true,
  false,
  '12345678901234567890',
  '0.12345678901234567',
  new Date(0),
  ...NO_SCALARS,
  ...TOO_LONG_NUMBERS,
);

const numberCases = fc.oneof(
  stored(fc.integer()),
  amidUnseen(stored(fc.integer())),
  stored(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).filter((value) => !Object.is(value, -0))),
  pairs(['-1.50', -1.5], ['+7', 7], ['.5', 0.5], ['007', 7], [-0, 0], ['-0', 0], ['123456789012345', 123456789012345], [12n, 12]),
  noNumbers,
  blank,
);

const wholeCases = fc.oneof(
  stored(fc.integer()),
  amidUnseen(stored(fc.integer())),
  pairs(['+7', 7], ['007', 7], ['7.0', 7], [-0, 0], ['-0', 0], [12n, 12]),
  noNumbers,
  blank,
);

const booleanCases = fc.oneof(
  pairs(
    [true, true],
    [false, false],
    ['true', true],
    ['FALSE', false],
    [' True ', true],
    ['\u00a0true\u200b', true],
    [1, true],
    [0, false],
    ['1', true],
    ['0', false],
  ),
  refused('yes', 'no', 'on', 'ja', 2, -1, 'truee', '00', 'null', new Date(0), ...NO_SCALARS),
  blank,
);

const choiceCases = (...choices: ReadonlyArray<readonly [name: string, label: string]>) =>
  fc.oneof(
    pairs(
      ...choices.flatMap(
        ([name, label]) =>
          [
            [name, name],
            [` ${name} `, name],
            [`\ufeff${label}\u00a0`, name],
            [label, name],
            [label.toUpperCase(), name],
          ] as const,
      ),
    ),
    refused('nothing of the kind', `${choices[0]?.[0] ?? ''}x`, '__Invalid_value__', '__proto__', 'constructor', ...NO_SCALARS),
    blank,
  );

/** Days in January, where the zone is an hour ahead all month, and the days around them. */
const day = fc.integer({ min: 1, max: 31 }).map((number) => `2026-01-${String(number).padStart(2, '0')}`);
const minute = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const offset = fc.constantFrom<readonly [string, number]>(
  ['Z', 0],
  ['z', 0],
  ['+00:00', 0],
  ['+02:00', 2],
  ['+0200', 2],
  ['+02', 2],
  ['-11:00', -11],
  ['+14:00', 14],
  ['', 1],
);
const NO_DATES = [
  '24.10.1980',
  '10/24/1980',
  '2026-02-30',
  '2026-13-01',
  '2026',
  '09:30',
  'today',
  '2026-01-01T25:00',
  '0000-01-01',
  '+012026-01-01',
  '20260101x',
  0,
  1767225600000,
  true,
  ...NO_SCALARS,
];

const dateCases = fc.oneof(
  amidUnseen(stored(day)),
  stored(day, (text) => text).map(({ value, meaning }) => ({ value: value.replaceAll('-', ''), meaning })),
  fc.tuple(day, minute, offset).map(([date, time, [zone]]) => ({ value: `${date}T${time}:31${zone}`, meaning: { stored: date } })),
  // What databases make of a day: midnight of UTC, or of the workflow's zone.
  day.map((date) => ({ value: new Date(`${date}T00:00:00Z`), meaning: { stored: date } })),
  day.map((date) => ({ value: new Date(`${date}T00:00:00+01:00`), meaning: { stored: date } })),
  day.map((date) => ({ value: new Date(`${date}T12:31:00+01:00`), meaning: { stored: date } })),
  day.map((date) => ({ value: `${date}T00:00:00.000Z`, meaning: { stored: date } })),
  refused(...NO_DATES),
  blank,
);

const moment = (iso: string, hours: number): string => new Date(Date.parse(`${iso}Z`) - hours * 3_600_000).toISOString().replace('T', ' ');
const datetimeCases = fc.oneof(
  fc.tuple(day, minute, offset, fc.constantFrom('T', ' ', 't')).map(([date, time, [zone, hours], between]) => ({
    value: `${date}${between}${time}:59.125${zone}`,
    meaning: { stored: moment(`${date}T${time}:59.125`, hours) },
  })),
  fc.tuple(day, minute).map(([date, time]) => ({ value: new Date(`${date}T${time}Z`), meaning: { stored: moment(`${date}T${time}`, 0) } })),
  amidUnseen(day.map((date) => ({ value: date, meaning: { stored: moment(`${date}T00:00`, 1) } }))),
  refused(...NO_DATES),
  blank,
);

const objectCases = fc.oneof(
  stored(fc.record({ city: words, zipCode: words })),
  refused(
    'Paris',
    5,
    true,
    [],
    new Map(),
    new Date(0),
    { city: NaN },
    { city: 'a\0b' },
    { city: '\ud83d' },
    { city: Number('12345678901234567890') },
    { city: () => 1 },
  ),
  blank,
);

const of = (field: string, cases: fc.Arbitrary<{ value: unknown; meaning: Meaning }>): fc.Arbitrary<ValueCase> =>
  cases.map((each) => ({ field, ...each }));

/** Values for the fields of the simulator's orders, a custom resource. Links are given apart: their keys are made on the spot. */
export const ORDER_CASES: fc.Arbitrary<ValueCase> = fc.oneof(
  of('comment', textCases),
  of('amount', numberCases),
  of('gift', booleanCases),
  of('orderDate', dateCases),
  of('shippedAt', datetimeCases),
  of('status', choiceCases(['open', 'Open'], ['shipped', 'Shipped'], ['returned', 'Returned'])),
);

/** Values for fields of the simulator's profiles that no data policy changes. */
export const PROFILE_CASES: fc.Arbitrary<ValueCase> = fc.oneof(
  of('externalId', textCases),
  of('cusPoints', wholeCases),
  of('blackListEmail', booleanCases),
  of('birthDate', dateCases),
  of('cusLastPurchase', datetimeCases),
  of('gender', choiceCases(['male', 'Male'], ['female', 'Female'])),
  of('location', objectCases),
);

/** Columns that are no fields of anything, some of which every JavaScript object seems to have. */
export const ODD_COLUMNS: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'a.b',
  'a[0]',
  ' ',
  '',
  '\ufeffcolumn',
  '\u200b',
  '😀',
  "it's",
  'back\\slash',
  'new\nline',
  '{{ $json.x }}',
  '<b>bold</b>',
];
