import { execFileSync } from 'node:child_process';
import path from 'node:path';

import type { FieldKind } from '../../../../nodes/shared/campaign/metadata';
import { isEmpty } from '../../../../nodes/shared/campaign/scalars';
import { convertValue as convert, holds, type Conversion } from '../../../../nodes/shared/campaign/fields/values';
import type { CampaignField } from '../../../../nodes/shared/campaign/metadata';
import { field } from '../../support/campaign';

/** What becomes of a value where the workflow's time zone is UTC; the advice has tests of its own. */
const convertValue = (described: CampaignField, value: unknown, zone = 'utc'): Conversion => {
  const conversion = convert(described, value, zone);
  return 'value' in conversion ? conversion : { wanted: conversion.wanted };
};

const GENDER = field('enumeration', {
  name: 'gender',
  values: [
    { name: 'unknown', label: 'Unspecified' },
    { name: 'male', label: 'Male' },
    { name: 'female', label: 'Female' },
  ],
});

/** The DateTime of n8n's expressions, told by its `toISO`, which keeps its zone and gives null for an invalid one. */
const moment = (iso: string | null) => ({ toISO: () => iso });

describe('convertValue: text', () => {
  it.each([
    ['Amy', 'Amy'],
    [' Amy ', ' Amy '],
    ['0049 170', '0049 170'],
    [42, '42'],
    [true, 'true'],
    [new Date('2026-01-31T09:30:00Z'), '2026-01-31T09:30:00.000Z'],
    [moment('2026-01-31T09:30:00.000+02:00'), '2026-01-31T09:30:00.000+02:00'],
  ])('sends %j as %j', (value, expected) => {
    expect(convertValue(field('string'), value)).toEqual({ value: expected });
  });

  it.each(['[object Object]', 'Dear [object Object],'])('does not send %j, in which an object got lost', (value) => {
    expect(convertValue(field('string'), value)).toEqual({ wanted: 'text in which no object got lost' });
  });

  it.each(['#N/A', ' #REF! ', '#DIV/0!', '#NAME?', '#NV', '#¡VALOR!', '#VALEUR!'])('does not send %j of a spreadsheet', (value) => {
    expect(convertValue(field('string'), value)).toEqual({ wanted: "text, and not a spreadsheet's error" });
  });

  it.each(['#1', '# N/A', 'C#', '#amy', '#NA', 'Flat #12!', '[object]'])('sends %j', (value) => {
    expect(convertValue(field('string'), value)).toEqual({ value });
  });

  it('does not send text of a file that was read in another encoding', () => {
    expect(convertValue(field('string'), 'Ren\ufffd')).toEqual({ wanted: expect.stringContaining('read the file in its own encoding') });
  });

  it.each([[{ a: 1 }], [['Amy']], [new Date(Number.NaN)]])('does not send %j', (value) => {
    expect(convertValue(field('string'), value)).toEqual({ wanted: 'text' });
  });
});

describe('convertValue: numbers', () => {
  it.each([
    [41, 41],
    ['41', 41],
    [' 41 ', 41],
    ['-1.5', -1.5],
    [0, 0],
    ['0', 0],
  ])('sends %j as %j', (value, expected) => {
    expect(convertValue(field('number'), value)).toEqual({ value: expected });
  });

  it.each(['forty', '1,5', '1.000,00', '12 34', Number.NaN, Number.POSITIVE_INFINITY, 'Infinity', true, {}, [], [41], new Date(0)])(
    'does not send %j',
    (value) => {
      expect(convertValue(field('number'), value)).toEqual({ wanted: 'a number' });
    },
  );
});

describe('convertValue: a point before three digits', () => {
  it.each(['1.500', '12.345', '-1.000', '+999.999', ' 1.500\u00a0'])('is not taken in %j: half of the world means thousands', (value) => {
    expect(convertValue(field('number'), value)).toEqual({ wanted: 'a number that can be read in one way' });
  });

  it.each([
    ['0.125', 0.125],
    ['-0.500', -0.5],
    ['1.50', 1.5],
    ['1.5000', 1.5],
    ['1234.567', 1234.567],
    [1.5, 1.5],
    [12.345, 12.345],
  ])('is what it is in %j', (value, expected) => {
    expect(convertValue(field('number'), value)).toEqual({ value: expected });
  });
});

