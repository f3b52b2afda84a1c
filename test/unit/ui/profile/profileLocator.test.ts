import type { IDataObject } from 'n8n-workflow';

import type { ProfileApiName } from '../../../../nodes/shared/campaign/urls';
import { Item, Run } from '../../../../nodes/shared/execution/item';
import { readSeveralMatches } from '../../../../nodes/shared/ui/options/matchOptions';
import { profileLocator, readProfile } from '../../../../nodes/shared/ui/profile/profileLocator';
import { EXTENDED_PROFILES, INSTANCE, PROFILES } from '../../support/campaign';
import { fakeContext } from '../../support/context';
import { refusalBy } from '../../support/errors';

const itemWith = (parameters: IDataObject, json: IDataObject = {}) =>
  new Item(new Run(fakeContext({ parameters, items: [json] }).context), 0, json);
const read = (profile: unknown, api: ProfileApiName = 'profileAndServices', json: IDataObject = {}) =>
  readProfile(itemWith({ profile: profile as IDataObject[string] }, json), INSTANCE, api);
const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });
const EXTENDED = 'profileAndServicesExt';

describe('readProfile', () => {
  it.each([
    ['a PKey', locator('pKey', '@Wq7d'), { by: 'address', url: `${PROFILES}/@Wq7d` }],
    ['a PKey that is an address', locator('pKey', `${PROFILES}/@Wq7d`), { by: 'address', url: `${PROFILES}/@Wq7d` }],
    ['an address', locator('url', `${PROFILES}/@Wq7d`), { by: 'address', url: `${PROFILES}/@Wq7d` }],
    ['an email', locator('email', ' a+b@mail.com '), { by: 'email', email: 'a+b@mail.com' }],
    ['a PKey that was dragged', locator('email', '@Wq7d'), { by: 'address', url: `${PROFILES}/@Wq7d` }],
    ['an address that was dragged', locator('email', `${PROFILES}/@Wq7d`), { by: 'address', url: `${PROFILES}/@Wq7d` }],
    ['text alone, as an expression or an AI model may give it', '@Wq7d', { by: 'address', url: `${PROFILES}/@Wq7d` }],
    ['a number alone', 1000042, { by: 'address', url: `${PROFILES}/1000042` }],
  ])('takes %s', (_, profile, expected) => {
    expect(read(profile)).toMatchObject({ api: 'profileAndServices', ...expected });
  });

  it('evaluates an expression for its item', () => {
    expect(read(locator('email', '={{$json.mail}}'), 'profileAndServices', { mail: 'amy@mail.com' })).toMatchObject({
      by: 'email',
      email: 'amy@mail.com',
    });
  });

  it('takes the API from the parameter, or from the address', () => {
    expect(read(locator('pKey', '@a'), EXTENDED)).toMatchObject({ api: 'profileAndServicesExt', url: `${EXTENDED_PROFILES}/@a` });
    expect(read(locator('email', 'a@b.c'), EXTENDED).api).toBe('profileAndServicesExt');
    expect(read(locator('url', `${EXTENDED_PROFILES}/@a`)).api).toBe('profileAndServicesExt');
    expect(read(locator('url', `${PROFILES}/@a`), EXTENDED).api).toBe('profileAndServices');
  });

  it('takes a custom key on the extended API only', () => {
    expect(read(locator('customKey', 'L-42'), EXTENDED)).toMatchObject({ url: `${EXTENDED_PROFILES}/L-42` });
    expect(refusalBy(() => read(locator('customKey', 'L-42'))).description).toContain("'Extended'");
  });

  it.each(['pKey', 'url', 'email', 'customKey'])('names the parameter when %s is empty', (mode) => {
    for (const value of ['', ' ', null, undefined]) {
      expect(refusalBy(() => read(locator(mode, value), EXTENDED))).toMatchObject({
        reason: 'invalidInput',
        message: "'Profile' is empty",
      });
    }
  });

  it('refuses what leads elsewhere', () => {
    expect(refusalBy(() => read(locator('url', 'https://evil.example/northwind/campaign/profileAndServices/profile/@a'))).reason).toBe(
      'invalidInput',
    );
    expect(refusalBy(() => read(locator('pKey', '@a/../../service/@b'))).reason).toBe('invalidInput');
  });
});

describe('a profile from the list', () => {
  it('is stored by its email', () => {
    expect(read(locator('list', 'amy@mail.com'), EXTENDED)).toMatchObject({
      by: 'email',
      email: 'amy@mail.com',
      api: 'profileAndServicesExt',
    });
  });

  it('is stored by its key where it has no email of its own', () => {
    expect(read(locator('list', '@Wq7d'))).toMatchObject({ by: 'address', url: `${PROFILES}/@Wq7d` });
  });

  it.each(['', ' ', null, undefined])('is still to be chosen: %j', (value) => {
    expect(refusalBy(() => read(locator('list', value)))).toMatchObject({ reason: 'invalidInput', message: "No 'Profile' is chosen" });
  });
});

describe('the modes', () => {
  it('begin with the email behind the list: there the editor puts what is dragged', () => {
    expect(profileLocator.modes?.map(({ name }) => name).slice(0, 2)).toEqual(['list', 'email']);
  });

  it('are all understood', () => {
    const values: Readonly<Record<string, string>> = {
      list: 'a@b.c',
      email: 'a@b.c',
      pKey: '@a',
      url: `${PROFILES}/@a`,
      customKey: 'L-42',
    };
    const modes = (profileLocator.modes ?? []).map(({ name }) => name);

    expect(modes).toEqual(Object.keys(values));
    for (const mode of modes) expect(read(locator(mode, values[mode]), EXTENDED).shown).not.toBe('');
  });
});

describe('readSeveralMatches', () => {
  it.each(['fail', 'all', 'first'])('%s', (severalMatches) => {
    expect(readSeveralMatches(itemWith({ options: { severalMatches } }))).toBe(severalMatches);
  });

  it('fails by default', () => {
    expect(readSeveralMatches(itemWith({}))).toBe('fail');
  });
});

describe('what is easily got wrong', () => {
  it("does not name the credential by the name that only n8n's files know", () => {
    expect(refusalBy(() => read(locator('list', ''))).description).not.toContain('adobeCampaignApi');
  });
});
