import type { FieldChange } from '../../../../nodes/shared/campaign/fields/prepareFields';
import { checkOf, timeOfWrite, type TrailMark } from '../../../../nodes/shared/campaign/write/trail';

const MARK: TrailMark = {
  organization: 'northwind',
  api: 'profileAndServices',
  resource: 'profile',
  done: 'updated',
  at: '2026-01-31T09:30:00.000000Z',
  email: 'kim@mail.com',
};
const checkFor = (before: FieldChange['before'], mark: Partial<TrailMark> = {}) =>
  checkOf({ ...MARK, ...mark }, [{ field: 'location', before, after: null }]);

describe('the check of a trail', () => {
  it.each([
    ['the order within an object', { city: 'Paris', zipCode: '75001' }, { zipCode: '75001', city: 'Paris' }],
    ['a part that is blank', { city: 'Paris', state: '' }, { city: 'Paris' }],
    ['a switch as a spreadsheet writes it', true, 'TRUE'],
    ['a number as text', 5, '5'],
    ['blank text', null, ''],
  ])('does not mind %s', (_, written, read) => {
    expect(checkFor(read)).toBe(checkFor(written));
  });

  it.each<[string, Partial<TrailMark>]>([
    ['what was done', { done: 'deleted' }],
    ['the API', { api: 'profileAndServicesExt' }],
    ['the resource', { resource: 'service' }],
    ['the email', { email: 'lee@mail.com' }],
    ['the key', { key: 'K-1' }],
  ])('shows that somebody has changed %s', (_, changed) => {
    expect(checkFor('a', changed)).not.toBe(checkFor('a'));
  });
});

it('tells the order of writes, also within a millisecond and when the clock is set back', () => {
  const times = [5_000, 5_000, 4_000, 4_000, 5_001].map(timeOfWrite);
  expect([...times].sort()).toEqual(times);
  expect(new Set(times).size).toBe(times.length);
});
