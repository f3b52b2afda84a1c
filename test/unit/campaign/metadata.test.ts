import { parseMetadata, type CampaignField } from '../../../nodes/shared/campaign/metadata';
import { METADATA } from '../support/campaign';

/** The field that one entry of `content` describes. */
function parse(description: Readonly<Record<string, unknown>>, name = 'field'): CampaignField {
  const parsed = parseMetadata({ content: { [name]: description } })?.get(name);
  if (!parsed) throw new Error('The field is missing');
  return parsed;
}

describe('parseMetadata', () => {
  it('reads the fields in the order of the answer', () => {
    expect([...(parseMetadata(METADATA)?.keys() ?? [])]).toEqual([
      'PKey',
      'age',
      'birthDate',
      'blackList',
      'country',
      'cusScore',
      'cusVisited',
      'email',
      'firstName',
      'gender',
      'location',
      'subscriptions',
    ]);
  });

  it.each([
    ['byte', 8],
    ['short', 16],
    ['long', 32],
    ['int64', 64],
    ['double', undefined],
    [undefined, undefined],
  ])('reads that a number of type %s has %s bits', (resType, wholeBits) => {
    expect(parse({ type: 'number', resType })).toMatchObject({ kind: 'number', wholeBits });
  });

  it('reads a text field, whose length comes as text', () => {
    expect(parseMetadata(METADATA)?.get('email')).toEqual({
      name: 'email',
      label: 'Email',
      kind: 'string',
      readOnly: false,
      sortable: true,
      maximumLength: 128,
      mandatory: false,
      values: [],
    });
  });

  it.each([undefined, null, '', [], 'text', {}, { content: null }, { content: [] }, { content: 'x' }])(
    'finds no description in %j',
    (json) => {
      expect(parseMetadata(json)).toBeUndefined();
    },
  );

  it('leaves out what is no field', () => {
    expect([...(parseMetadata({ content: { email: { type: 'string' }, odd: 'text', list: [] } })?.keys() ?? [])]).toEqual(['email']);
  });

  it.each([
    ['string', 'string'],
    ['memo', 'string'],
    ['', 'string'],
    [undefined, 'string'],
    [7, 'string'],
    ['number', 'number'],
    ['integer', 'number'],
    ['double', 'number'],
    ['Boolean', 'boolean'],
    ['date', 'date'],
    ['dateTime', 'datetime'],
    ['datetime', 'datetime'],
    ['link', 'link'],
    ['collection', 'collection'],
    ['item', 'object'],
  ])('takes type %j for %s', (type, kind) => {
    expect(parse({ type }).kind).toBe(kind);
  });

  it.each([
    ['128', 128],
    [30, 30],
    ['0', undefined],
    ['', undefined],
    ['long', undefined],
    [undefined, undefined],
    ['-1', undefined],
  ])('reads length %j as %j', (length, expected) => {
    expect(parse({ type: 'string', length }).maximumLength).toBe(expected);
  });

  it('limits nothing but text', () => {
    expect(parse({ type: 'date', length: '10' }).maximumLength).toBeUndefined();
  });

  it.each([undefined, '', 7])('shows the name where the label is %j', (label) => {
    expect(parse({ type: 'string', label }, 'cusHobby').label).toBe('cusHobby');
  });

  it('reads the choices of an enumeration without the marker for invalid ones', () => {
    expect(parseMetadata(METADATA)?.get('gender')).toMatchObject({
      kind: 'enumeration',
      values: [
        { name: 'unknown', label: 'Unspecified' },
        { name: 'male', label: 'Male' },
        { name: 'female', label: 'Female' },
      ],
    });
  });

  it.each([
    ['no label', {}],
    ['an empty label', { label: '' }],
    ['text', 'Male'],
    ['nothing', null],
  ])('shows the name of a choice whose entry holds %s', (_, entry) => {
    expect(parse({ type: 'enumeration', values: { male: entry } }).values).toEqual([{ name: 'male', label: 'male' }]);
  });

  it.each([
    ['no list', { type: 'enumeration' }],
    ['an empty list', { type: 'enumeration', values: {} }],
    ['invalid ones only', { type: 'enumeration', values: { __Invalid_value__: {} } }],
    ['a list of another shape', { type: 'enumeration', values: ['male'] }],
  ])('leaves an enumeration with %s to Campaign to check', (_, description) => {
    expect(parse(description)).toMatchObject({ kind: 'string', values: [] });
  });

  it.each([
    'PKey',
    'href',
    'age',
    'created',
    'createdBy',
    'lastModified',
    'modifiedBy',
    'title',
    'domain',
    'cryptedId',
    'postalAddress',
    'acsId',
    'isExternal',
  ])('knows that Campaign sets %s itself, whatever the instance says', (name) => {
    expect(parse({ type: 'string', readOnly: false }, name).readOnly).toBe(true);
  });

  it.each(['blackListLastModified', 'blackListEmailLastModified', 'blackListAllLastModified', 'ccpaOptOutLastModified'])(
    'knows that Campaign sets %s itself',
    (name) => {
      expect(parse({ type: 'datetime' }, name).readOnly).toBe(true);
    },
  );

  it.each(['blackList', 'blackListEmail', 'ccpaOptOut', 'email', 'cusLastModified', 'titleOfHonour', 'cusAge'])(
    'leaves %s writable',
    (name) => {
      expect(parse({ type: 'string' }, name).readOnly).toBe(false);
    },
  );

  it("keeps the instance's own read-only fields and collections from being written", () => {
    expect(parse({ type: 'string', readOnly: true }).readOnly).toBe(true);
    expect(parse({ type: 'collection', readOnly: false }).readOnly).toBe(true);
  });
});

describe('what is easily got wrong', () => {
  it('takes an answer without a single field for no description: otherwise every field would be refused as unknown', () => {
    expect(parseMetadata({ content: {} })).toBeUndefined();
  });
});