describe('convertValue: switches', () => {
  it.each([
    [true, true],
    [false, false],
    ['true', true],
    ['False', false],
    ['TRUE', true],
    [1, true],
    [0, false],
    ['1', true],
    ['0', false],
  ])('sends %j as %j', (value, expected) => {
    expect(convertValue(field('boolean'), value)).toEqual({ value: expected });
  });

  it.each(['yes', 'on', 'truthy', 2, -1, {}, []])('does not send %j', (value) => {
    expect(convertValue(field('boolean'), value)).toEqual({ wanted: 'true or false' });
  });
});

describe('convertValue: dates', () => {
  it.each([
    ['1980-10-24', '1980-10-24'],
    [' 1980-10-24 ', '1980-10-24'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['1980-10-24T00:00:00.000Z', '1980-10-24'],
    ['1980-10-24 00:00:00.000Z', '1980-10-24'],
  ])('sends %j as %j', (value, expected) => {
    expect(convertValue(field('date'), value)).toEqual({ value: expected });
  });

  it.each([
    ['text with a zone east of here, before its midnight in UTC', '1980-10-24T00:30:00+09:00'],
    ['text with a zone west of here, after its midnight in UTC', '1980-10-24T23:30:00-10:00'],
    ['a DateTime of a zone east of here', moment('1980-10-24T00:00:00.000+09:00')],
    ['a DateTime of a zone west of here', moment('1980-10-24T23:59:59.000-10:00')],
    ['a Date of midnight in UTC', new Date('1980-10-24')],
  ])('does not move a birthday: %s', (_, value) => {
    expect(convertValue(field('date'), value)).toEqual({ value: '1980-10-24' });
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '1980-10-24x',
    '1980-1-2',
    '24.10.1980',
    '10/24/1980',
    'yesterday',
    19801024,
    true,
    {},
    ['1980-10-24'],
    new Date(Number.NaN),
    moment(null),
  ])('does not send %j', (value) => {
    expect(convertValue(field('date'), value)).toEqual({ wanted: 'a date such as 1980-10-24' });
  });
});

describe('convertValue: dates with a time', () => {
  const expected = { value: '2026-01-31 09:30:00.000Z' };

  it.each([
    ['in UTC', '2026-01-31T09:30:00Z'],
    ['as Campaign prints it', '2026-01-31 09:30:00.000Z'],
    ['with a small z', '2026-01-31T09:30:00z'],
    ['without a zone', '2026-01-31T09:30:00'],
    ['without seconds', '2026-01-31 09:30'],
    ['with a zone', '2026-01-31T11:30:00+02:00'],
    ['with a zone without a colon', '2026-01-31T04:30:00-0500'],
    ['with a zone on another day', '2026-02-01T01:30:00+16:00'],
    ['as a Date', new Date('2026-01-31T09:30:00Z')],
    ['as a DateTime of another zone', moment('2026-01-31T04:30:00.000-05:00')],
  ])('sends the moment %s', (_, value) => {
    expect(convertValue(field('datetime'), value)).toEqual(expected);
  });

  it('takes a day for its beginning', () => {
    expect(convertValue(field('datetime'), '2026-01-31')).toEqual({ value: '2026-01-31 00:00:00.000Z' });
  });

  it.each([
    'now',
    '09:30',
    '31.01.2026 09:30',
    '2026-01-31T25:00:00Z',
    '2026-13-01T00:00:00Z',
    1769851800000,
    true,
    {},
    new Date(Number.NaN),
  ])('does not send %j', (value) => {
    expect(convertValue(field('datetime'), value)).toEqual({ wanted: 'a date and time such as 2026-01-31T09:30:00Z' });
  });
});

describe('the time zone of the server', () => {
  // A process keeps the time zone it was started with.
  it.each(['Pacific/Kiritimati', 'America/New_York'])('makes no difference: %s', (TZ) => {
    const script = `
      const { convertValue } = require('./nodes/shared/campaign/fields/values.ts');
      const convert = (kind, value) => convertValue({ name: 'f', label: 'f', kind, readOnly: false, sortable: false, values: [] }, value, 'utc').value;
      console.log(JSON.stringify([
        new Date(0).getTimezoneOffset() === 0,
        convert('datetime', '2026-01-31T09:30:00'),
        convert('datetime', '2026-01-31 09:30'),
        convert('datetime', '2026-01-31'),
        convert('date', '1980-10-24'),
        convert('date', '1980-10-24T00:30:00+09:00'),
      ]));`;
    const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
      cwd: path.resolve(__dirname, '../../../..'),
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });

    expect(JSON.parse(printed)).toEqual([
      false,
      '2026-01-31 09:30:00.000Z',
      '2026-01-31 09:30:00.000Z',
      '2026-01-31 00:00:00.000Z',
      '1980-10-24',
      '1980-10-24',
    ]);
  });
});

