import type { IDataObject } from 'n8n-workflow';

import { Item, Run } from '../../../nodes/shared/execution/item';
import { readTypedValues, typedValuesProperties, type TypedValues } from '../../../nodes/shared/ui/typedValues';
import { fakeContext } from '../support/context';
import { refusalBy } from '../support/errors';

const VALUES: TypedValues = {
  name: 'parameters',
  displayName: 'Parameters',
  singular: 'Parameter',
  description: 'd',
  namePlaceholder: 'e.g. a',
  jsonPlaceholder: 'e.g. {}',
  canNest: false,
};
const read = (parameters: IDataObject, values = VALUES) => {
  const { context } = fakeContext({ parameters });
  return readTypedValues(new Item(new Run(context), 0, {}), values);
};
const row = (type: unknown, value: unknown) =>
  ({ parametersFrom: 'fields', parameters: { values: [{ name: ' a ', ...(type === undefined ? {} : { type }), value }] } }) as IDataObject;

describe('typed values', () => {
  it.each([
    ['string', 7, '7'],
    ['string', '', ''],
    [undefined, 'x', 'x'],
    ['number', '1.5', 1.5],
    ['boolean', 'TRUE', true],
    ['datetime', '2026-05-01T10:00:00+02:00', '2026-05-01 08:00:00.000Z'],
    ['datetime', new Date('2026-05-01T08:00:00Z'), '2026-05-01 08:00:00.000Z'],
  ])('of type %j are converted: %j', (type, value, expected) => {
    expect(read(row(type, value))).toEqual({ a: expected });
  });

  it.each([
    ['number', ''],
    ['boolean', 'maybe'],
    ['datetime', 'soon'],
    ['string', { a: 1 }],
  ])('of type %j do not take %j', (type, value) => {
    expect(refusalBy(() => read(row(type, value)))).toMatchObject({
      reason: 'invalidInput',
      message: expect.stringMatching(/^'a' in 'Parameters' takes /),
    });
  });

  it('may be none', () => {
    expect(read({})).toEqual({});
    expect(read({ parametersFrom: 'json', parametersJson: ' ' })).toEqual({});
  });

  it('come as JSON, nested where that is possible', () => {
    const given = { parametersFrom: 'json', parametersJson: { a: 1, b: { c: 2 }, d: null, e: [1] } };
    expect(read(given, { ...VALUES, canNest: true })).toEqual({ a: 1, b: { c: 2 }, d: null, e: [1] });
    expect(refusalBy(() => read(given)).message).toMatch(/: b, d, e$/);
  });

  it('are shown one way at a time', () => {
    const isSet = { '/options.parametersFrom': [{ _cnd: { exists: true } }] };
    const shown = typedValuesProperties(VALUES).map(({ name, displayOptions }) => [name, displayOptions]);
    expect(shown).toEqual([
      ['parameters', { show: isSet, hide: { '/options.parametersFrom': ['json'] } }],
      ['parameters', { hide: { ...isSet, parametersFrom: ['json'] } }],
      ['parametersJson', { show: { '/options.parametersFrom': ['json'] } }],
      ['parametersJson', { show: { parametersFrom: ['json'] }, hide: isSet }],
    ]);
  });

  it('come as JSON where the option says so, whatever an earlier version has stored', () => {
    const given = { parameters: { values: [{ name: 'a', type: 'string', value: 'row' }] }, parametersJson: { a: 'json' } };
    expect(read({ ...given, options: { parametersFrom: 'json' } })).toEqual({ a: 'json' });
    expect(read({ ...given, parametersFrom: 'json', options: { parametersFrom: 'fields' } })).toEqual({ a: 'row' });
  });
});
