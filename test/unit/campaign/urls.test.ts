import type { CampaignInstance } from '../../../nodes/shared/campaign/instance';
import {
  collectionUrl,
  filterUrl,
  followable,
  followableUrl,
  addressParts,
  listPageUrl,
  metadataUrl,
  parseKey,
  parseRecordUrl,
  recordUrl,
} from '../../../nodes/shared/campaign/urls';
import { EXTENDED_PROFILES, INSTANCE, PROFILES, ROOT } from '../support/campaign';
import { refusalBy } from '../support/errors';

/** A gateway whose address has a path of its own. */
const BEHIND_PATH: CampaignInstance = { baseUrl: 'https://gate.example/adobe/v1', organization: 'northwind' };

describe('addresses that are put together', () => {
  it.each([
    [
      'a collection',
      collectionUrl(INSTANCE, 'profileAndServices', 'profile'),
      'https://mc.adobe.io/northwind/campaign/profileAndServices/profile',
    ],
    [
      'a record',
      recordUrl(INSTANCE, 'profileAndServicesExt', 'profile', 'L-1'),
      'https://mc.adobe.io/northwind/campaign/profileAndServicesExt/profile/L-1',
    ],
    [
      'a description',
      metadataUrl(INSTANCE, 'profileAndServices', 'profile'),
      'https://mc.adobe.io/northwind/campaign/profileAndServices/resourceType/profile',
    ],
    [
      'a list',
      filterUrl(INSTANCE, { api: 'profileAndServices', name: 'service' }, [], {}),
      'https://mc.adobe.io/northwind/campaign/profileAndServices/service',
    ],
    [
      'a collection behind a path',
      collectionUrl(BEHIND_PATH, 'profileAndServices', 'profile'),
      'https://gate.example/adobe/v1/northwind/campaign/profileAndServices/profile',
    ],
  ])('%s', (_, url, expected) => {
    expect(url).toBe(expected);
  });

  it('combines filters as Adobe combines them', () => {
    expect(
      filterUrl(INSTANCE, { api: 'profileAndServices', name: 'service' }, ['byChannel', 'byText'], { channel: 'email', text: 'sport' }),
    ).toBe(`${ROOT}/profileAndServices/service/byChannel/byText?channel=email&text=sport`);
  });

  it.each(['amy+news@mail.com', 'amy dakota@mail.com', 'zoë@bücher.example', 'a&_lineCount=1@x.com', "o'hara=1@x.com", '#1@x.com'])(
    'brings the email %s to the server whole',
    (email) => {
      const url = filterUrl(INSTANCE, { api: 'profileAndServices', name: 'profile' }, ['byEmail'], { email });

      expect([...new URL(url).searchParams]).toEqual([['email', email]]);
      // A form decoder reads a bare plus as a blank.
      expect(url).not.toContain('+');
      expect(url).toMatch(/^[\x21-\x7e]+$/);
    },
  );

  it.each(['@Wq7d-_x', 'L 1000', 'Zoë', 'a+b', 'a;b', 'a&b=c', 'a:b'])('keeps the key %s one segment of the path', (key) => {
    const { pathname, search } = new URL(recordUrl(INSTANCE, 'profileAndServicesExt', 'profile', key));

    expect(pathname.split('/').slice(0, -1).join('/')).toBe('/northwind/campaign/profileAndServicesExt/profile');
    expect(decodeURIComponent(pathname.split('/').at(-1) ?? '')).toBe(key);
    expect(search).toBe('');
  });

  it("writes the @ of a key as Campaign's own addresses do", () => {
    expect(recordUrl(INSTANCE, 'profileAndServices', 'profile', '@Wq7d')).toBe(`${PROFILES}/@Wq7d`);
  });
});

describe('parseKey', () => {
  it.each([
    ['@Wq7d', '@Wq7d'],
    ['  @Wq7d\n', '@Wq7d'],
    [1000042, '1000042'],
    ['first.last', 'first.last'],
    ['amy@mail.com', 'amy@mail.com'],
    ['Zoë Ö.', 'Zoë Ö.'],
  ])('accepts %j', (value, key) => {
    expect(parseKey(value, 'Profile')).toBe(key);
  });

  it.each([true, {}, ['@Wq7d'], NaN, Infinity, 12345678901234567000])('A3, A4: refuses %p as a key', (value) => {
    expect(refusalBy(() => parseKey(value, 'Profile'))).toMatchObject({
      reason: 'invalidInput',
      message: expect.stringMatching(/^'Profile' is /),
      description: expect.stringMatching(/^Give /),
    });
  });

  it.each(['', '   ', '\n', undefined, null])('finds no key in %j', (value) => {
    expect(refusalBy(() => parseKey(value, 'Profile'))).toMatchObject({
      reason: 'invalidInput',
      message: "'Profile' is empty",
      description: expect.stringContaining("'Profile'"),
    });
  });

  it.each([
    '@a/b',
    '/@a',
    '@a/',
    '@a?x=1',
    '@a#b',
    '..',
    '.',
    '...',
    'a..b',
    '../service',
    '..\\service',
    'a\\b',
    '@a%2fb',
    '%2e%2e',
    '100%',
    '@a\nHost: evil',
    '@a\r\nb',
    '@a\tb',
    '@a\u0000b',
    '@a\u007fb',
  ])('refuses %j, which could name something else', (key) => {
    const { reason, message, description } = refusalBy(() => parseKey(key, 'PKey'));

    expect(reason).toBe('invalidInput');
    expect(message).toBe("'PKey' has characters that cannot be part of a key");
    expect(description).toContain("choose 'By URL'");
  });
});

