import type { CampaignClient } from '../../../../nodes/shared/campaign/client';
import {
  profileByCustomKey,
  profileByEmail,
  profileByKey,
  profileByUrl,
  retrieveProfiles,
} from '../../../../nodes/shared/campaign/find/profiles';
import { findRecords, recordNotFound, type SeveralMatches } from '../../../../nodes/shared/campaign/find/findRecords';
import { orderKeyOf, recordsByFilter, type RecordReference } from '../../../../nodes/shared/campaign/find/references';
import {
  clientOver,
  EXTENDED_PROFILES,
  FakeTransport,
  INSTANCE,
  json,
  profile,
  PROFILES,
  ROOT,
  text,
  type Reply,
} from '../../support/campaign';
import { refusalBy, refusalOf } from '../../support/errors';

const STANDARD = 'profileAndServices';
const EXTENDED = 'profileAndServicesExt';

describe('a profile by its key', () => {
  it('has an address', () => {
    expect(profileByKey(INSTANCE, STANDARD, ' @Wq7d ', 'Profile')).toEqual({
      by: 'address',
      api: STANDARD,
      url: `${PROFILES}/@Wq7d`,
      shown: "PKey '@Wq7d'",
    });
  });

  it('may be given by its whole address, which decides about the API', () => {
    expect(profileByKey(INSTANCE, STANDARD, ` ${EXTENDED_PROFILES}/@Wq7d`, 'Profile')).toMatchObject({
      api: EXTENDED,
      url: `${EXTENDED_PROFILES}/@Wq7d`,
    });
  });

  it.each(['amy@mail.com', ' a@b ', 'amy%@mail.com', "o'neil/x@mail.com"])('is an email where it cannot be a key: %j', (value) => {
    expect(profileByKey(INSTANCE, STANDARD, value, 'Profile')).toMatchObject({ by: 'email', email: value.trim(), api: STANDARD });
  });

  it.each([
    'https://user@evil.example/northwind/campaign/profileAndServices/profile/@a',
    'https://evil.example/northwind/campaign/profileAndServices/profile/@a',
    'HTTPS://evil.example/',
    'http:evil.example',
    '@a/../../service/@b',
    '',
  ])('refuses %j', (value) => {
    expect(refusalBy(() => profileByKey(INSTANCE, STANDARD, value, 'Profile')).reason).toBe('invalidInput');
  });
});

describe('a profile by its address', () => {
  it('is reached through the API of the address', () => {
    expect(profileByUrl(INSTANCE, `${EXTENDED_PROFILES}/@a`, 'Profile')).toEqual({
      by: 'address',
      api: EXTENDED,
      url: `${EXTENDED_PROFILES}/@a`,
      shown: `URL '${EXTENDED_PROFILES}/@a'`,
    });
  });

  it('is no service', () => {
    expect(refusalBy(() => profileByUrl(INSTANCE, `${ROOT}/profileAndServices/service/@a`, 'Profile')).reason).toBe('invalidInput');
  });
});

describe('a profile by its custom key', () => {
  it('is reached through the extended API', () => {
    expect(profileByCustomKey(INSTANCE, EXTENDED, 'L 42', 'Profile')).toMatchObject({
      url: `${EXTENDED_PROFILES}/L%2042`,
      shown: "custom key 'L 42'",
    });
  });

  it('is not known to the standard API', () => {
    expect(refusalBy(() => profileByCustomKey(INSTANCE, STANDARD, 'L-42', 'Profile'))).toMatchObject({
      message: expect.stringContaining('custom key'),
      description: expect.stringContaining("'Extended'"),
    });
  });
});

describe('a profile by its email', () => {
  it('is trimmed and otherwise left alone', () => {
    expect(profileByEmail(STANDARD, ' Zoë+news@Bücher.example\n', 'Profile')).toEqual({
      by: 'email',
      api: STANDARD,
      email: 'Zoë+news@Bücher.example',
      shown: "email 'Zoë+news@Bücher.example'",
    });
  });

  it.each(['', ' ', null, undefined])('is not %j', (value) => {
    expect(refusalBy(() => profileByEmail(STANDARD, value, 'Email')).message).toBe("'Email' is empty");
  });
});

const findProfiles = async (client: CampaignClient, reference: RecordReference, severalMatches: SeveralMatches) =>
  await findRecords(client, 'profile', reference, severalMatches);

