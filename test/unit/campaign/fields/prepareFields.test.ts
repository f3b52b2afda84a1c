import type { IDataObject } from 'n8n-workflow';

import {
  changes,
  differences,
  prepareFields,
  withoutUnchanged,
  type FieldRules,
} from '../../../../nodes/shared/campaign/fields/prepareFields';
import { parseMetadata } from '../../../../nodes/shared/campaign/metadata';
import { catalogue, profile } from '../../support/campaign';
import { refusalBy } from '../../support/errors';

const STRICT: FieldRules = {
  api: 'profileAndServices',
  zone: 'utc',
  unknownFields: 'refuse',
  readOnlyFields: 'refuse',
  emptyValues: 'clear',
  longText: 'refuse',
  nestedFields: 'send',
};
const COLUMNS: FieldRules = { ...STRICT, unknownFields: 'leaveOut', readOnlyFields: 'leaveOut' };

const prepare = (input: Readonly<Record<string, unknown>>, rules: FieldRules = STRICT) => prepareFields(catalogue(), input, rules);

describe('prepareFields', () => {
  it('converts every value to the form that Campaign takes', () => {
    const { fields, remarks } = prepare({
      firstName: 'Amy',
      birthDate: '1980-10-24T00:30:00+09:00',
      gender: 'Female',
      blackList: 'true',
      cusScore: '7',
      cusVisited: '2026-01-31T11:30:00+02:00',
      country: '@Wq7d',
      location: { city: 'Paris' },
    });

    expect(fields).toEqual({
      firstName: 'Amy',
      birthDate: '1980-10-24',
      gender: 'female',
      blackList: true,
      cusScore: 7,
      cusVisited: '2026-01-31 09:30:00.000Z',
      country: { PKey: '@Wq7d' },
      location: { city: 'Paris' },
    });
    expect(remarks).toEqual([]);
  });

  it('names every field that cannot be sent, with what it takes and what it got', () => {
    const { reason, message, description } = refusalBy(() =>
      prepare({ firstName: 'Amy', cusScore: 'high', gender: 'robot', birthDate: '2023-02-29', age: 44 }),
    );

    expect(reason).toBe('invalidInput');
    expect(message).toMatch(/^4 fields cannot be sent: /);
    expect(message).toContain("'Score' (cusScore) takes a number, not 'high'");
    expect(message).toContain("'Gender' (gender) takes one of Unspecified (unknown), Male (male), Female (female), not 'robot'");
    expect(message).toContain("'Birth date' (birthDate) takes a date such as 1980-10-24, not '2023-02-29'");
    expect(message).toContain("'Age' (age) is read-only: Campaign sets it itself");
    expect(message).not.toContain('firstName');
    expect(description).toMatch(/^Nothing was sent\. /);
  });

  it('cuts a long value in its message', () => {
    const { message } = refusalBy(() => prepare({ firstName: 'x'.repeat(5000) }));

    expect(message).toContain('at most 30 characters (got 5000)');
    expect(message.length).toBeLessThan(220);
  });

  it.each([
    ['firstname', "did you mean 'First name' (firstName)?"],
    ['First Name', "did you mean 'First name' (firstName)?"],
    ['first_name', "did you mean 'First name' (firstName)?"],
    ['E-Mail', "did you mean 'Email' (email)?"],
    ['No longer contact', "did you mean 'No longer contact' (blackList)?"],
    ['favouriteColour', "'favouriteColour' is not known to Campaign"],
  ])('says what it knows about the unknown field %s', (name, expected) => {
    expect(refusalBy(() => prepare({ [name]: 'x' })).message).toContain(expected);
  });

  it('points to the extended API for custom fields', () => {
    expect(refusalBy(() => prepare({ cusHobby: 'Dancing' })).message).toContain("set 'API' under 'Options' to 'Extended'");
    expect(refusalBy(() => prepare({ cusHobby: 'Dancing' }, { ...STRICT, api: 'profileAndServicesExt' })).message).toBe(
      "Field 'cusHobby' is not known to Campaign",
    );
  });

  it('leaves out unknown columns by name, and what Campaign sets itself without a word', () => {
    expect(prepare({ firstName: 'Amy', favouriteColour: 'red', age: 44, PKey: '@a', subscriptions: {} }, COLUMNS)).toEqual({
      fields: { firstName: 'Amy' },
      remarks: [{ remark: 'unknown', field: 'favouriteColour' }],
    });
  });

  it('refuses a wrong value even where unknown columns are left out', () => {
    expect(refusalBy(() => prepare({ firstName: 'Amy', gender: 'robot', extra: 1 }, COLUMNS)).message).toContain("'Gender' (gender)");
  });

  it('empties fields with blank values, or leaves them alone', () => {
    const input = { firstName: '', birthDate: null, email: ' ', country: null, cusScore: 0, blackList: false };

    expect(prepare(input).fields).toEqual({ firstName: '', birthDate: '', email: '', country: null, cusScore: 0, blackList: false });
    expect(prepare(input, { ...STRICT, emptyValues: 'leaveOut' }).fields).toEqual({ cusScore: 0, blackList: false });
  });

  it('does not send what has no value at all', () => {
    expect(prepare({ firstName: undefined, email: 'amy@mail.com' }).fields).toEqual({ email: 'amy@mail.com' });
  });

  it.each([
    ['nothing came', {}, STRICT],
    ['only read-only columns came', { PKey: '@a', age: 44 }, COLUMNS],
    ['only undefined came', { firstName: undefined }, STRICT],
  ])('says that nothing is left to send when %s', (_, input, rules) => {
    expect(refusalBy(() => prepare(input, rules))).toMatchObject({
      reason: 'invalidInput',
      message: expect.stringContaining('There is nothing to write'),
    });
  });

  it('names the unknown columns when they were all there was', () => {
    expect(refusalBy(() => prepare({ colour: 'red', size: 'L' }, COLUMNS)).description).toContain('colour, size');
  });

  it('sends everything as it came without a catalogue, apart from what is left out on purpose', () => {
    const input = { gender: 'robot', anything: { a: [1] }, blank: '', nothing: null, missing: undefined };

    expect(prepareFields(undefined, input, STRICT).fields).toEqual({ gender: 'robot', anything: { a: [1] }, blank: '', nothing: null });
    expect(prepareFields(undefined, input, { ...STRICT, emptyValues: 'leaveOut' }).fields).toEqual({
      gender: 'robot',
      anything: { a: [1] },
    });
  });

  it('does not change the input', () => {
    const input = Object.freeze({ gender: 'Female', birthDate: '1980-10-24T00:00:00Z' });

    prepare(input);

    expect(input).toEqual({ gender: 'Female', birthDate: '1980-10-24T00:00:00Z' });
  });
});