describe('parseRecordUrl', () => {
  const parse = (value: unknown, instance = INSTANCE) => parseRecordUrl(instance, { name: 'profile' }, value, 'Profile');

  it('tells the API from the address', () => {
    expect(parse(`${PROFILES}/@Wq7d`)).toEqual({ url: `${PROFILES}/@Wq7d`, api: 'profileAndServices' });
    expect(parse(` ${EXTENDED_PROFILES}/L-1 `)).toEqual({ url: `${EXTENDED_PROFILES}/L-1`, api: 'profileAndServicesExt' });
  });

  it('takes an address with a slash at its end for the one without', () => {
    expect(parse(`${PROFILES}/@Wq7d/`)).toEqual({ url: `${PROFILES}/@Wq7d`, api: 'profileAndServices' });
    expect(refusalBy(() => parse(`${PROFILES}/@Wq7d//`)).message).toContain('is not the address of a profile');
  });

  it('takes the relative addresses of old Campaign Standard instances', () => {
    expect(parse('/profileAndServices/profile/@Wq7d').url).toBe(`${PROFILES}/@Wq7d`);
  });

  it('takes addresses behind a base URL with a path, and no others', () => {
    const url = 'https://gate.example/adobe/v1/northwind/campaign/profileAndServices/profile/@a';

    expect(parse(url, BEHIND_PATH)).toEqual({ url, api: 'profileAndServices' });
    expect(refusalBy(() => parse(url.replace('/adobe/v1', ''), BEHIND_PATH)).reason).toBe('invalidInput');
    expect(refusalBy(() => parse(url.replace('/adobe/v1', '/adobe/v2'), BEHIND_PATH)).reason).toBe('invalidInput');
  });

  it.each(['', '  ', undefined, null, 7])('finds no address in %j', (value) => {
    expect(refusalBy(() => parse(value)).message).toBe("'Profile' is empty");
  });

  it.each([
    ['the collection', PROFILES],
    ['the collection with a slash', `${PROFILES}/`],
    ['another resource', `${ROOT}/profileAndServices/service/@a`],
    ['a resource with a similar name', `${ROOT}/profileAndServices/profiles/@a`],
    ['another API', `${ROOT}/customResources/profile/@a`],
    ['an API with a similar name', `${ROOT}/profileAndServicesExtra/profile/@a`],
    ['something below the record', `${PROFILES}/@a/subscriptions/`],
    ['a record with a query', `${PROFILES}/@a?_lineCount=1`],
    ['a record with a fragment', `${PROFILES}/@a#x`],
    ['a path that climbs out', `${PROFILES}/../service/@a`],
    ['the organization alone', `${ROOT}/`],
  ])('refuses %s', (_, url) => {
    const { reason, message, description } = refusalBy(() => parse(url));

    expect(reason).toBe('invalidInput');
    expect(message).toBe("'Profile' is not the address of a profile");
    expect(description).toContain(`${PROFILES}/<PKey>`);
  });
});

describe('followable', () => {
  it.each([
    `${PROFILES}/@a`,
    `${PROFILES}/@a-b_C9/subscriptions`,
    `${PROFILES}/@a/subscriptions/`,
    `${PROFILES}//_count`,
    `${PROFILES}/..`,
    `${PROFILES}/%2e%2e/x`,
    `${PROFILES}/ä`,
    `${PROFILES}/@a?_lineStart=@b`,
    `${PROFILES}/@a#x`,
    `${PROFILES}\\x`,
    ROOT,
    `${ROOT}x/profile`,
    'https://elsewhere.example/northwind/campaign/profileAndServices/profile/@a',
    '/profileAndServices/profile/@a',
    'nothing',
  ])('is what is left of %s once it is checked', (text) => {
    let checked: string | undefined;
    try {
      checked = followableUrl(INSTANCE, text).href;
    } catch {
      checked = undefined;
    }
    expect(followable(INSTANCE, text)).toBe(checked);
  });
});

