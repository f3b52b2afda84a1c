import { isObject, parsePage, parseRecord } from '../../../nodes/shared/campaign/records';
import { PROFILES } from '../support/campaign';

describe('parseRecord', () => {
  const amy = { PKey: '@Wq7d', email: 'amy@mail.com' };

  it('reads a bare record', () => {
    expect(parseRecord(amy)).toEqual(amy);
  });

  it("reads the wrapped record of Adobe's page on updating profiles", () => {
    expect(parseRecord({ content: [amy] })).toEqual(amy);
  });

  it('reads a record that has a field called content', () => {
    expect(parseRecord({ ...amy, content: [{ PKey: '@other' }] })).toEqual({ ...amy, content: [{ PKey: '@other' }] });
  });

  it.each([
    ['a page of one', { content: [amy], count: { href: `${PROFILES}/_count` }, next: { href: PROFILES } }],
    ['a list of several', { content: [amy, amy] }],
    ['an empty list', { content: [] }],
    ['the values of one attribute', { content: ['amy@mail.com', 'noor@mail.com'] }],
    ['one value of one attribute', { content: ['amy@mail.com'] }],
    ['an object without a key', { email: 'amy@mail.com' }],
    ['a key that is no text', { PKey: 7 }],
    ['a blank key', { PKey: '' }],
    ['an array', [amy]],
    ['text', 'amy'],
    ['null', null],
    ['nothing', undefined],
    ['an empty object', {}],
  ])('finds no record in %s', (_, json) => {
    expect(parseRecord(json)).toBeUndefined();
  });
});

describe('the answer to a write', () => {
  const sent = {
    email: 'Amy@Mail.com',
    phone: '+33 1 02',
    birthDate: '1980-10-24',
    at: '2026-01-01T09:00:00.125Z',
    amount: 19.5,
    gone: '',
  };

  it.each([
    ['its key alone', {}],
    ['all of it, as it is printed', { ...sent, email: 'amy@mail.com', phone: '+33102', at: '2026-01-01 09:00:00.125Z', amount: '19.50' }],
    ['the email, and all else changed by rules', { email: 'amy@mail.com', phone: '5', amount: 7 }],
    ['blanks', { email: '', phone: '', amount: null }],
    ['one field otherwise', { phone: '77' }],
    ['one of two otherwise', { phone: '77', amount: 19.5 }],
    ['text that was cut', { birthDate: '1980', phone: '+33' }],
  ])('is about the record that shows %s', (_, shown) => {
    expect(parseRecord({ PKey: '@a', ...shown }, sent)).toMatchObject({ PKey: '@a' });
    expect(parseRecord({ content: [{ PKey: '@a', ...shown }] }, sent)).toMatchObject({ PKey: '@a' });
  });

  it.each([
    ['another email', { email: 'noor@mail.com', phone: '+33102' }],
    ['nothing as it was sent', { phone: '77', amount: 7 }],
  ])('is about another record that shows %s', (_, shown) => {
    expect(parseRecord({ PKey: '@a', ...shown }, sent)).toBeUndefined();
  });
});

describe('parsePage', () => {
  it('reads rows and the address of the next page', () => {
    const next = `${PROFILES}/?_lineStart=@k3`;

    expect(parsePage({ content: [{ PKey: '@a' }, { PKey: '@b' }], next: { href: next }, serverSidePagination: true })).toEqual({
      content: [{ PKey: '@a' }, { PKey: '@b' }],
      next,
    });
  });

  it('reads an empty page', () => {
    expect(parsePage({ content: [] })?.content).toEqual([]);
  });

  it.each([undefined, null, {}, { href: '' }, { href: null }, '', ' ', []])('sees the last page in next: %j', (next) => {
    expect(parsePage({ content: [], next })).toEqual({ content: [] });
  });

  it('takes an address that stands alone for the next page: otherwise the list would end there without a word', () => {
    expect(parsePage({ content: [], next: 'https://mc.adobe.io/x' })?.next).toBe('https://mc.adobe.io/x');
    expect(parsePage({ content: [], next: { href: 7 } })).toBeUndefined();
  });

  it.each([
    [{ value: 42, href: 'h' }, 42],
    [{ value: '42' }, 42],
    [42, 42],
    ['42', 42],
    [{ value: 0 }, 0],
    [{ value: -1 }, undefined],
    [{ value: 1.5 }, undefined],
    [{ value: 'many' }, undefined],
    [{ value: null }, undefined],
    [{ value: [1] }, undefined],
    [true, undefined],
  ])('reads in the count %j that there are %j', (count, expected) => {
    expect(parsePage({ content: [], count })?.count).toBe(expected);
  });

  it.each([
    ['the values of one attribute', { content: ['amy@mail.com'] }],
    ['a row that is no object', { content: [{ PKey: '@a' }, null] }],
    ['a record', { PKey: '@a', email: 'amy@mail.com' }],
    ['an object instead of rows', { content: {} }],
    ['an array', []],
    ['nothing', undefined],
  ])('finds no page in %s', (_, json) => {
    expect(parsePage(json)).toBeUndefined();
  });
});

describe('isObject', () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    [undefined, false],
    ['{}', false],
    [7, false],
  ])('%j: %j', (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});