describe('comparing with a record', () => {
  const sent: IDataObject = { firstName: 'Amy', birthDate: '1980-10-24', country: { PKey: '@x' }, cusVisited: '2026-01-31 09:30:00.000Z' };
  const same = profile('@a', { firstName: 'Amy', birthDate: '1980-10-24', country: { PKey: '@y' }, cusVisited: '2026-01-31T09:30:00Z' });

  it('finds no difference in another spelling of the same values', () => {
    expect(differences(catalogue(), sent, same)).toEqual([]);
  });

  it('names each field that does not hold what was sent', () => {
    expect(differences(catalogue(), sent, { ...same, firstName: 'AMY', birthDate: undefined })).toEqual([
      { field: 'firstName', expected: 'Amy', found: 'AMY' },
      { field: 'birthDate', expected: '1980-10-24', found: null },
    ]);
  });

  it('leaves out what surely is the same, and keeps links', () => {
    expect(withoutUnchanged(catalogue(), sent, same)).toEqual({ country: { PKey: '@x' } });
    expect(withoutUnchanged(catalogue(), { ...sent, firstName: 'Ida' }, same)).toEqual({ firstName: 'Ida', country: { PKey: '@x' } });
  });

  it('tells what changed between two readings, for the written fields only', () => {
    const before = profile('@a', { firstName: 'Ida', birthDate: '', lastModified: '2026-01-01 00:00:00.000Z' });
    const after = profile('@b', { firstName: 'Amy', birthDate: '1980-10-24', lastModified: '2026-02-01 00:00:00.000Z' });

    expect(changes(catalogue(), { firstName: 'Amy', birthDate: '1980-10-24', email: 'x' }, before, after)).toEqual([
      { field: 'firstName', before: 'Ida', after: 'Amy' },
      { field: 'birthDate', before: '', after: '1980-10-24' },
    ]);
  });
});

describe('what is easily got wrong', () => {
  it('leaves out what Campaign surely sets itself also where nothing is described', () => {
    const columns = { PKey: '@a', href: 'https://mc.adobe.io/x', lastModified: '2026-01-15', phone: '1', cusScore: 3 };

    expect(prepareFields(undefined, columns, { ...STRICT, readOnlyFields: 'leaveOut' }).fields).toEqual({ phone: '1', cusScore: 3 });
    expect(prepareFields(undefined, columns, STRICT).fields).toEqual(columns);
  });

  it('proposes no field for a name of another script, which has no letter in common with it', () => {
    const japanese = parseMetadata({ content: { gender: { label: '性別', type: 'string' } } });

    expect(refusalBy(() => prepareFields(japanese, { 住所: 'x' }, STRICT)).message).not.toContain('did you mean');
  });

  it('leaves out the key and address of an earlier Get also where the instance does not describe them', () => {
    const described = parseMetadata({ content: { email: { type: 'string' } } });

    expect(
      prepareFields(
        described,
        { PKey: '@a', href: 'https://mc.adobe.io/x', email: 'amy@mail.com' },
        { ...STRICT, readOnlyFields: 'leaveOut' },
      ),
    ).toEqual({
      fields: { email: 'amy@mail.com' },
      remarks: [],
    });
  });

  it("does not say that 'Fields' is empty when its values are blank and blank ones are ignored", () => {
    const { message, description } = refusalBy(() => prepare({ firstName: '', email: ' ' }, { ...STRICT, emptyValues: 'leaveOut' }));

    expect(message).not.toContain("'Fields' is empty");
    expect(`${message} ${description}`).toContain('Empty Values');
  });

  it('says in plain words that a field cannot be emptied', () => {
    expect(refusalBy(() => prepare({ cusScore: '' })).message).not.toContain("it cannot be emptied, not ''");
  });
});
