import type { IDataObject } from 'n8n-workflow';

import { Item, Run } from '../../../../nodes/shared/execution/item';
import { profileKind } from '../../../../nodes/AdobeCampaignProfile/profile/kind';
import type { CampaignResource } from '../../../../nodes/shared/campaign/urls';
import { readGivenFields } from '../../../../nodes/shared/ui/record/givenFields';
import { readRecordFields } from '../../../../nodes/shared/ui/record/recordFields';
import { EXTENDED_PROFILES, INSTANCE, PROFILES } from '../../support/campaign';
import { fakeContext } from '../../support/context';
import { refusalBy } from '../../support/errors';

const LOCATOR = { __rl: true, mode: 'email', value: 'amy@mail.com' };
const EXTENDED = { api: 'profileAndServicesExt' } as const;

const read = (parameters: IDataObject, json: IDataObject = {}) => {
  const item = new Item(new Run(fakeContext({ parameters, items: [json] }).context), 0, json);
  const resource: CampaignResource = { api: parameters.api === EXTENDED.api ? EXTENDED.api : 'profileAndServices', name: 'profile' };
  return readRecordFields(profileKind, item, { instance: INSTANCE, resource, given: readGivenFields(item) });
};
const byForm = (value: IDataObject | null, more: IDataObject = {}, json: IDataObject = {}) =>
  read({ fieldsFrom: 'mapping', profile: LOCATOR, fields: { mappingMode: 'defineBelow', value }, ...more }, json);
const byColumns = (matchingColumns: string[], json: IDataObject, more: IDataObject = {}) =>
  read(
    {
      fieldsFrom: 'mapping',
      identifyBy: 'matchingColumn',
      fields: { mappingMode: 'autoMapInputData', matchingColumns, value: null },
      ...more,
    },
    json,
  );
const byJson = (fieldsJson: unknown, more: IDataObject = {}) =>
  read({ fieldsFrom: 'json', profile: LOCATOR, fieldsJson: fieldsJson as IDataObject[string], ...more });

describe('fields from a form', () => {
  it('are strict about names', () => {
    expect(byForm({ phone: '1', gender: '={{$json.sex}}' }, {}, { sex: 'male' })).toMatchObject({
      reference: { by: 'email', email: 'amy@mail.com' },
      values: { phone: '1', gender: 'male' },
      rules: expect.objectContaining({ unknownFields: 'refuse', readOnlyFields: 'refuse', emptyValues: 'leaveOut' }),
    });
  });

  it('may say by one of them whose profile it is', () => {
    const { reference, values } = byForm(
      { PKey: '={{$json.key}}', phone: '1' },
      {
        identifyBy: 'matchingColumn',
        fields: { mappingMode: 'defineBelow', matchingColumns: ['PKey'], value: { PKey: '={{$json.key}}', phone: '1' } },
      },
      { key: '@Wq7d' },
    );

    expect(reference).toMatchObject({ by: 'address', url: `${PROFILES}/@Wq7d` });
    expect(values).toEqual({ phone: '1' });
  });

  it('leave the chosen profile alone when a matching column is still stored', () => {
    const { reference, values } = byForm(null, {
      fields: { mappingMode: 'defineBelow', matchingColumns: ['email'], value: { email: 'new@mail.com' } },
    });

    expect(reference).toMatchObject({ by: 'email', email: 'amy@mail.com' });
    expect(values).toEqual({ email: 'new@mail.com' });
  });

  it.each([[null], [{}], [{ phone: null }]])('must be some: %j', (value) => {
    expect(refusalBy(() => byForm(value))).toMatchObject({
      reason: 'invalidInput',
      message: expect.stringContaining('There is nothing to write'),
    });
  });
});

