import { at, textAt } from './testing/client';
import { CAST_SIZE, DIALECTS, useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';
const EXT = 'profileAndServicesExt/profile';
const AMY = 'amy.dakota@mail.com';

/** Attributes of a record in the API without extension, in the order in which recorded answers print them. */
const BASE_ATTRIBUTES =
  'PKey age birthDate blackList blackListAllLastModified blackListEmail blackListEmailLastModified blackListFax blackListFaxLastModified blackListLastModified blackListMobile blackListMobileLastModified blackListPhone blackListPhoneLastModified blackListPostalMail blackListPostalMailLastModified blackListPushnotification created cryptedId domain email emailFormat externalId fax firstName gender href isExternal lastModified lastName location middleName mobilePhone phone postalAddress preferredLanguage salutation subscriptions thumbnail title'.split(
    ' ',
  );
const V8_EXT_ONLY = ['ccpaOptOut', 'ccpaOptOutLastModified', 'timeZone'];
const CUSTOM = ['cusLastPurchase', 'cusLoyaltyId', 'cusLoyaltyLevel', 'cusMemberSince', 'cusNewsletterConsent', 'cusOrders', 'cusPoints'];
const UNITS = ['geoUnit', 'orgUnit'];

describe.each(DIALECTS)('records on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const hrefOf = async (api = PROFILES): Promise<string> =>
    textAt((await started.client.get(`${api}/byEmail?email=${AMY}`)).json, 'content', 0, 'href');
  const amy = () => started.simulator.profiles.byEmail(AMY)[0];

  it('are read bare, attributes by name; href in a single GET on v8 only', async () => {
    const { client } = started;
    const { status, json } = await client.get(await hrefOf());
    const attributes = dialect === 'acs' ? [...BASE_ATTRIBUTES, ...V8_EXT_ONLY].sort().filter((name) => name !== 'href') : BASE_ATTRIBUTES;
    expect(status).toBe(200);
    expect(Object.keys(Object(json))).toEqual(attributes);
    expect(json).toMatchObject({
      firstName: 'Amy',
      lastName: 'Dakota',
      age: 45,
      birthDate: '1980-10-24',
      blackList: false,
      blackListLastModified: '',
      created: '2026-01-15 09:00:00.002Z',
      lastModified: '2026-01-15 09:00:00.000Z',
      cryptedId: expect.stringMatching(/^[\w+/]{70}==$/),
      domain: 'mail.com',
      emailFormat: 'unknown',
      gender: 'female',
      location: { address1: '', address2: '', address3: '', address4: '', city: '', countryCode: '', stateCode: '', zipCode: '' },
      postalAddress: {
        addrDefined: false,
        addrErrorCount: 0,
        addrLastCheck: '',
        addrQuality: '0',
        line1: 'Amy DAKOTA',
        line2: '',
        serialized: 'Amy DAKOTA\n\n\n\n\n',
      },
      preferredLanguage: 'none',
      thumbnail: '/nl/img/thumbnails/defaultProfil.png',
      title: 'Amy Dakota (amy.dakota@mail.com)',
    });
  });

  it('stand in a content array if that is assumed', async () => {
    const { client, simulator } = started;
    const href = await hrefOf();
    const { json } = await client.get(href);
    simulator.assumptions.singleRecord = 'wrapped';
    expect((await client.get(href)).json).toEqual({ content: [json] });
  });

  it('show extended attributes in the Ext API only, and hrefs stay in the API called', async () => {
    const { client } = started;
    for (const api of [PROFILES, EXT]) {
      const { json } = await client.get(`${api}/byEmail?email=${AMY}`);
      const record = at(json, 'content', 0);
      const isAcs = dialect === 'acs';
      const expected =
        api === EXT
          ? [...BASE_ATTRIBUTES, ...V8_EXT_ONLY, ...CUSTOM, ...(isAcs ? UNITS : [])]
          : [...BASE_ATTRIBUTES, ...(isAcs ? V8_EXT_ONLY : [])];
      expect(Object.keys(Object(record))).toEqual(expected.sort());
      for (const href of [textAt(record, 'href'), textAt(record, 'subscriptions', 'href'), textAt(json, 'count', 'href')]) {
        expect(href).toContain(`/northwind/campaign/${api}/`);
      }
    }
  });

  it('are created with 201, the whole record and defaults', async () => {
    const { client, simulator } = started;
    simulator.clock.freeze();
    simulator.clock.set(new Date('2026-01-15T09:00:01.234Z'));
    const { status, json } = await client.post(PROFILES, {
      email: 'x@y',
      location: { city: 'Oslo', zipCode: '0150', address1: 'Karl Johans gate 1' },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      age: 0,
      birthDate: '',
      title: '  (x@y)',
      domain: 'y',
      gender: 'unknown',
      created: '2026-01-15 09:00:01.235Z',
      lastModified: '2026-01-15 09:00:01.234Z',
      location: { address1: 'Karl Johans gate 1', address2: '', city: 'Oslo', zipCode: '0150' },
      postalAddress: { addrDefined: true, line1: '', line2: 'Karl Johans gate 1', line6: '0150 Oslo' },
    });
    expect((await client.get(`${PROFILES}/${textAt(json, 'PKey')}`)).status).toBe(200);
    expect(simulator.profiles.size).toBe(CAST_SIZE + 1);
  });

  it.each([undefined, {}, ''])('can be created from nothing (%j)', async (body) => {
    const reply = await started.client.post(PROFILES, body);
    expect([reply.status, at(reply.json, 'title')]).toEqual([201, '  ()']);
  });

  it('may share an email; this is assumed', async () => {
    const { client, simulator } = started;
    expect((await client.post(PROFILES, { email: AMY })).status).toBe(201);
    simulator.assumptions.uniqueEmail = true;
    expect((await client.post(PROFILES, { email: AMY })).status).toBe(500);
    expect(simulator.profiles.byEmail(AMY)).toHaveLength(2);
  });

  it('are updated in part, with 200, a key and its href', async () => {
    const { client, simulator } = started;
    const before = amy();
    simulator.clock.freeze();
    simulator.clock.set(new Date('2026-01-15T09:00:05.000Z'));
    const { status, json } = await client.patch(await hrefOf(), { phone: '3301020304', lastName: 'Dakota-Berg' });
    const key = textAt(json, 'PKey');
    expect(status).toBe(200);
    expect(json).toEqual({ PKey: key, href: `${simulator.url}/northwind/campaign/${PROFILES}/${key}` });
    expect(at((await client.get(textAt(json, 'href'))).json, 'phone')).toBe('3301020304');
    expect(amy()).toEqual({
      ...before,
      phone: '3301020304',
      lastName: 'Dakota-Berg',
      lastModified: '2026-01-15 09:00:05.000Z',
      title: 'Amy Dakota-Berg (amy.dakota@mail.com)',
      postalAddress: expect.objectContaining({ line1: 'Amy DAKOTA-BERG' }),
    });
  });

  it('recompute title, domain, age and postalAddress on every write; this is assumed', async () => {
    const { client, simulator } = started;
    const href = await hrefOf();
    await client.patch(href, { email: 'amy@northwind.example', birthDate: '2000-01-16' });
    expect(simulator.profiles.byEmail('amy@northwind.example')).toEqual([
      expect.objectContaining({ title: 'Amy Dakota (amy@northwind.example)', domain: 'northwind.example', age: 25 }),
    ]);
    simulator.assumptions.derivedAttributes = 'onCreate';
    await client.patch(href, { email: AMY });
    expect(amy()).toMatchObject({ email: AMY, domain: 'northwind.example' });
  });

  it('are deleted with 200 and no body; the status is assumed', async () => {
    const { client, simulator } = started;
    const reply = await client.delete(await hrefOf());
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect(simulator.profiles.byEmail(AMY)).toEqual([]);
    simulator.assumptions.deleteStatus = 204;
    const [kristen] = simulator.profiles.all();
    expect((await client.delete(`${PROFILES}/${kristen === undefined ? '' : simulator.profiles.keyOf(kristen)}`)).status).toBe(204);
    expect(simulator.profiles.size).toBe(CAST_SIZE - 2);
  });

  it('have an empty list of subscriptions, reached through their href', async () => {
    const { client } = started;
    const { json } = await client.get(await hrefOf());
    const href = textAt(json, 'subscriptions', 'href');
    for (const target of [href, href.replace(/\/$/, '')]) {
      expect((await client.get(target)).json).toEqual({
        content: [],
        count: { href: expect.stringMatching(/\/subscriptions\/\/_count\?_lineStart=@/), value: 0 },
        serverSidePagination: true,
      });
    }
    expect((await client.post(href, {})).status).toBeGreaterThanOrEqual(404);
  });

  it('take an empty PATCH: v8 with 204, ACS like any other; the latter is assumed', async () => {
    const { client, simulator } = started;
    const href = await hrefOf();
    const before = amy();
    for (const body of [{}, '', undefined]) {
      const reply = await client.patch(href, body);
      expect([reply.status, reply.json]).toEqual(
        dialect === 'v8' ? [204, undefined] : [200, { PKey: expect.any(String), href: expect.any(String) }],
      );
    }
    expect(amy()).toBe(before);
    expect(simulator.stats.writesApplied).toBe(0);
    simulator.assumptions.acsEmptyPatch = 'error';
    expect((await client.patch(href, {})).status).toBe(dialect === 'v8' ? 204 : 500);
  });

  it('take location in a PATCH on ACS, as an attribute and as an element of its own, and refuse it on v8', async () => {
    const { client } = started;
    const href = await hrefOf();
    const replies = [
      await client.patch(href, { location: { zipCode: '75001' } }),
      await client.patch(`${href}/location`, { city: 'Paris' }),
      await client.patch(`${href}/location`, { location: { countryCode: 'FR' } }),
    ];
    if (dialect === 'acs') {
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(amy()?.location).toMatchObject({ zipCode: '75001', city: 'Paris', countryCode: 'FR' });
      expect((await client.patch(href, { location: { planet: 'Mars' } })).text).toContain(
        "'planet' property is not valid for the 'profile' resource.",
      );
      return;
    }
    expect(replies.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(replies[0]?.text).toBe("'zipCode' property is not valid for the 'profile' resource.");
    expect((await client.patch(href, { location: {} })).text).toContain("'location' property is not valid");
    expect(amy()?.location).toMatchObject({ zipCode: '' });
  });

  it('know only the endpoints that exist', async () => {
    const { client } = started;
    const href = await hrefOf();
    const unsupported = dialect === 'v8' ? 404 : 500;
    for (const [method, target] of [
      ['PUT', href],
      ['POST', href],
      ['DELETE', PROFILES],
      ['GET', `${href}/email`],
      ['PATCH', `${href}/email`],
      ['PATCH', PROFILES],
    ] as const) {
      expect((await client.call(method, target, {})).status).toBe(unsupported);
    }
  });
});