describe('followableUrl', () => {
  it.each([
    `${PROFILES}/@Wq7d`,
    `${ROOT}/profileAndServices/profile//_count?_lineStart=@k3`,
    `${ROOT}/profileAndServices/profile//byEmail/_count?email=a%2Bb%40x.com`,
    `${ROOT}/workflow/execution/@Vv/activities/activity/@Vw/trigger/`,
  ])('leaves %s as Campaign wrote it', (url) => {
    expect(followableUrl(INSTANCE, url).href).toBe(url);
  });

  it('completes the relative addresses of old Campaign Standard instances', () => {
    expect(followableUrl(INSTANCE, '/profileAndServicesExt/profile/?_lineStart=@p9').href).toBe(`${EXTENDED_PROFILES}/?_lineStart=@p9`);
  });

  it.each([
    ['host in capitals', 'HTTPS://MC.ADOBE.IO/northwind/campaign/profileAndServices/profile/@a'],
    ['default port', 'https://mc.adobe.io:443/northwind/campaign/profileAndServices/profile/@a'],
  ])('knows the same origin in another spelling: %s', (_, url) => {
    expect(followableUrl(INSTANCE, url).href).toBe(`${PROFILES}/@a`);
  });

  it.each([
    ['another host', 'https://evil.example/northwind/campaign/profileAndServices/profile/@a'],
    ['a host that begins alike', 'https://mc.adobe.io.evil.example/northwind/campaign/profileAndServices/profile/@a'],
    ['a host below another', 'https://evil-mc.adobe.io/northwind/campaign/x'],
    ['another port', 'https://mc.adobe.io:8443/northwind/campaign/profileAndServices/profile/@a'],
    ['plain http', 'http://mc.adobe.io/northwind/campaign/profileAndServices/profile/@a'],
    ['backslashes instead of slashes', 'https:\\\\evil.example\\northwind\\campaign\\x'],
  ])('sends no token to %s', (_, url) => {
    expect(refusalBy(() => followableUrl(INSTANCE, url))).toMatchObject({
      reason: 'invalidInput',
      message: expect.stringContaining('but the credential belongs to https://mc.adobe.io'),
    });
  });

  it.each([
    ['the host as user name', 'https://mc.adobe.io@evil.example/northwind/campaign/x'],
    ['host and port as user and password', 'https://mc.adobe.io:443@evil.example/northwind/campaign/x'],
    ['a user at the right host', 'https://amy:secret@mc.adobe.io/northwind/campaign/x'],
  ])('refuses %s', (_, url) => {
    expect(refusalBy(() => followableUrl(INSTANCE, url)).message).toBe('The address has a user name or password in it');
  });

  it.each([
    ['another organization', 'https://mc.adobe.io/contoso/campaign/profileAndServices/profile/@a'],
    ['an organization that begins alike', 'https://mc.adobe.io/northwind-evil/campaign/profileAndServices/profile/@a'],
    ['another spelling of the organization', 'https://mc.adobe.io/Northwind/campaign/profileAndServices/profile/@a'],
    ['something that begins like campaign', 'https://mc.adobe.io/northwind/campaign-evil/profile/@a'],
    ['the organization without a path', ROOT],
    ['another product of the organization', 'https://mc.adobe.io/northwind/target/x'],
    ['dots that climb out', `${ROOT}/../../contoso/campaign/profile/@a`],
    ['encoded dots that climb out', `${ROOT}/%2e%2e/%2E%2E/contoso/campaign/profile/@a`],
    ['half encoded dots', `${ROOT}/.%2e/.%2E/contoso/campaign/profile/@a`],
    ['backslashes that climb out', `${ROOT}\\..\\..\\contoso\\campaign\\profile\\@a`],
    ['an encoded slash', `${PROFILES}/..%2f..%2f..%2f..%2fcontoso%2fcampaign`],
    ['an encoded backslash', `${PROFILES}/..%5C..%5Ccontoso`],
    ['slashes before the organization', 'https://mc.adobe.io//northwind/campaign/profileAndServices/profile/@a'],
    ['a backslash before a host', 'https://mc.adobe.io\\@evil.example/northwind/campaign/x'],
  ])("sends no token outside the credential's organization: %s", (_, url) => {
    const { reason, message } = refusalBy(() => followableUrl(INSTANCE, url));

    expect(reason).toBe('invalidInput');
    expect(message).toBe("The address does not belong to organization 'northwind' of the credential");
  });

  it.each([
    ['a word', 'profile'],
    ['a relative path of another organization', '/contoso/campaign/profileAndServices/profile/@a'],
    ['a relative path that climbs', '../northwind/campaign/profileAndServices/profile/@a'],
    ['a host without a scheme', '//evil.example/northwind/campaign/x'],
    ['a line break', `${ROOT}/profile\n/@a`],
    ['a tab inside the host', 'https://mc.adobe\t.io/northwind/campaign/x'],
    ['nothing', ''],
  ])('refuses %s', (_, url) => {
    expect(refusalBy(() => followableUrl(INSTANCE, url)).message).toBe('The address is not a web address');
  });

  it('takes a path of the organization, as some instances print the next page', () => {
    expect(followableUrl(INSTANCE, '/northwind/campaign/profileAndServices/profile?_lineStart=@x').href).toBe(`${PROFILES}?_lineStart=@x`);
    expect(refusalBy(() => followableUrl(INSTANCE, '/northwind/campaign/../../contoso/campaign/x')).message).toContain('does not belong');
  });

  it('does not take a relative address to another host', () => {
    const { href } = followableUrl(INSTANCE, '/profileAndServices@evil.example/x');

    expect(new URL(href).host).toBe('mc.adobe.io');
  });
});

