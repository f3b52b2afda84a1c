import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

describe.each(DIALECTS)('metadata on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const metadataOf = async (api: string): Promise<unknown> => (await started.client.get(`${api}/resourceType/profile`)).json;

  it('describes the resource', async () => {
    const { simulator } = started;
    const json = await metadataOf('profileAndServices');
    const campaign = `${simulator.url}/northwind/campaign`;
    expect(json).toEqual({
      PKey: expect.stringMatching(/^[\w-]{91}$/),
      apiName: 'resourceType',
      compatibleResources: {},
      content: expect.any(Object),
      data: '/profileAndServices/profile/',
      filters: { href: `${campaign}/profileAndServices/resourceType/${textAt(json, 'PKey')}/filters/` },
      help: 'Identified profiles',
      href: `${campaign}/profileAndServices/profile/metadata`,
      label: 'Profiles',
      mandatory: false,
      name: 'profile',
      pkgStatus: 'never',
      readOnly: false,
      schema: 'nms:recipient',
      type: 'item',
    });
    expect((await started.client.get(textAt(json, 'href'))).json).toEqual(json);
    expect((await started.client.get(`profileAndServices/resourceType/${textAt(json, 'PKey')}`)).json).toEqual(json);
  });

  it('describes attributes, with lengths as text', async () => {
    const content = at(await metadataOf('profileAndServices'), 'content');
    expect(at(content, 'email')).toEqual({
      PKey: expect.any(String),
      apiName: 'email',
      category: '99_none',
      dataPolicy: 'email',
      desc: '',
      displayFormat: '',
      help: '',
      label: 'Email',
      lazyLoaded: false,
      length: '128',
      mandatory: false,
      metadata: 'attribute',
      privacy: 'firstParty',
      queryable: true,
      readOnly: false,
      resName: '',
      resType: 'string',
      sortable: true,
      type: 'string',
    });
    expect(at(content, 'gender')).toMatchObject({
      type: 'enumeration',
      resType: 'byte',
      values: { male: { label: 'Male', value: '1' }, __Invalid_value__: {} },
    });
    expect(at(content, 'subscriptions')).toMatchObject({
      type: 'collection',
      resType: 'link',
      resTarget: 'subscription',
      sortable: false,
      readOnly: true,
    });
    expect(at(content, 'country')).toMatchObject({ type: 'link', resType: 'link', resTarget: 'countries' });
    expect(at(content, 'location')).toMatchObject({ type: 'item', content: { zipCode: { type: 'string', length: '255' } } });
    expect(at(content, 'age')).toMatchObject({ type: 'number', resType: 'long', readOnly: true });
    expect(at(content, 'birthDate')).toMatchObject({ type: 'date', resType: 'date', readOnly: false });
    expect(at(content, 'created')).toMatchObject({ type: 'datetime', readOnly: true });
    expect(at(content, 'blackList')).toMatchObject({ type: 'boolean' });
  });

  it('knows the whole of the long enumerations', async () => {
    const content = at(await metadataOf('profileAndServicesExt'), 'content');
    const languages = Object.keys(Object(at(content, 'preferredLanguage', 'values')));
    const zones = at(content, 'timeZone', 'values');
    expect(languages).toHaveLength(157 + 2);
    expect(at(content, 'preferredLanguage', 'values', 'fr_ca')).toEqual({ label: 'French (Canada)', value: 'fr_ca' });
    expect(Object.keys(Object(zones))).toHaveLength(115);
    expect(zones).toMatchObject({
      Europe_Paris: { value: 'Europe/Paris' },
      America_New_York: { value: 'America/New_York' },
      Gmt_m2: { value: 'Etc/GMT+2' },
    });
  });

  it('shows extended attributes in the Ext API only', async () => {
    const base = at(await metadataOf('profileAndServices'), 'content');
    const ext = await metadataOf('profileAndServicesExt');
    expect(at(base, 'cusLoyaltyLevel')).toBeUndefined();
    expect(at(ext, 'content', 'cusLoyaltyLevel')).toMatchObject({
      label: 'Loyalty level',
      values: { gold: { label: 'Gold member', value: 'gold' } },
    });
    expect(at(base, 'timeZone') === undefined).toBe(dialect === 'v8');
    expect(at(ext, 'content', 'timeZone')).toBeDefined();
    expect(at(ext, 'data')).toBe('/profileAndServicesExt/profile/');
  });

  it('follows what is assumed about writes', async () => {
    started.simulator.assumptions.smartCaseNames = true;
    started.simulator.assumptions.writableAfterAll = ['isExternal'];
    const content = at(await metadataOf('profileAndServices'), 'content');
    expect(at(content, 'firstName', 'dataPolicy')).toBe('smartCase');
    expect(at(content, 'isExternal', 'readOnly')).toBe(false);
  });

  it('describes the filters with URL templates, custom ones in the Ext API only', async () => {
    const { client } = started;
    const custom = dialect === 'v8' ? ['pointsFrom', 'crmid'] : ['byPointsFrom', 'byCrmid'];
    const looking = ['byEmail', 'byKeysProfile', 'byText'];
    const deliveries = ['hasReceivedDelivery', 'hasOpenedDelivery', 'hasClickedDelivery'];
    const builtIn = [...looking, 'byStaticAudience', ...deliveries, 'profile', 'subscribers', 'birthday'];
    for (const [api, names] of [
      ['profileAndServices', builtIn],
      ['profileAndServicesExt', [...builtIn, ...custom]],
    ] as const) {
      const href = textAt(await metadataOf(api), 'filters', 'href');
      const { json } = await client.get(href);
      expect(Object.keys(Object(json))).toEqual(names);
      expect((await client.get(href.replace(/\/$/, ''))).json).toEqual(json);
      expect(at(json, 'byText')).toMatchObject({
        category: '99_none',
        data: `/${api}/profile/byText?text=$value`,
        formType: 'none',
        fragmentName: '',
        label: 'By name or email',
      });
    }
    const href = textAt(await metadataOf('profileAndServicesExt'), 'filters', 'href');
    expect(at((await client.get(href)).json, custom[1] ?? '', 'data')).toBe(
      `/profileAndServicesExt/profile/${custom[1]}?_parameter=$value`,
    );
  });

  it('exists for published resources, and is only read', async () => {
    const { client } = started;
    expect((await client.get('profileAndServices/resourceType/cusOrder')).status).toBe(404);
    expect((await client.get('profileAndServices/resourceType')).status).toBe(404);
    expect((await client.post('profileAndServices/resourceType/profile', {})).status).toBe(dialect === 'v8' ? 404 : 500);
    expect((await client.get('profileAndServices/resourceType/profile/nothing')).status).toBe(dialect === 'v8' ? 404 : 500);
  });
});
