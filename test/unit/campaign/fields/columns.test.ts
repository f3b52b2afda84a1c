import { matchColumns } from '../../../../nodes/shared/campaign/fields/columns';
import { alikeField, nearestName, titleOf } from '../../../../nodes/shared/campaign/fields/names';
import { prepareFields, type FieldRules } from '../../../../nodes/shared/campaign/fields/prepareFields';
import { parseMetadata, type FieldCatalogue } from '../../../../nodes/shared/campaign/metadata';
import { refusalBy } from '../../support/errors';

const FIELDS = parseMetadata({
  content: {
    email: { type: 'string', label: 'Email' },
    firstName: { type: 'string', label: 'First name' },
    birthDate: { type: 'date', label: 'Birth date' },
    salutation: { type: 'string', label: 'Title' },
    title: { type: 'string', label: 'Title', readOnly: true },
    phone: { type: 'string', label: 'Phone (home)' },
    mobilePhone: { type: 'string', label: 'Phone' },
    cusCafé: { type: 'string', label: 'Café' },
    gender: {
      type: 'enumeration',
      label: 'Gender',
      values: { unknown: { label: 'Unspecified' }, male: { label: 'Male' }, female: { label: 'Female' } },
    },
  },
});
if (!FIELDS) throw new Error('no fields');
const CATALOGUE: FieldCatalogue = FIELDS;
const RULES: FieldRules = {
  api: 'profileAndServicesExt',
  zone: 'utc',
  unknownFields: 'refuse',
  readOnlyFields: 'leaveOut',
  emptyValues: 'leaveOut',
  longText: 'refuse',
  nestedFields: 'leaveOut',
  givenAs: 'columns',
};

describe('columns', () => {
  it.each([
    ['Email', 'email'],
    ['E-MAIL', 'email'],
    ['\uFEFFemail', 'email'],
    [' email ', 'email'],
    ['e_mail', 'email'],
    ['First name', 'firstName'],
    ['FIRST_NAME', 'firstName'],
    ['first  name', 'firstName'],
    ['Birth date', 'birthDate'],
    ['Cafe\u0301', 'cusCafé'],
    ['Phone (Home)', 'phone'],
    ['pkey', 'PKey'],
  ])('are understood as people write them: %j is %s', (column, field) => {
    expect(matchColumns(CATALOGUE, { [column]: 1 })).toEqual({ values: { [field]: 1 }, renamed: [{ column, field }] });
  });

  it.each(['email', 'firstName', 'phone', 'title', 'PKey'])('that have the name of a field are that field: %s', (column) => {
    expect(matchColumns(CATALOGUE, { [column]: 1 })).toEqual({ values: { [column]: 1 }, renamed: [] });
  });

  it.each(['Title', 'TITLE', 'Phone', 'constructor', '__proto__', '', '?', 'shoe size'])('keep a name that is not sure: %j', (column) => {
    const columns = Object.fromEntries([[column, 1]]);
    expect(matchColumns(CATALOGUE, columns)).toEqual({ values: columns, renamed: [] });
  });

  it('keep their names where two of them mean one field, whatever they hold', () => {
    for (const columns of [
      { email: 'a@b.c', Email: 'x@y.z' },
      { 'E-Mail': 'a@b.c', Email: 'x@y.z' },
      { Email: 'x@y.z', email: 'x@y.z' },
    ]) {
      expect(matchColumns(CATALOGUE, columns)).toEqual({ values: columns, renamed: [] });
    }
  });

  it('that tell which record is meant are understood also where Campaign does not describe its fields', () => {
    expect(matchColumns(undefined, { '\uFEFFEmail': 'a@b.c', Shoe: 1 }, 'email')).toEqual({
      values: { email: 'a@b.c', Shoe: 1 },
      renamed: [{ column: '\uFEFFEmail', field: 'email' }],
    });
    expect(matchColumns(undefined, { 'First name': 'Amy' }).renamed).toEqual([]);
  });

  it('are matched for every catalogue anew', () => {
    const other = parseMetadata({ content: { mail: { type: 'string', label: 'First name' } } });
    expect(matchColumns(CATALOGUE, { 'First name': 1 }).values).toEqual({ firstName: 1 });
    expect(matchColumns(other, { 'First name': 1 }).values).toEqual({ mail: 1 });
  });
});

describe('a column that is no field', () => {
  const refused = (columns: Readonly<Record<string, unknown>>) =>
    refusalBy(() => prepareFields(CATALOGUE, matchColumns(CATALOGUE, columns).values, RULES));

  it('is told, with the option that leaves it out', () => {
    const { message, description } = refused({ email: 'a@b.c', 'shoe size': 7 });
    expect(message).toBe("Field 'shoe size' is not known to Campaign");
    expect(description).toContain("Set 'Unknown Columns' under 'Options' to 'Leave Out'");
    expect(description).not.toContain('mapping');
  });

  it.each([
    ['phonne', "did you mean 'Phone (home)' (phone)?"],
    ['frstname', "did you mean 'First name' (firstName)?"],
    ['Frist Name', "did you mean 'First name' (firstName)?"],
    ['gendre', "did you mean 'Gender' (gender)?"],
  ])('that is nearly one is told with its name: %s', (column, expected) => {
    expect(refused({ [column]: 'x' }).message).toContain(expected);
  });

  it('that may be several is told with all of them', () => {
    expect(refused({ Title: 'Dr' }).message).toBe("Field 'Title' may be 'Title' (salutation) or 'Title' (title): rename the column");
  });

  it('that another column is already is told with it', () => {
    expect(refused({ email: 'a@b.c', Email: 'x@y.z' }).message).toBe(
      "Field 'Email' and 'email' both are 'Email' (email): keep one of the columns",
    );
  });
});

describe('a choice that there is not', () => {
  it('is told with labels first', () => {
    expect(refusalBy(() => prepareFields(CATALOGUE, { gender: 'robot' }, { ...RULES, givenAs: 'form' })).message).toBe(
      "Field 'Gender' (gender) takes one of Unspecified (unknown), Male (male), Female (female), not 'robot'",
    );
  });
});

describe('the nearest name', () => {
  it.each([
    ['emial', 'email'],
    ['Email ', 'email'],
    ['brithDate', 'birthDate'],
    ['x', undefined],
    ['', undefined],
    ['city', undefined],
    ['phone number', undefined],
  ])('of %j is %s', (name, expected) => {
    expect(nearestName(name, ['email', 'birthDate', 'phone'])).toBe(expected);
  });

  it('is no other field when names are short', () => {
    expect(alikeField('fax', CATALOGUE)).toBeUndefined();
    expect(titleOf({ name: 'x', label: 'x' })).toBe("'x'");
  });
});
