import type { IDataObject } from 'n8n-workflow';

import type { ProfileApiName } from '../../../../nodes/shared/campaign/urls';
import { Item, Run } from '../../../../nodes/shared/execution/item';
import { Row } from '../../../../nodes/shared/execution/parameters';
import { readBirthday as readBirthdayOf } from '../../../../nodes/shared/ui/profile/birthdayFilter';
import { readFilterByName as readNamed } from '../../../../nodes/shared/ui/filters/filterByName';
import { readLimit, readPageSize } from '../../../../nodes/shared/ui/options/limit';
import { readProfileFilters } from '../../../../nodes/shared/ui/profile/profileFilters';
import { readSort } from '../../../../nodes/shared/ui/filters/sort';
import { INSTANCE } from '../../support/campaign';
import { fakeContext } from '../../support/context';
import { refusalBy } from '../../support/errors';

const itemWith = (parameters: IDataObject) => new Item(new Run(fakeContext({ parameters }).context), 0, {});
const rowOf = (entry: IDataObject) => new Row('row', entry, { isTool: false, zone: 'utc' });
const readBirthday = (entry: IDataObject) => readBirthdayOf(rowOf(entry));
const readFilterByName = (entry: IDataObject) => readNamed(rowOf(entry));
const read = (filters: unknown, api: ProfileApiName = 'profileAndServicesExt') =>
  readProfileFilters(itemWith({ filters: filters as IDataObject }), INSTANCE, api);

describe('readProfileFilters', () => {
  it('takes one entry as well as a list, and no filter at all', () => {
    expect(read({ email: { email: ' a@b.c ' } })).toEqual([{ kind: 'known', filter: { name: 'byEmail', parameters: { email: 'a@b.c' } } }]);
    expect(read({ email: [] })).toEqual([]);
    expect(readProfileFilters(itemWith({}), INSTANCE, 'profileAndServices')).toEqual([]);
  });

  it('searches a custom field by its own name', () => {
    expect(read({ text: [{ searchIn: 'customField', customField: 'cusHobby', text: 'x' }] })).toMatchObject([
      { filter: { parameters: { cusHobby: 'x', filterType: 'Hobby' } } },
    ]);
  });

  it.each(['{"email":"a@b.c"}', null, ['a'], { email: 'a@b.c' }, { email: [null] }, { mood: [{}] }, { text: [{ text: 'a\ud83d' }] }])(
    'lets %j not pass for no filter',
    (filters) => {
      expect(refusalBy(() => read(filters)).reason).toBe('invalidInput');
    },
  );
});

describe('readBirthday', () => {
  it('has defaults for what is not there', () => {
    expect(readBirthday({})).toEqual({ type: 'relative', precision: 'day', relativeValue: 'current' });
    expect(readBirthday({ when: 'next' })).toMatchObject({ nextUnitsValue: '7' });
    expect(readBirthday({ when: 'previous', days: '3' })).toMatchObject({ previousUnitsValue: '3' });
    expect(readBirthday({ when: 'day' })).toMatchObject({ day: '1', month: '1' });
  });

  it.each([
    { when: null },
    { when: 'day', day: null, month: 1 },
    { when: 'month', month: 13 },
    { when: 'next', days: 0 },
    { when: 'next', days: '' },
    { when: 'previous', days: true },
    { when: 'between', endDay: 1.5 },
  ])('does not take %j for a default', (entry) => {
    expect(refusalBy(() => readBirthday(entry)).reason).toBe('invalidInput');
  });
});

describe('a filter by name', () => {
  const rows = (...parameter: unknown[]) => ({ name: ' byMood ', parameters: { parameter } }) as IDataObject;

  it('has its parameters as text', () => {
    const given = rows(
      { name: 'a', value: 1 },
      { name: 'b', value: new Date('2026-01-31T09:30:00Z') },
      { name: 'c', value: null },
      { name: 'd', value: false },
    );

    expect(readFilterByName(given)).toEqual({
      kind: 'named',
      name: 'byMood',
      parameters: { a: '1', b: '2026-01-31 09:30:00.000Z', c: '', d: 'false' },
    });
  });

  it.each([
    { name: '' },
    {},
    rows({ name: ' ' }),
    rows({ name: 'a', value: '1' }, { name: 'a', value: '2' }),
    rows({ name: 'a', value: {} }),
    rows({ name: 'a', value: 'x\ny' }),
  ])('is not %j', (entry) => {
    expect(refusalBy(() => readFilterByName(entry)).reason).toBe('invalidInput');
  });
});

describe('limit, page size and order', () => {
  it('ask for no more than is wanted', () => {
    expect(readLimit(itemWith({ returnAll: true, limit: 0 }))).toBe(Infinity);
    expect(readLimit(itemWith({ limit: '7' }))).toBe(7);
    expect(readPageSize(itemWith({}), Infinity)).toBe(200);
    expect(readPageSize(itemWith({ options: { pageSize: 50 } }), 7)).toBe(7);
    expect(refusalBy(() => readPageSize(itemWith({ options: { pageSize: 0 } }), 7)).message).toBe("'Page Size' is 0");
  });

  it('order by one field in one direction', () => {
    const sort = (by: IDataObject) => readSort(itemWith({ sort: { by } }));

    expect(readSort(itemWith({}))).toBeUndefined();
    expect(sort({ field: 'email' })).toEqual({ field: 'email', direction: 'ascending' });
    expect(sort({ field: 'email', direction: 'descending' })?.direction).toBe('descending');
    expect(refusalBy(() => sort({ field: 'email', direction: 'desc' })).message).toBe("'Direction' is 'desc'");
    expect(refusalBy(() => sort({ field: 'email desc' })).message).toContain('not a field to sort by');
  });
});