describe('convertValue: enumerations', () => {
  it.each([
    ['male', 'male'],
    [' male ', 'male'],
    ['Male', 'male'],
    ['FEMALE', 'female'],
    ['unspecified', 'unknown'],
  ])('sends %j as %j', (value, name) => {
    expect(convertValue(GENDER, value)).toEqual({ value: name });
  });

  it('prefers a name to the label of another value', () => {
    const crossed = field('enumeration', {
      values: [
        { name: 'a', label: 'b' },
        { name: 'b', label: 'c' },
      ],
    });

    expect(convertValue(crossed, 'b')).toEqual({ value: 'b' });
    expect(convertValue(crossed, 'c')).toEqual({ value: 'b' });
  });

  it('takes names in any letter case, and labels however their accents are encoded', () => {
    const language = field('enumeration', {
      values: [
        { name: 'fr_fr', label: 'Fran\u00e7ais' },
        { name: 'en_us', label: 'English' },
      ],
    });

    expect(convertValue(language, 'fr_FR')).toEqual({ value: 'fr_fr' });
    expect(convertValue(language, 'FRANC\u0327AIS')).toEqual({ value: 'fr_fr' });
  });

  it('does not choose between values with one label', () => {
    const alike = field('enumeration', {
      values: [
        { name: 'web', label: 'Online' },
        { name: 'app', label: 'online' },
      ],
    });

    expect(convertValue(alike, 'web')).toEqual({ value: 'web' });
    expect(convert(alike, 'Online', 'utc')).toEqual({
      wanted: 'one of Online (web), online (app)',
      advice: 'Give the name as it is written: web or app.',
    });
  });

  it.each(['other', '__Invalid_value__', 'mal', 1, true, {}])('lists the choices instead of sending %j', (value) => {
    expect(convertValue(GENDER, value)).toEqual({ wanted: 'one of Unspecified (unknown), Male (male), Female (female)' });
  });

  it.each([
    ['fr-FR', 'fr_fr'],
    ['FR fr', 'fr_fr'],
    ['Europe/Paris', 'Europe_Paris'],
    ['america/buenos aires', 'America_Buenos_Aires'],
    ['-1', '-1'],
  ])('takes %j for %s, as others put its parts together', (value, expected) => {
    const names = ['fr_fr', 'fr_be', 'Europe_Paris', 'America_Buenos_Aires', '1', '-1', '_1'];
    const choices = field('enumeration', { values: names.map((name) => ({ name, label: name })) });
    expect(convertValue(choices, value)).toEqual({ value: expected });
  });

  it('lists first what begins like the text that is no choice', () => {
    const names = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg', 'hh', 'ii', 'jj', 'kk', 'll', 'mm', 'fr_be', 'fr_fr'];
    const choices = field('enumeration', { values: names.map((name) => ({ name, label: name })) });
    expect(convertValue(choices, 'fr')).toEqual({ wanted: expect.stringMatching(/^one of fr_be, fr_fr, aa, .*\(and 3 more\)$/) });
  });

  it('does not list a hundred choices', () => {
    const zones = field('enumeration', {
      values: Array.from({ length: 115 }, (_, index) => ({ name: `zone${index}`, label: `Zone ${index}` })),
    });
    const conversion = convertValue(zones, 'Atlantis');

    expect(conversion).toEqual({ wanted: expect.stringMatching(/^one of Zone 0 \(zone0\), .*\(zone11\) \(and 103 more\)$/) });
  });
});

