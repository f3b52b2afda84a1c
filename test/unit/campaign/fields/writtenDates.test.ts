import { convertValue } from '../../../../nodes/shared/campaign/fields/values';
import { momentAsWritten, orderAdvice } from '../../../../nodes/shared/campaign/fields/writtenDates';
import type { CampaignField } from '../../../../nodes/shared/campaign/metadata';
import { prepareFields, type FieldRules } from '../../../../nodes/shared/campaign/fields/prepareFields';
import { refusalBy } from '../../support/errors';

const day = (value: unknown, order: 'iso' | 'dayFirst' | 'monthFirst', zone = 'utc') => momentAsWritten(value, zone, order)?.day;
const birthDate: CampaignField = { name: 'birthDate', label: 'Birth date', kind: 'date', readOnly: false, sortable: false, values: [] };
const purchase: CampaignField = { ...birthDate, name: 'purchase', label: 'Purchase', kind: 'datetime' };
const RULES: FieldRules = {
  api: 'profileAndServices',
  zone: 'Europe/Paris',
  unknownFields: 'refuse',
  readOnlyFields: 'leaveOut',
  emptyValues: 'leaveOut',
  longText: 'refuse',
  nestedFields: 'leaveOut',
  givenAs: 'columns',
};
const refusedDate = (value: unknown, rules: Partial<FieldRules> = {}) =>
  refusalBy(() => prepareFields(new Map([['birthDate', birthDate]]), { birthDate: value }, { ...RULES, ...rules }));

describe('a date', () => {
  it.each(['24.10.1980', '24/10/1980', '24-10-1980', ' 24.10.1980 '])('with the day first: %j', (value) => {
    expect(day(value, 'dayFirst')).toBe('1980-10-24');
    expect(day(value, 'monthFirst')).toBeUndefined();
    expect(day(value, 'iso')).toBeUndefined();
  });

  it.each(['10/24/1980', '10.24.1980', '10-24-1980'])('with the month first: %j', (value) => {
    expect(day(value, 'monthFirst')).toBe('1980-10-24');
    expect(day(value, 'dayFirst')).toBeUndefined();
  });

  it('that could be both is what was said, and nothing unless something was', () => {
    expect(day('3/4/2026', 'dayFirst')).toBe('2026-04-03');
    expect(day('3/4/2026', 'monthFirst')).toBe('2026-03-04');
    expect(day('3/4/2026', 'iso')).toBeUndefined();
  });

  it.each(['1980-10-24', '1980-10-24T09:00:00Z', new Date('1980-10-24T00:00:00Z')])(
    'that begins with the year is taken in any case: %j',
    (value) => {
      for (const order of ['iso', 'dayFirst', 'monthFirst'] as const) expect(day(value, order)).toBe('1980-10-24');
    },
  );

  it.each([
    '24.10.80',
    '31.02.2026',
    '0.1.2026',
    '24.10/1980',
    '24.10.1980 25:00',
    '24.10.1980 9:61',
    '24.10.1980 13:00 PM',
    '24.10.1980 0:30 AM',
    '24.10.0000',
    '24. Oktober 1980',
    '',
    44128,
    null,
    true,
    {},
  ])('is not guessed from %j', (value) => {
    expect(day(value, 'dayFirst')).toBeUndefined();
  });

  it('may have a time, of the zone of the workflow', () => {
    const at = (value: string, order: 'dayFirst' | 'monthFirst' = 'dayFirst') => convertValue(purchase, value, 'Europe/Paris', order);
    expect(at('24.07.2026 09:30')).toEqual({ value: '2026-07-24 07:30:00.000Z' });
    expect(at('24/07/2026, 9:30:15.5')).toEqual({ value: '2026-07-24 07:30:15.500Z' });
    expect(at('7/24/2026 9:30 PM', 'monthFirst')).toEqual({ value: '2026-07-24 19:30:00.000Z' });
    expect(at('7/24/2026 12:05 a.m.', 'monthFirst')).toEqual({ value: '2026-07-23 22:05:00.000Z' });
    expect(convertValue(birthDate, '24.07.2026 00:30', 'Europe/Paris', 'dayFirst')).toEqual({ value: '2026-07-24' });
  });
});

describe('a date that is refused', () => {
  it.each([
    ['24.10.1980', "to 'Day First'"],
    ['24/10/1980', "to 'Day First'"],
    ['10/24/1980', "to 'Month First'"],
    ['3/4/2026', "to 'Day First' or 'Month First'"],
  ])('says which option and which expression would do: %s', (value, order) => {
    const { message, description } = refusedDate(value);
    expect(message).toBe(`Field 'Birth date' (birthDate) takes a date such as 1980-10-24, not '${value}'`);
    expect(description).toContain(`Set 'Dates Are Written As' under 'Options' ${order}.`);
    expect(description).toContain('DateTime.fromFormat(');
  });

  it('in the order that was chosen does not ask for the option again', () => {
    const { message, description } = refusedDate('10/24/1980', { dateOrder: 'dayFirst' });
    expect(message).toContain('a date such as 24.10.1980');
    expect(description).not.toContain("Set 'Dates Are Written As'");
  });

  it('that looks like no date of a spreadsheet is not sent to the option', () => {
    expect(orderAdvice('soon')).toBe('');
    expect(orderAdvice(44128)).toBe('');
  });
});
