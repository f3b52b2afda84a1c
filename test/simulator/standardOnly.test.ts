import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const UNITS = 'profileAndServicesExt/orgUnitBase';
const HISTORY = 'profileAndServices/history';
const PRIVACY = 'privacy/privacyTool';
const AMY = 'amy.dakota@mail.com';

describe('what Campaign Standard alone has', () => {
  const started = useSimulator({ dialect: 'acs' });
  const keyOfAmy = (): string => {
    const { profiles } = started.simulator;
    const [amy] = profiles.byEmail(AMY);
    return amy === undefined ? '' : profiles.keyOf(amy);
  };

  describe('units', () => {
    it('are listed and renamed, never created or deleted', async () => {
      const { client, simulator } = started;
      const { json } = await client.get(`${UNITS}/`);
      const nordics = at(json, 'content', 1);
      expect(nordics).toEqual({
        PKey: expect.stringMatching(/^@/),
        created: '2026-01-15 09:00:00.000Z',
        desc: '',
        href: `${simulator.url}/northwind/campaign/${UNITS}/${textAt(nordics, 'PKey')}`,
        label: 'Nordics',
        lastModified: '2026-01-15 09:00:00.000Z',
        name: 'nordics',
        parentTitle: 'All (all)',
        title: 'Nordics (nordics)',
      });
      const href = textAt(nordics, 'href');
      expect((await client.patch(href, { label: 'The North', name: 'north' })).status).toBe(200);
      const renamed = (await client.get(href)).json;
      expect(renamed).toMatchObject({ title: 'The North (north)' });
      expect('href' in Object(renamed)).toBe(false);
      expect(simulator.resources.get('orgUnitBase').get(2)?.label).toBe('The North');
      expect(simulator.stats.writes.to(2, 'orgUnitBase')).toBe(1);
      expect((await client.post(UNITS, { label: 'East' })).status).toBe(500);
      expect((await client.delete(href)).status).toBe(500);
      expect(at((await client.get('profileAndServicesExt/geoUnitBase')).json, 'content', 1, 'name')).toBe('europe');
    });

    it('are assigned to a profile by PKey, in the Ext API', async () => {
      const { client } = started;
      const unit = at((await client.get(UNITS)).json, 'content', 2);
      const profile = `profileAndServicesExt/profile/${keyOfAmy()}`;
      expect(at((await client.get(profile)).json, 'orgUnit')).toBeNull();
      expect((await client.patch(profile, { orgUnit: { PKey: textAt(unit, 'PKey') } })).status).toBe(200);
      const { json } = await client.get(profile);
      expect(at(json, 'orgUnit')).toEqual({ PKey: expect.any(String), href: expect.stringContaining(`/${UNITS}/@`), title: 'Iberia (iberia)' });
      expect(at((await client.get(textAt(json, 'orgUnit', 'href'))).json, 'name')).toBe('iberia');
      const plain = await client.patch(`profileAndServices/profile/${keyOfAmy()}`, { orgUnit: { PKey: textAt(unit, 'PKey') } });
      expect(plain.text).toContain("'orgUnit' property is not valid for the 'profile' resource.");
      expect((await client.patch(`profileAndServicesExt/service/weekly_offers`, { orgUnit: { PKey: textAt(unit, 'PKey') } })).status).toBe(200);
    });
  });

  describe('marketing history', () => {
    it('is a profile with what its events add up to', async () => {
      const { client, simulator } = started;
      const { status, json } = await client.get(`${HISTORY}/${keyOfAmy()}`);
      expect(status).toBe(200);
      expect(json).toMatchObject({
        countBroadLogEvents: 2,
        countSubHistoEvents: 1,
        countryIsoA2: '',
        email: AMY,
        events: { href: expect.stringContaining(`${simulator.url}/northwind/campaign/${HISTORY}/@`), metadata: 'subHisto' },
        kpisAndChart: { href: expect.stringMatching(/\/kpisAndChart\/$/) },
        minBroadLogEvents: '2025-12-01 08:44:49.366Z',
        minSubHistoEvents: '2025-11-15 10:00:00.000Z',
      });
      expect((await client.get(`${HISTORY}/${textAt(json, 'PKey')}`)).json).toEqual(json);
    });

    it('has events, in pages', async () => {
      const { client, simulator } = started;
      const href = textAt((await client.get(`${HISTORY}/${keyOfAmy()}`)).json, 'events', 'href');
      const { json } = await client.get(href);
      const first = at(json, 'content', 0);
      expect(first).toEqual({
        PKey: expect.stringMatching(/^@/),
        category: 'email',
        date: '2025-12-01 08:44:49.366Z',
        href: href + textAt(first, 'PKey'),
        label: 'Winter sale',
        metadata: 'broadLog',
        mirrorPage: { href: expect.stringMatching(/\/events\/@[\w-]+\/mirrorPage\/$/) },
        type: 'outbound',
      });
      expect(at((await client.get(textAt(first, 'href'))).json, 'label')).toBe('Winter sale');
      expect(at(json, 'content', 2)).not.toHaveProperty('mirrorPage');
      expect(at(json, 'count', 'value')).toBe(3);
      const page = (await client.get(`${href}?_lineCount=2`)).json;
      expect(at((await client.get(textAt(page, 'next', 'href'))).json, 'content', 0, 'label')).toBe('Weekly offers');
      simulator.resources.get('event').add({ profile: 1, label: 'Spring sale' });
      expect(at((await client.get(href)).json, 'count', 'value')).toBe(4);
    });

    it('is found by the filters of profiles, described, and only read', async () => {
      const { client, simulator } = started;
      const { json } = await client.get(`${HISTORY}/byEmail?email=${AMY}`);
      expect(at(json, 'content', 0)).toMatchObject({ countBroadLogEvents: 2, href: expect.stringContaining(`/${HISTORY}/@`) });
      expect(at((await client.get(HISTORY)).json, 'count', 'value')).toBe(simulator.profiles.size);
      const metadata = (await client.get('profileAndServices/resourceType/history')).json;
      expect(at(metadata, 'content', 'events')).toMatchObject({ type: 'collection', resTarget: 'event' });
      expect((await client.patch(`${HISTORY}/${keyOfAmy()}`, { phone: '1' })).status).toBe(500);
      expect((await client.delete(`${HISTORY}/${keyOfAmy()}`)).status).toBe(500);
      expect(simulator.stats.writesApplied).toBe(0);
      simulator.settings.freshKeys = true;
      const [one, other] = [await client.get(HISTORY), await client.get(HISTORY)].map((reply) => textAt(reply.json, 'content', 0, 'events', 'href'));
      expect(one).not.toBe(other);
      expect((await client.get(one ?? '')).status).toBe(200);
    });
  });

  describe('privacy requests', () => {
    const request = { namespaceName: 'defaultNamespace1', reconciliationValue: AMY, regulation: 'gdpr', label: 'Show Amy', type: 'access' };

    it('are created and listed; when they are done is assumed', async () => {
      const { client, simulator } = started;
      simulator.clock.freeze();
      const { status, json } = await client.post(PRIVACY, { ...request, name: 'PT900' });
      const campaign = `${simulator.url}/northwind/campaign`;
      const key = textAt(json, 'PKey');
      expect([status, json]).toEqual([
        201,
        {
          PKey: expect.stringMatching(/^@/),
          audit: '',
          created: expect.any(String),
          desc: '',
          gdprRequestData: { href: `${campaign}/head/privacyTool/${key}/gdprRequestData/` },
          href: `${campaign}/${PRIVACY}/${key}`,
          label: 'Show Amy',
          lastModified: expect.any(String),
          name: 'PT900',
          namespace: { PKey: expect.stringMatching(/^@/), title: 'Email (defaultNamespace1)' },
          namespaceName: 'defaultNamespace1',
          reconciliationValue: AMY,
          regulation: 'gdpr',
          retryCount: 0,
          status: 'new',
          title: 'Show Amy (PT900)',
          type: 'access',
        },
      ]);
      await client.post(PRIVACY, { ...request, reconciliationValue: 'nobody@mail.com' });
      const statuses = async (): Promise<unknown[]> => {
        const { json: list } = await client.get(PRIVACY);
        return [0, 1].map((index) => at(list, 'content', index, 'status'));
      };
      expect(await statuses()).toEqual(['new', 'new']);
      simulator.clock.advance(simulator.assumptions.privacySeconds * 1000);
      expect(await statuses()).toEqual(['complete', 'errorDataNotFound']);
      expect(simulator.stats.writesApplied).toBe(2);
    });

    it('give out their data file once they are complete', async () => {
      const { client, simulator } = started;
      simulator.assumptions.privacySeconds = 0;
      const { json } = await client.post(PRIVACY, request);
      const href = textAt(json, 'privacyRequestData', 'href');
      const file = await client.post(href, { name: textAt(json, 'name') });
      expect([file.status, file.json]).toEqual([200, expect.stringContaining(`<recipient email="${AMY}" firstName="Amy"`)]);
      expect((await client.post(href, { name: 'PT999' })).status).toBe(500);
      expect((await client.get(href)).status).toBe(500);
      simulator.assumptions.privacySeconds = 60;
      expect((await client.post(href, { name: textAt(json, 'name') })).status).toBe(500);
      simulator.assumptions.privacySeconds = 0;
      const erased = (await client.post(PRIVACY, { ...request, type: 'delete' })).json;
      expect(at(erased, 'status')).toBe('complete');
      expect(erased).not.toHaveProperty('privacyRequestData');
    });

    it('need their attributes; what the namespace is called is assumed', async () => {
      const { client, simulator } = started;
      const { namespaceName, ...others } = request;
      for (const missing of ['regulation', 'type', 'reconciliationValue', 'namespaceName']) {
        expect((await client.post(PRIVACY, { ...request, [missing]: undefined })).status).toBe(500);
      }
      expect((await client.post(PRIVACY, { ...request, regulation: 'none' })).status).toBe(500);
      expect((await client.post(PRIVACY, { ...request, namespaceName: 'shoeSize' })).status).toBe(500);
      expect((await client.post(PRIVACY, { ...others, namespace: namespaceName })).status).toBe(500);
      simulator.assumptions.privacyNamespaceAttribute = 'namespace';
      expect((await client.post(PRIVACY, request)).status).toBe(500);
      expect((await client.post(PRIVACY, { ...others, namespace: namespaceName })).status).toBe(201);
      simulator.assumptions.privacyNamespaceAttribute = 'either';
      expect((await client.post(PRIVACY, request)).status).toBe(201);
      expect((await client.post(PRIVACY, { ...others, namespace: namespaceName })).status).toBe(201);
    });

    it('cannot be changed or deleted', async () => {
      const { client } = started;
      const href = textAt((await client.post(PRIVACY, request)).json, 'href');
      expect((await client.get(href)).status).toBe(200);
      expect((await client.patch(href, { label: 'x' })).status).toBe(500);
      expect((await client.delete(href)).status).toBe(500);
    });
  });
});

