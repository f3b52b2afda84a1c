import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { Item, Run } from '../../../../nodes/shared/execution/item';
import { writtenFields, readOutput } from '../../../../nodes/shared/ui/record/output';
import { profileOutput } from '../../../../nodes/shared/ui/profile/profileOutput';
import { profile, PROFILES } from '../../support/campaign';
import { fakeContext } from '../../support/context';
import { refusalBy } from '../../support/errors';

const AMY = profile('@a', {
  email: 'amy@mail.com',
  firstName: 'Amy',
  lastName: '',
  age: 44,
  location: { city: 'Paris' },
  cusHobby: 'Dancing',
  cusScore: 0,
  cusOrders: { href: `${PROFILES}/@a/cusOrders/` },
  cusShop: null,
  subscriptions: { href: `${PROFILES}/@a/subscriptions/` },
});

const shape = (parameters: IDataObject) => readOutput(new Item(new Run(fakeContext({ parameters }).context), 0, {}), profileOutput);

describe('readOutput', () => {
  it.each([{}, { output: 'simplified' }])('gives what most people want: %j', (parameters) => {
    expect(shape(parameters)(AMY)).toEqual({
      PKey: '@a',
      email: 'amy@mail.com',
      firstName: 'Amy',
      lastName: '',
      href: `${PROFILES}/@a`,
      cusHobby: 'Dancing',
      cusScore: 0,
    });
  });

  it('keeps to the ten fields of the schema besides custom ones', () => {
    const schema = path.resolve(__dirname, '../../../../nodes/AdobeCampaignProfile/__schema__/v1.0.0/profile/get.json');
    const { properties } = JSON.parse(readFileSync(schema, 'utf8')) as { properties: Record<string, unknown> };
    const everything = Object.fromEntries([...Object.keys(properties), 'age', 'domain', 'title'].map((name) => [name, 'x']));

    expect(Object.keys(shape({})(everything))).toEqual(Object.keys(properties));
    expect(Object.keys(properties)).toHaveLength(10);
  });

  it('gives everything', () => {
    expect(shape({ output: 'raw' })(AMY)).toEqual(AMY);
  });

  it.each([
    ['a list', ['email', 'age']],
    ['text from an expression', ' email, age ,'],
    ['a list with the key in it', ['PKey', 'email', 'age', 'age']],
  ])('gives the chosen fields, and always the key and address: %s', (_, selectedFields) => {
    expect(shape({ output: 'selectedFields', selectedFields })(AMY)).toEqual({
      PKey: '@a',
      href: `${PROFILES}/@a`,
      email: 'amy@mail.com',
      age: 44,
    });
  });

  it('gives what there is of the chosen fields', () => {
    expect(shape({ output: 'selectedFields', selectedFields: ['cusShop', 'nothing'] })(AMY)).toEqual({
      PKey: '@a',
      href: `${PROFILES}/@a`,
      cusShop: null,
    });
  });

  it.each([[[]], [''], [' , '], [['', ' ']], [undefined]])('wants a field to be chosen: %j', (selectedFields) => {
    expect(refusalBy(() => shape({ output: 'selectedFields', selectedFields }))).toMatchObject({
      reason: 'invalidInput',
      message: "No 'Field Names or IDs' are chosen",
    });
  });

  it('knows no other output', () => {
    expect(refusalBy(() => shape({ output: 'xml' })).message).toBe("'Output' is 'xml'");
  });

  it('does not change the record', () => {
    const record = Object.freeze({ ...AMY });
    shape({})(record);

    expect(record).toEqual(AMY);
  });
});

describe('writtenFields', () => {
  it('keep a column that every object seems to have', () => {
    const written = JSON.parse('{"__proto__":"column","constructor":"another"}') as IDataObject;

    expect(JSON.stringify(writtenFields({ PKey: '@a' }, written))).toBe('{"__proto__":"column","constructor":"another","PKey":"@a"}');
    expect(Object.getPrototypeOf(writtenFields({ PKey: '@a' }, written))).toBe(Object.prototype);
  });

  it('is the key and the address', () => {
    expect(writtenFields(AMY)).toEqual({ PKey: '@a', href: `${PROFILES}/@a` });
    expect(writtenFields({ href: `${PROFILES}/@a` })).toEqual({ href: `${PROFILES}/@a` });
  });
});