describe('convertValue: links and objects', () => {
  it.each([
    ['@Wq7d', { PKey: '@Wq7d' }],
    ['\ufeff @Wq7d\u00a0', { PKey: '@Wq7d' }],
    [' {"PKey":"@Wq7d","title":"France"} ', { PKey: '@Wq7d' }],
    [{ PKey: '@Wq7d', title: 'France', href: 'https://mc.adobe.io/x' }, { PKey: '@Wq7d' }],
  ])('links to %j', (value, link) => {
    expect(convertValue(field('link'), value)).toEqual({ value: link });
  });

  it.each([null, '', '  ', undefined])('unlinks for %j', (value) => {
    expect(convertValue(field('link'), value)).toEqual({ value: null });
  });

  it.each([{ title: 'France' }, { PKey: '' }, { PKey: 7 }, 7, ['@a'], {}, 'amy@mail.com', 'FR', { PKey: 'FR' }])(
    'does not link to %j',
    (value) => {
      expect(convertValue(field('link'), value)).toEqual({ wanted: 'a PKey, or an object with a PKey' });
    },
  );

  it('takes an object that a table has as JSON text', () => {
    expect(convertValue(field('object'), ' {"city":"Paris","zipCode":"75001"}\n')).toEqual({ value: { city: 'Paris', zipCode: '75001' } });
  });

  it.each(['{"city":"Paris"', '{"city":12345678901234567890}', '["Paris"]', '"Paris"', 'Paris', '{}x'])(
    'takes no other text for one: %j',
    (text) => {
      expect(convertValue(field('object'), text)).toEqual({ wanted: 'an object' });
    },
  );

  it('sends an object as it is', () => {
    const location = { city: 'Paris', zipCode: '' };

    expect(convertValue(field('object'), location)).toEqual({ value: location });
    expect(convertValue(field('object'), 'Paris')).toEqual({ wanted: 'an object' });
    expect(convertValue(field('object'), [location])).toEqual({ wanted: 'an object' });
  });
});

describe('convertValue: nothing', () => {
  const nothing = [null, undefined, '', ' ', '\n'];

  it.each(nothing)('empties text, dates and date-times with %j', (value) => {
    for (const kind of ['string', 'date', 'datetime'] satisfies FieldKind[]) {
      expect(convertValue(field(kind), value)).toEqual({ value: '' });
    }
  });

  it.each([
    ['number', 'a number'],
    ['boolean', 'true or false'],
    ['collection', 'a collection'],
  ] satisfies Array<[FieldKind, string]>)('cannot empty a %s', (kind, wanted) => {
    for (const value of nothing) {
      expect(convertValue(field(kind), value)).toEqual({ wanted: expect.stringContaining(wanted) });
    }
  });

  it('cannot empty an enumeration, and names its choices', () => {
    expect(convertValue(GENDER, '')).toEqual({ wanted: 'one of Unspecified (unknown), Male (male), Female (female)' });
  });

  it('keeps zero and false apart from nothing', () => {
    expect(convertValue(field('number'), 0)).toEqual({ value: 0 });
    expect(convertValue(field('boolean'), false)).toEqual({ value: false });
    expect(convertValue(field('string'), 0)).toEqual({ value: '0' });
  });
});

describe('isEmpty', () => {
  it.each([
    [null, true],
    [undefined, true],
    ['', true],
    [' \t\n', true],
    ['a', false],
    [0, false],
    [false, false],
    [[], false],
    [{}, false],
  ])('%j: %j', (value, expected) => {
    expect(isEmpty(value)).toBe(expected);
  });
});