describe('findRecords, of profiles', () => {
  const AMY = profileByEmail(STANDARD, 'amy@mail.com', 'Profile');

  function over(...replies: Reply[]) {
    const transport = new FakeTransport(...replies);
    return { transport, client: clientOver(transport) };
  }
  const list = (...records: object[]) => json({ content: records, count: { value: records.length } });
  const amy = (key: string, email = 'amy@mail.com') => profile(key, { email });

  it('asks nothing for an address', async () => {
    const { client, transport } = over();

    expect(await findProfiles(client, profileByKey(INSTANCE, STANDARD, '@a', 'Profile'), 'fail')).toEqual([
      { url: `${PROFILES}/@a`, subject: "profile with PKey '@a'" },
    ]);
    expect(transport.requests).toEqual([]);
  });

  it('brings along the record that the list held', async () => {
    const { client, transport } = over(list(amy('@a')));

    expect(await findProfiles(client, AMY, 'fail')).toEqual([
      { url: `${PROFILES}/@a`, subject: "profile with email 'amy@mail.com'", record: amy('@a') },
    ]);
    expect(transport.log).toEqual([`GET ${PROFILES}/byEmail?email=amy%40mail.com&_forcePagination=true`]);
  });

  it('asks the API that was chosen', async () => {
    const { client, transport } = over(list());
    await findProfiles(client, profileByEmail(EXTENDED, 'a+b@mail.com', 'Profile'), 'fail');

    expect(transport.log).toEqual([`GET ${EXTENDED_PROFILES}/byEmail?email=a%2Bb%40mail.com&_forcePagination=true`]);
  });

  it.each(['fail', 'all', 'first'] as const)('finds nobody without complaint: %s', async (several) => {
    expect(await findProfiles(over(list()).client, AMY, several)).toEqual([]);
  });

  it('fails when there are several, and says how many', async () => {
    expect(await refusalOf(findProfiles(over(list(amy('@a'), amy('@b'))).client, AMY, 'fail'))).toMatchObject({
      reason: 'severalMatches',
      message: "2 profiles have email 'amy@mail.com'",
      description: expect.stringContaining("'When Several Match'"),
      facts: { matches: 2 },
    });
  });

  it('finds several on several pages', async () => {
    const { client } = over(
      json({ content: [amy('@a')], next: { href: `${PROFILES}/byEmail?_lineStart=@k` } }),
      list(amy('@b'), amy('@c')),
    );

    expect((await findProfiles(client, AMY, 'all')).map(({ url }) => url)).toEqual([`${PROFILES}/@a`, `${PROFILES}/@b`, `${PROFILES}/@c`]);
  });

  it('is content with the first', async () => {
    const { client, transport } = over(json({ content: [amy('@a'), amy('@b')], next: { href: `${PROFILES}/byEmail?_lineStart=@k` } }));

    expect((await findProfiles(client, AMY, 'first')).map(({ url }) => url)).toEqual([`${PROFILES}/@a`]);
    expect(transport.requests).toHaveLength(1);
  });

  it('takes nobody else, should an instance understand the filter in another way', async () => {
    const others = [amy('@x', 'amy@mail.com.evil.example'), amy('@y', 'xamy@mail.com'), profile('@z'), profile('@n', { email: null })];

    expect(await findProfiles(over(list(...others)).client, AMY, 'all')).toEqual([]);
    expect((await findProfiles(over(list(...others, amy('@a'))).client, AMY, 'fail')).map(({ url }) => url)).toEqual([`${PROFILES}/@a`]);
    expect((await findProfiles(over(list(...others, amy('@a'))).client, AMY, 'first')).map(({ url }) => url)).toEqual([`${PROFILES}/@a`]);
  });

  it('does not mind capitals', async () => {
    expect(await findProfiles(over(list(amy('@a', 'Amy@Mail.com'))).client, AMY, 'fail')).toHaveLength(1);
  });

  it('makes an address from the key where the list has none', async () => {
    expect((await findProfiles(over(list({ PKey: '@a', email: 'amy@mail.com' })).client, AMY, 'fail'))[0]?.url).toBe(`${PROFILES}/@a`);
  });

  it('hands on what Campaign says against it', async () => {
    expect(await refusalOf(findProfiles(over(text('', 403)).client, AMY, 'fail'))).toMatchObject({ reason: 'forbidden' });
    expect(await refusalOf(findProfiles(over(text('<html>')).client, AMY, 'fail'))).toMatchObject({ reason: 'unreadableAnswer' });
  });
});