describe('what is easily got wrong', () => {
  it('refuses a key with half a character, instead of a bare "URI malformed" later on', () => {
    expect(refusalBy(() => parseKey('L-\ud83d', 'Profile')).reason).toBe('invalidInput');
  });

  it.each(['..;', '..;a=b', '%252e%252e'])('refuses the key %s in an address: some servers read it as a way up', (key) => {
    expect(refusalBy(() => parseRecordUrl(INSTANCE, { name: 'profile' }, `${PROFILES}/${key}`, 'Profile')).reason).toBe('invalidInput');
  });
});

describe('addresses below a record', () => {
  it.each([
    [`${PROFILES}/@a/subscriptions/@b`, true],
    [`${EXTENDED_PROFILES}/@a/subscriptions/@b/`, true],
    [`${PROFILES}/@a/subscriptions`, false],
    [`${PROFILES}/@a/other/@b`, false],
    [`${ROOT}/other/profile/@a/subscriptions/@b`, false],
    [`${PROFILES}/@a/subscriptions/@b/@c`, false],
    [`${PROFILES}/@a/subscriptions/%2f`, false],
    [`https://evil.example/${PROFILES}/@a/subscriptions/@b`, false],
  ])('%s: %s', (url, expected) => {
    const { below, keyBelow } = addressParts(INSTANCE, url) ?? {};
    expect(below === 'subscriptions' && keyBelow !== undefined).toBe(expected);
  });

  it('keep what they ask for when the size of pages is added', () => {
    expect(listPageUrl('https://a/b', 5)).toBe('https://a/b?_lineCount=5&_forcePagination=true');
    expect(listPageUrl('https://a/b?c=d', 5)).toBe('https://a/b?c=d&_lineCount=5&_forcePagination=true');
  });
});

describe("B16: behind a company's gateway", () => {
  const gateway: CampaignInstance = { baseUrl: 'https://gate.example/adobe/v1', organization: 'northwind' };

  it.each([
    ['https://mc.adobe.io/northwind/campaign/profileAndServices/profile?_lineStart=@x', 'profileAndServices/profile?_lineStart=@x'],
    ['https://mc.adobe.io/northwind/campaign/profileAndServices/profile//_count', 'profileAndServices/profile//_count'],
    ['https://northwind.campaign.adobe.com/northwind/campaign/workflow/execution/@w', 'workflow/execution/@w'],
  ])('%s, which Campaign prints, is followed on the host of the credential', (printed, path) => {
    expect(followableUrl(gateway, printed).href).toBe(`https://gate.example/adobe/v1/northwind/campaign/${path}`);
  });

  it.each([
    'https://mc.adobe.io/contoso/campaign/profileAndServices/profile',
    'https://mc.adobe.io/northwind/campaign-evil/profile',
    'https://mc.adobe.io.evil.example/northwind/campaign/profileAndServices/profile',
    'https://notadobe.io/northwind/campaign/profileAndServices/profile',
    'https://user:word@mc.adobe.io/northwind/campaign/profileAndServices/profile',
    'https://mc.adobe.io/northwind/campaign/../../contoso/campaign/profileAndServices/profile',
  ])('%s is not followed', (printed) => {
    expect(refusalBy(() => followableUrl(gateway, printed)).reason).toBe('invalidInput');
  });

  it('the address of a record that somebody pastes is one of the gateway', () => {
    const { url } = parseRecordUrl(
      gateway,
      { name: 'profile' },
      'https://mc.adobe.io/northwind/campaign/profileAndServices/profile/@a',
      'URL',
    );
    expect(url).toBe('https://gate.example/adobe/v1/northwind/campaign/profileAndServices/profile/@a');
  });
});