describe('a field for emails', () => {
  const email = field('string', { name: 'email', dataPolicy: 'email' });

  it.each([' amy@mail.com ', '\ufeffamy@mail.com\u00a0', 'a\u200bmy@mail.com\n'])('takes %j without what cannot be seen', (text) => {
    expect(convertValue(email, text)).toEqual({ value: 'amy@mail.com' });
  });

  it.each([
    ...['amy', 'amy@', '@mail.com', 'a b@mail.com', 'a@b@mail.com', 'a@mail.com, b@mail.com', 'Amy <amy@mail.com>', 5, true, NaN],
    ...[
      'mailto:amy@mail.com',
      '(amy@mail.com)',
      'amy@[127.0.0.1]',
      'amy@mail..com',
      'amy@mail.com.',
      'amy@.com',
      '"amy"@mail.com',
      'a\\b@mail.com',
    ],
  ])('refuses %j, because Campaign does not say which field it means', (value) =>
    expect(convertValue(email, value)).toEqual({ wanted: 'one email address' }),
  );
});

describe('a field for phone numbers', () => {
  const phone = field('string', { name: 'phone', dataPolicy: 'phone' });

  it.each<[unknown, string]>([
    ['\u202a+33 1 23\u202c', '+33 1 23'],
    ['\u202d0123\u202c', '0123'],
    [' +49\u00a0170 ', '+49\u00a0170'],
    [33123456789, '33123456789'],
    ['0033 (0)1 23 ext. 5', '0033 (0)1 23 ext. 5'],
  ])('takes %j without what address books put around it', (value, expected) => {
    expect(convertValue(phone, value)).toEqual({ value: expected });
  });

  it.each(['3.36012E+10', '3,36012E+10', '3E+10', ' 3.3e+010\u00a0', true])('refuses %j, of which digits are lost', (value) => {
    expect(convertValue(phone, value)).toEqual({ wanted: 'a phone number' });
  });

  it('leaves such text alone elsewhere', () => {
    expect(convertValue(field('string'), '3.36012E+10')).toEqual({ value: '3.36012E+10' });
  });
});

describe('a field for whole numbers', () => {
  it.each<[number, unknown, unknown]>([
    [32, '41', 41],
    [32, 7.0, 7],
    [32, '7.0', 7],
    [32, '1000.000', 1000],
    [32, -2147483648, -2147483648],
    [32, 2147483647, 2147483647],
    [16, 32767, 32767],
    [8, -128, -128],
    [64, 9007199254740991, 9007199254740991],
  ])('of %d bits takes %j', (wholeBits, value, expected) => {
    expect(convertValue({ ...field('number'), wholeBits }, value)).toEqual({ value: expected });
  });

  it.each<[number, unknown, string]>([
    [32, 1.5, 'a whole number from -2147483648 to 2147483647'],
    [32, '0.5', 'a whole number from -2147483648 to 2147483647'],
    [32, 2147483648, 'a whole number from -2147483648 to 2147483647'],
    [32, '-2147483649', 'a whole number from -2147483648 to 2147483647'],
    [16, 32768, 'a whole number from -32768 to 32767'],
    [8, 128, 'a whole number from -128 to 127'],
    [64, 1.5, 'a whole number'],
    [32, '1.000', 'a whole number in digits alone'],
    [32, ' 12.345\u00a0', 'a whole number in digits alone'],
  ])('of %d bits refuses %j, which Campaign would store as another one', (wholeBits, value, wanted) => {
    expect(convertValue({ ...field('number'), wholeBits }, value)).toEqual({ wanted });
  });
});