describe('orderKeyOf', () => {
  it.each([
    ['its email in capitals', profileByEmail(STANDARD, 'amy@mail.com', 'Profile'), profileByEmail(STANDARD, 'Amy@Mail.COM', 'Profile')],
    [
      'its email on the other API',
      profileByEmail(STANDARD, 'amy@mail.com', 'Profile'),
      profileByEmail(EXTENDED, 'amy@mail.com', 'Profile'),
    ],
    ['its address', profileByKey(INSTANCE, STANDARD, '@a', 'Profile'), profileByUrl(INSTANCE, `${PROFILES}/@a`, 'Profile')],
  ])('is the same for one profile: %s', (_, one, other) => {
    expect(orderKeyOf(one)).toBe(orderKeyOf(other));
  });

  it('tells profiles apart', () => {
    const keys = [
      profileByEmail(STANDARD, 'amy@mail.com', 'Profile'),
      profileByEmail(STANDARD, 'ida@mail.com', 'Profile'),
      profileByKey(INSTANCE, STANDARD, '@a', 'Profile'),
      profileByKey(INSTANCE, STANDARD, '@A', 'Profile'),
    ].map(orderKeyOf);

    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('recordNotFound', () => {
  it.each([
    [profileByEmail(STANDARD, 'amy@mail.com', 'Profile'), "There is no profile with email 'amy@mail.com'"],
    [profileByKey(INSTANCE, STANDARD, '@a', 'Profile'), "There is no profile with PKey '@a'"],
  ])('names what was looked for: %#', (reference, message) => {
    expect(recordNotFound('profile', reference).details).toMatchObject({ reason: 'notFound', message });
  });
});

describe('what is easily got wrong', () => {
  it.each([42, {}, ['amy@mail.com'], true])('does not call %j an empty email', (value) => {
    expect(refusalBy(() => profileByEmail(STANDARD, value, 'Profile')).message).not.toContain('is empty');
  });

  it('does not read the whole database when an instance ignores the filter', async () => {
    const pages = Array.from({ length: 40 }, (_, index) =>
      json({ content: [profile(`@${index}`, { email: `other${index}@mail.com` })], next: { href: `${PROFILES}/?_lineStart=@${index}` } }),
    );
    const transport = new FakeTransport(...pages);
    await findProfiles(clientOver(transport), profileByEmail(STANDARD, 'amy@mail.com', 'Profile'), 'fail').catch(() => undefined);

    expect(transport.requests.length).toBeLessThan(20);
  });

  it('does not stumble over the address of somebody else', async () => {
    const stranger = profile('@x', { email: 'stranger@mail.com', href: 'https://elsewhere.example/profile/@x' });
    const transport = new FakeTransport(json({ content: [stranger, profile('@a', { email: 'amy@mail.com' })] }));

    expect(await findProfiles(clientOver(transport), profileByEmail(STANDARD, 'amy@mail.com', 'Profile'), 'fail')).toHaveLength(1);
  });
});

describe('what is easily got wrong', () => {
  it('refuses an email with half a character, instead of a bare "URI malformed" later on', () => {
    expect(refusalBy(() => profileByEmail(STANDARD, 'amy\ud83d@mail.com', 'Profile')).reason).toBe('invalidInput');
  });
});

describe('profiles that a filter finds', () => {
  const RICH = recordsByFilter(STANDARD, { name: 'byPoints', parameters: { points: '5' } });
  const page = (from: number, size: number) =>
    json({
      content: Array.from({ length: size }, (_, index) => profile(`@${from + index}`)),
      next: { href: `${PROFILES}/byPoints?_lineStart=@${from}` },
    });

  it('are taken whatever their email', async () => {
    expect(RICH.shown).toBe("filter 'byPoints', points '5'");
    expect(await retrieveProfiles(clientOver(new FakeTransport(json({ content: [profile('@a')] }))), RICH, 'fail')).toEqual([
      profile('@a'),
    ]);
  });

  it('are not all read to say that there are several', async () => {
    const transport = new FakeTransport(page(0, 60), page(60, 60), page(120, 60));
    expect((await refusalOf(findProfiles(clientOver(transport), RICH, 'fail'))).message).toBe(
      "100 or more profiles match filter 'byPoints', points '5'",
    );
    expect(transport.requests).toHaveLength(2);
  });
});

describe('an email in capitals', () => {
  const capitals = profileByEmail(STANDARD, 'Amy@Mail.com', 'Profile');

  it('is looked for in lower case only when it is not there as written', async () => {
    const twice = new FakeTransport(json({ content: [] }), json({ content: [profile('@a', { email: 'amy@mail.com' })] }));
    expect(await findProfiles(clientOver(twice), capitals, 'fail')).toHaveLength(1);
    expect(twice.log.at(-1)).toContain('amy%40mail.com');
    const once = new FakeTransport(json({ content: [profile('@a', { email: 'Amy@Mail.com' })] }));
    expect(await findProfiles(clientOver(once), capitals, 'fail')).toHaveLength(1);
  });

  it('is missing after both looks', async () => {
    const transport = new FakeTransport(json({ content: [] }), json({ content: [] }));
    expect(await refusalOf(retrieveProfiles(clientOver(transport), capitals, 'fail'))).toMatchObject({
      reason: 'notFound',
      message: expect.stringContaining('Amy@Mail.com'),
    });
  });
});