describe('fields from the columns of the input', () => {
  it('forgive columns that Campaign sets itself, and unknown ones on request', () => {
    expect(byColumns(['email'], { email: 'amy@mail.com', phone: '1', age: 44 })).toMatchObject({
      reference: { by: 'email', email: 'amy@mail.com' },
      values: { phone: '1', age: 44 },
      rules: { unknownFields: 'refuse', readOnlyFields: 'leaveOut' },
    });
    expect(
      byColumns(['email'], { email: 'amy@mail.com', phone: '1' }, { options: { unknownColumns: 'leaveOut' } }).rules.unknownFields,
    ).toBe('leaveOut');
  });

  it.each([
    ['PKey', { PKey: '@a', phone: '1' }, {}, { by: 'address', url: `${PROFILES}/@a` }],
    ['email', { email: 'Amy@Mail.com', phone: '1' }, EXTENDED, { by: 'email', email: 'Amy@Mail.com', api: 'profileAndServicesExt' }],
    ['cusLoyaltyId', { cusLoyaltyId: 'L-42', phone: '1' }, EXTENDED, { by: 'address', url: `${EXTENDED_PROFILES}/L-42` }],
  ])('tell whose profile it is by %s', (column, json, more, reference) => {
    const read = byColumns([column], json, more);

    expect(read.reference).toMatchObject(reference);
    expect(read.values).toEqual({ phone: '1' });
  });

  it('do not change the item', () => {
    const json = Object.freeze({ email: 'amy@mail.com', phone: '1' });
    byColumns(['email'], json);

    expect(json).toEqual({ email: 'amy@mail.com', phone: '1' });
  });

  it.each([
    ['the column to match on is not chosen', [], { phone: '1' }, "No column to match on is chosen in 'Fields'"],
    ['the column to match on is empty', ['email'], { email: '', phone: '1' }, "'email' is empty"],
    ['the column to match on is missing', ['PKey'], { phone: '1' }, "There is no column 'PKey'"],
    ['there is nothing else', ['email'], { email: 'amy@mail.com' }, 'There is nothing to write'],
  ])('are refused when %s', (_, matching, json, message) => {
    expect(refusalBy(() => byColumns(matching, json)).message).toContain(message);
  });

  it('match no custom key on the standard API', () => {
    expect(refusalBy(() => byColumns(['cusLoyaltyId'], { cusLoyaltyId: 'L-42', phone: '1' })).description).toContain("'Extended'");
  });
});

describe('fields as JSON', () => {
  it.each([
    ['text', '{ "phone": "1", "location": { "city": "Paris" } }'],
    ['an object from an expression', { phone: '1', location: { city: 'Paris' } }],
  ])('may be %s', (_, json) => {
    expect(byJson(json)).toMatchObject({
      reference: { by: 'email', email: 'amy@mail.com' },
      values: { phone: '1', location: { city: 'Paris' } },
      rules: { unknownFields: 'refuse', readOnlyFields: 'refuse' },
    });
  });

  it.each(['{ "phone": "1" ', '{ phone: 1 }', 'phone', '{"a":1}}'])('must be JSON: %s', (json) => {
    expect(refusalBy(() => byJson(json))).toMatchObject({
      reason: 'invalidInput',
      message: expect.stringMatching(/^'Fields' is not JSON: /),
      description: expect.stringContaining('{ "phone": "3301020304" }'),
    });
  });

  it.each(['[{"phone":"1"}]', '"phone"', '7', 'null', 7, [{ phone: '1' }], null])('must be an object: %j', (json) => {
    expect(refusalBy(() => byJson(json)).message).toBe("'Fields' is not a JSON object");
  });

  it.each(['', '  ', '{}', {}])('must hold a field: %j', (json) => {
    expect(refusalBy(() => byJson(json)).message).toContain('There is nothing to write');
  });

  it('do not look at the mapping, which may still be stored', () => {
    expect(
      byJson('{"phone":"1"}', { identifyBy: 'matchingColumn', fields: { mappingMode: 'autoMapInputData', matchingColumns: ['PKey'] } })
        .values,
    ).toEqual({
      phone: '1',
    });
  });
});

describe('blank values', () => {
  it.each([
    [{}, undefined],
    [{ options: { emptyValues: 'clear' } }, 'clear'],
    [{ options: { emptyValues: 'leaveOut' } }, 'leaveOut'],
  ])('A25: %j: %s', (more, emptyValues) => {
    expect(byForm({ phone: '' }, more).rules.emptyValues).toBe(emptyValues ?? 'leaveOut');
    expect(byColumns(['email'], { email: 'amy@mail.com', phone: '' }, more).rules.emptyValues).toBe(emptyValues ?? 'leaveOut');
    expect(byJson('{"phone":""}', more).rules.emptyValues).toBe(emptyValues ?? 'clear');
  });
});