describe('holds', () => {
  it.each([
    ['text', field('string'), 'Amy', 'Amy', true],
    ['other text', field('string'), 'Amy', 'amy', false],
    ['text without its blanks', field('string'), 'Amy ', 'Amy', false],
    ['emptied text', field('string'), '', '', true],
    ['text that was not emptied', field('string'), '', 'Amy', false],
    ['text that was lost', field('string'), 'Amy', '', false],
    ['text that is not in the answer', field('string'), 'Amy', undefined, false],
    ['an emptied date that reads null', field('date'), '', null, true],
    ['a number printed as text', field('number'), 5, '5.0', true],
    ['another number', field('number'), 5, 6, false],
    ['zero against nothing', field('number'), 0, '', false],
    ['a switch printed as text', field('boolean'), true, 'true', true],
    ['the other side of a switch', field('boolean'), true, false, false],
    ['a date printed with a time', field('date'), '1980-10-24', '1980-10-24 00:00:00.000Z', true],
    ['another date', field('date'), '1980-10-24', '1980-10-25', false],
    ['a moment in another form', field('datetime'), '2026-01-31 09:30:00.000Z', '2026-01-31T11:30:00+02:00', true],
    ['another moment', field('datetime'), '2026-01-31 09:30:00.000Z', '2026-01-31 09:30:01.000Z', false],
    ['an enumeration', GENDER, 'male', 'male', true],
    ['another enumeration value', GENDER, 'male', 'unknown', false],
    ['an object with more parts', field('object'), { city: 'Paris' }, { city: 'Paris', zipCode: '75001' }, true],
    ['an object with another part', field('object'), { city: 'Paris' }, { city: 'Lyon' }, false],
    ['an object that lacks a part', field('object'), { city: 'Paris' }, { zipCode: '75001' }, false],
    [
      'an object with a link in it, of which nobody can tell',
      field('object'),
      { city: 'Paris', country: { PKey: '@a' } },
      { city: 'Paris', country: { PKey: '@b' } },
      true,
    ],
    ['an object where there is none', field('object'), { city: 'Paris' }, '', false],
    ['an unknown field', undefined, ['a'], ['a'], true],
    ['another list', undefined, ['a'], ['a', 'b'], false],
  ])('%s', (_, described, sent, found, expected) => {
    expect(holds(described, sent, found)).toBe(expected);
  });

  it.each([
    ['another key text for what may be the same record', { PKey: '@a' }, { PKey: '@b' }],
    ['the same key text', { PKey: '@a' }, { PKey: '@a' }],
    ['an unset link', null, null],
  ])('cannot tell about links: %s', (_, sent, found) => {
    expect(holds(field('link'), sent, found)).toBeUndefined();
  });

  it('agrees with what was sent for every kind that can be compared', () => {
    for (const [kind, value] of [
      ['date', '1980-10-24T23:30:00-10:00'],
      ['datetime', '2026-01-31T11:30:00+02:00'],
      ['number', '41'],
      ['boolean', '1'],
      ['string', 'Amy'],
    ] satisfies Array<[FieldKind, string]>) {
      const conversion = convertValue(field(kind), value);
      const sent = 'value' in conversion ? conversion.value : undefined;

      expect(sent).toBeDefined();
      expect(holds(field(kind), sent, sent)).toBe(true);
    }
  });
});

describe('what is easily got wrong', () => {
  it.each(['2026-02-30T10:00:00Z', '2023-02-29 08:00', '2023-02-29', '2026-04-31T10:00:00+02:00'])(
    'does not send a moment of a day that does not exist as one of the next month: %s',
    (value) => {
      expect(convertValue(field('datetime'), value)).toEqual({ wanted: expect.stringContaining('a date and time') });
    },
  );

  it('does not send another number than the one that was given', () => {
    // 2^53 + 1, as text because JSON numbers cannot hold it.
    expect(convertValue(field('number'), '9007199254740993')).not.toEqual({ value: 9007199254740992 });
  });

  it('takes a switch with blanks around it, as it takes numbers and dates', () => {
    expect(convertValue(field('boolean'), ' true ')).toEqual({ value: true });
  });

  it('cannot tell about a link either when the field is not described', () => {
    expect(holds(undefined, { PKey: '@a' }, { PKey: '@b', title: 'France' })).toBeUndefined();
  });

  it('speaks of "an object"', () => {
    expect(convertValue(field('object'), null)).toEqual({ wanted: expect.stringMatching(/^an object/) });
  });

  it.each(['1980-10-24 o’clock', '1980-10-24Tea'])('does not take %s for a date', (value) => {
    expect(convertValue(field('date'), value)).toEqual({ wanted: 'a date such as 1980-10-24' });
  });
});
