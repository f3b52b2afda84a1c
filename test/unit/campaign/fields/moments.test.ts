import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { readFileSync } from 'node:fs';

import { DateTime } from 'luxon';

import { dateAdvice } from '../../../../nodes/shared/campaign/fields/dateAdvice';
import { campaignMoment, momentIn } from '../../../../nodes/shared/campaign/fields/moments';
import { orderKeyOf } from '../../../../nodes/shared/campaign/find/references';
import { numberIn } from '../../../../nodes/shared/campaign/scalars';

const ROOT = path.resolve(__dirname, '../../../..');
const PARIS = 'Europe/Paris';

/** The table in the documentation, row by row: form, day and moment where the workflow's zone is Europe/Paris. */
const documented = readFileSync(path.join(ROOT, 'docs/dates.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, form, day, moment] = /^\| `([^`]+)` \| (\S+) \| ([^|]+) \|/.exec(line) ?? [];
    return form !== undefined && day !== undefined && moment !== undefined ? [[form, day, moment.trim()] as const] : [];
  });

describe('A18: the forms in the documentation', () => {
  it('are there', () => expect(documented.length).toBeGreaterThan(15));

  it.each(documented)('%s', (form, day, moment) => {
    const read = momentIn(form, PARIS);
    expect(read && { day: read.day, moment: campaignMoment(read) }).toEqual(day === 'refused' ? undefined : { day, moment });
  });
});

describe('A17: what has no zone', () => {
  it.each([
    [PARIS, '2026-01-31 08:30:00.000Z'],
    ['America/New_York', '2026-01-31 14:30:00.000Z'],
    ['no such zone', '2026-01-31 09:30:00.000Z'],
  ])('is of the workflow: %s', (zone, expected) => {
    const read = momentIn('2026-01-31T09:30', zone);
    expect(read && campaignMoment(read)).toBe(expected);
  });
});

describe('A5: a Date means the day', () => {
  // A process keeps the time zone it was started with.
  it.each(['Europe/Paris', 'America/Sao_Paulo', 'Pacific/Kiritimati', 'UTC'])(
    'of its midnight in a process of %s',
    (TZ) => {
      const script = `
      const { momentIn } = require('./nodes/shared/campaign/fields/moments.ts');
      const day = (value, zone) => momentIn(value, zone).day;
      const local = new Date(1980, 9, 24);
      console.log(JSON.stringify([
        day(local, 'Asia/Tokyo'), day(local.toISOString(), 'Asia/Tokyo'), day(new Date('1980-10-24'), 'America/New_York'),
        day(new Date('1980-10-24T20:17:00Z'), 'Asia/Tokyo'),
      ]));`;
      const options = { cwd: ROOT, env: { ...process.env, TZ }, encoding: 'utf8' } as const;
      const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], options);
      expect(JSON.parse(printed)).toEqual(['1980-10-24', '1980-10-24', '1980-10-24', '1980-10-25']);
    },
    60_000,
  );

  it('and a DateTime means the day of its own zone', () => {
    const date = DateTime.fromISO('1980-10-24T00:30:00', { zone: 'Asia/Tokyo' });
    expect(momentIn(date, PARIS)?.day).toBe('1980-10-24');
    expect(momentIn(DateTime.invalid('test'), PARIS)).toBeUndefined();
  });
});

describe('E6: what spreadsheets write', () => {
  it.each<[unknown, RegExp | string]>([
    ['24.10.1980', /'d\.M\.yyyy'/],
    ['10/24/1980', /'M\/d\/yyyy'/],
    ['24/10/80', /'d\/M\/yy'/],
    ['04/05/1980', /'d\/M\/yyyy'.* Use 'M\/d\/yyyy' where/],
    [29518, /1899-12-30/],
    [1769851800000, /fromMillis/],
    [1769851800, /fromSeconds/],
    ['29518', /fromISO\('1899-12-30'\)/],
    ['80-10-24', /'yy-M-d'/],
    ['yesterday', ''],
    [7, ''],
  ])('%p comes with the expression that converts it', (value, advice) => {
    expect(momentIn(value, PARIS)).toBeUndefined();
    if (advice === '') expect(dateAdvice(value)).toBe('');
    else expect(dateAdvice(value)).toMatch(advice);
  });
});

describe('A14: numbers are decimal', () => {
  it.each(['0x1F', '1e3', '0b11', '1_000', '1,5', 'Infinity', '', '٣'])('%j is none', (text) => {
    expect(numberIn(text)).toBeUndefined();
  });
});

describe('A16: keys that compare equal', () => {
  it('have one order, whatever their letter case; PKeys are told apart', () => {
    const at = (key: string) => orderKeyOf({ by: 'address', api: 'profileAndServicesExt', url: `https://x/profile/${key}`, shown: '' });
    expect(at('L-42')).toBe(at('l-42'));
    expect(at('%C3%89a')).toBe(at('%C3%A9A'));
    expect(at('@aB')).not.toBe(at('@ab'));
  });
});
