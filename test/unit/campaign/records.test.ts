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