describe('what Campaign v8 has no longer', () => {
  const started = useSimulator({ dialect: 'v8' });

  it.each([UNITS, 'profileAndServicesExt/geoUnitBase', HISTORY, PRIVACY, 'profileAndServicesExt/resourceType/orgUnitBase'])(
    'is not found: %s',
    async (path) => {
      const { status, text } = await started.client.get(path);
      expect([status, text]).toEqual([404, `Unsupported endpoint. (endpoint=rest/${path})`]);
    },
  );

  it('is the unit of a profile, too', async () => {
    const { client } = started;
    const { status, text } = await client.patch('profileAndServicesExt/profile/L-000001', { orgUnit: { PKey: '@x' } });
    expect([status, text]).toEqual([500, "'orgUnit' property is not valid for the 'profile' resource."]);
    expect((await client.get('profileAndServicesExt/profile/L-000001')).json).not.toHaveProperty('orgUnit');
  });
});

describe.each(DIALECTS)('the profile of a token on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const contexts = async (): Promise<unknown> => {
    const { json } = await started.client.get('/ims/profile/v1');
    const list = at(json, 'projectedProductContext');
    return Array.isArray(list) ? list.map((entry) => [at(entry, 'prodCtx', 'serviceCode'), at(entry, 'prodCtx', 'organization_id')]) : list;
  };

  it('names the organizations that the token may act for', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.get('/ims/profile/v1');
    expect(status).toBe(200);
    expect(at(json, 'projectedProductContext', 1)).toEqual({
      prodCtx: { organization_id: 'northwind', serviceCode: 'dma_tartan', statusCode: 'ACTIVE' },
    });
    simulator.settings.organizationsOutOfContext.push('northwind');
    expect(await contexts()).toEqual([['dma_analytics', 'northwind-analytics']]);
    expect((await client.get('profileAndServices/profile')).status).toBe(403);
    expect([simulator.stats.tokenRequests, simulator.stats.received[0]?.api]).toEqual([0, 'ims']);
  });

  it('names none for a token without that scope, and refuses one that is not valid; the status is assumed', async () => {
    const { client, simulator } = started;
    client.headers.authorization = `Bearer ${simulator.mintToken({ scopes: 'openid,campaign_sdk' })}`;
    expect(await contexts()).toEqual([]);
    simulator.expireTokens();
    const { status, json } = await client.get('/ims/profile/v1');
    expect([status, json]).toEqual([401, { error: 'invalid_token' }]);
    simulator.assumptions.imsProfileRefusalStatus = 400;
    expect((await client.get('/ims/profile/v1')).status).toBe(400);
  });
});
