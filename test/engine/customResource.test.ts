import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { campaignStep } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const by = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const resource = (name: string): INodeParameters => ({ customResource: by('name', name) });
const ORDERS = resource('cusOrder');
const STORES = resource('cusStore');
const fields = (value: INodeParameters): INodeParameters => ({
  fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});
const json = (value: IDataObject): INodeParameters => ({ fieldsFrom: 'json', fieldsJson: JSON.stringify(value) });
const automatic = (column: string, more: INodeParameters = ORDERS): INodeParameters => ({
  operation: 'upsert',
  ...more,
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
});
const link = (field: string, how: string, value = ''): INodeParameters => ({ links: { link: [{ field, by: how, value }] } });

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('customResource'));
};
const stop = async () => await campaign.close();
const orders = () => campaign.simulator.resources.get('cusOrder');
const order = (number: string) =>
  orders()
    .all()
    .find(({ orderNumber }) => orderNumber === number);
const failure = async (parameters: INodeParameters, input?: IDataObject[]) => {
  const { error } = await campaign.runStep(parameters, input);
  return `${error?.message} ${error?.description}`;
};

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Get, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it.each<[string, INodeParameters, string, IDataObject]>([
    ['linked to profiles', ORDERS, 'O-1001', { orderNumber: 'O-1001', profile: { title: expect.stringContaining('Amy') } }],
    ['of its own', STORES, 'OSL-1', { storeCode: 'OSL-1', city: 'Oslo' }],
  ])('finds out which API has a resource %s, and takes key, PKey and URL', async (_, which, key, expected) => {
    const [found] = await campaign.outputOf({ operation: 'get', ...which, record: by('customKey', key) });
    expect(found).toMatchObject(expected);
    expect(Object.keys(found ?? {}).slice(-2)).toEqual(['PKey', 'href']);
    expect(found).not.toHaveProperty('departments');
    for (const locator of [by('pKey', String(found?.PKey)), by('url', String(found?.href)), by('list', String(found?.PKey))]) {
      expect(await campaign.outputOf({ operation: 'get', ...which, record: locator })).toMatchObject([expected]);
    }
  });

  it('asks nothing but the record when the API is chosen', async () => {
    await campaign.outputOf({ operation: 'get', ...STORES, api: 'customResources', record: by('customKey', 'OSL-1') });
    expect(campaign.simulator.stats.received.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it('says that a resource is not there, or not published', async () => {
    expect(await failure({ operation: 'get', ...resource('cusNone'), record: by('customKey', 'x') })).toMatch(
      /Campaign has no resource 'cusNone'.*publish the data model again/,
    );
    campaign.simulator.settings.unpublishedResources = ['cusOrder'];
    expect(await failure({ operation: 'get', ...ORDERS, record: by('customKey', 'O-1001') })).toContain(
      "Campaign has no resource 'cusOrder'",
    );
    expect(await failure({ operation: 'get', ...ORDERS, api: 'profileAndServicesExt', record: by('customKey', 'O-1001') })).toMatch(
      /has no such (address|resource).*publish/,
    );
    expect(await failure({ operation: 'get', ...resource('../profile'), record: by('customKey', 'x') })).toContain(
      'cannot be the name of a custom resource',
    );
  });

  it('says which record is missing', async () => {
    expect(await failure({ operation: 'get', ...ORDERS, record: by('customKey', 'O-9') })).toContain(
      "There is no cusOrder with custom key 'O-9'",
    );
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Get Many, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  const many = async (more: INodeParameters) =>
    (await campaign.outputOf({ operation: 'getAll', returnAll: true, ...ORDERS, ...more })).map(({ orderNumber }) => orderNumber);

  it('returns all, page by page, sorted', async () => {
    expect(await many({ options: { pageSize: 2 } })).toEqual(['O-1001', 'O-1002', 'O-1003', 'O-1004', 'O-1005']);
    expect(await many({ sort: { by: { field: 'amount', direction: 'descending' } } })).toEqual([
      'O-1004',
      'O-1002',
      'O-1001',
      'O-1003',
      'O-1005',
    ]);
    expect(await failure({ operation: 'getAll', ...ORDERS, sort: { by: { field: 'profile' } } })).toContain(
      "Campaign cannot sort by 'profile'",
    );
  });

  it('filters by name', async () => {
    const name = dialect === 'v8' ? 'amountFrom' : 'byAmountFrom';
    const filters = { byName: [{ name, parameters: { parameter: [{ name: 'amountFrom', value: '100' }] } }] };
    expect(await many({ filters })).toEqual(['O-1002', 'O-1004']);
    expect(await failure({ operation: 'getAll', ...ORDERS, filters: { byName: [{ name: 'byMood' }] } })).toContain(
      "Campaign has no filter 'byMood'",
    );
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Count, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('counts records of either API', async () => {
    expect(await campaign.outputOf({ operation: 'count', ...ORDERS })).toEqual([{ count: 5 }]);
    expect(await campaign.outputOf({ operation: 'count', ...STORES })).toEqual([{ count: 4 }]);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Create, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('links a new record to a profile by email', async () => {
    const [created] = await campaign.outputOf({
      operation: 'create',
      ...ORDERS,
      ...fields({ orderNumber: 'O-2', amount: '12.5', status: 'Shipped' }),
      ...link('profile', 'email', AMY),
    });
    expect(created).toMatchObject({
      orderNumber: 'O-2',
      amount: 12.5,
      status: 'shipped',
      profile: { title: expect.stringContaining(AMY) },
    });
    expect(order('O-2')?.profile).toBe(campaign.simulator.profiles.byEmail(AMY)[0]?.id);
  });

  it('links by custom key within the other API, and by PKey', async () => {
    await campaign.outputOf({
      operation: 'create',
      ...resource('cusDepartment'),
      ...fields({ label: 'Toys' }),
      ...link('store', 'key', 'BGO-1'),
    });
    expect(campaign.simulator.resources.get('cusDepartment').all().at(-1)).toMatchObject({ label: 'Toys', store: 3 });
    const [amy] = campaign.simulator.profiles.byEmail(AMY);
    const PKey = amy ? campaign.simulator.profiles.keyOf(amy) : '';
    await campaign.outputOf({ operation: 'create', ...ORDERS, ...fields({ orderNumber: 'O-3' }), ...link('profile', 'pKey', PKey) });
    expect(order('O-3')?.profile).toBe(amy?.id);
  });

  it('refuses before sending what v8 refuses without a word, and Campaign Standard leaves out', async () => {
    const nested = json({ orderNumber: 'O-2', profile: { email: AMY } });
    expect(await failure({ operation: 'create', ...ORDERS, ...nested })).toContain('(profile) takes a PKey, or an object with a PKey');
    expect(campaign.simulator.stats.writesApplied).toBe(0);
    expect(campaign.simulator.stats.byMethod.get('POST') ?? 0).toBe(
      campaign.simulator.stats.received.filter(({ path }) => !path.includes('campaign')).length,
    );
  });

  it.each<[string, INodeParameters, string]>([
    ['a profile that is not there', link('profile', 'email', 'nobody@mail.com'), "There is no profile with email 'nobody@mail.com'"],
    ['no link', link('comment', 'email', AMY), "'comment' of the cusOrder is no link"],
    ['a field that is not there', link('customer', 'email', AMY), "has no link 'customer'. *Nothing was sent. Its links are: profile"],
    ['an empty key', link('profile', 'key', ' '), "'Key for link 'profile'' is empty"],
  ])('refuses a link to %s', async (_, links, message) => {
    expect(await failure({ operation: 'create', ...ORDERS, ...fields({ orderNumber: 'O-2' }), ...links })).toMatch(
      new RegExp(message.replace("'. *", "'.*")),
    );
    expect(orders().size).toBe(5);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Create or Update, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('matches on the custom key', async () => {
    const input = [
      { orderNumber: 'O-1002', amount: 121 },
      { orderNumber: 'O-7', amount: 5 },
    ];
    const outcomes = async () =>
      (await campaign.outputOf(automatic('orderNumber'), input)).map(({ outcome, orderNumber }) => [outcome, orderNumber]);
    expect(await outcomes()).toEqual([
      ['updated', 'O-1002'],
      ['created', 'O-7'],
    ]);
    expect(await outcomes()).toEqual([
      ['unchanged', 'O-1002'],
      ['unchanged', 'O-7'],
    ]);
    expect([order('O-1002')?.amount, orders().size]).toEqual([121, 6]);
  });

  it('links what it creates and what it updates', async () => {
    const parameters = {
      ...automatic('orderNumber'),
      ...link('profile', 'email', '={{ $json.mail }}'),
      options: { unknownColumns: 'leaveOut' },
    };
    await campaign.outputOf(parameters, [
      { orderNumber: 'O-1005', mail: AMY },
      { orderNumber: 'O-7', mail: AMY },
    ]);
    const [amy] = campaign.simulator.profiles.byEmail(AMY);
    expect([order('O-1005')?.profile, order('O-7')?.profile]).toEqual([amy?.id, amy?.id]);
  });

  it('does not update a record whose key is by chance the value of another field', async () => {
    const before = campaign.simulator.resources.get('cusStore').all();
    const parameters = { ...automatic('city', STORES), operation: 'update', identifyBy: 'matchingColumn' };
    expect(await failure(parameters, [{ city: 'OSL-1', label: 'x' }])).toContain("'city' is not the custom key of cusStores");
    expect(campaign.simulator.resources.get('cusStore').all()).toEqual(before);
  });

  it('does not create again and again what it cannot find by a field that is no key', async () => {
    expect(await failure(automatic('city', STORES), [{ city: 'Hamar', storeCode: 'HMR-1' }])).toContain(
      "'city' is not the custom key of cusStores",
    );
    expect(await failure(automatic('city', STORES), [{ city: 'OSL-1', label: 'x' }])).toContain(
      "'city' is not the custom key of cusStores",
    );
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('matches on a filter', async () => {
    const prefix = dialect === 'v8' ? 'inCity' : 'byInCity';
    const parameters = (city: string): INodeParameters => ({
      operation: 'upsert',
      ...STORES,
      matchOn: 'customFilter',
      matchFilter: prefix,
      matchParameters: { parameter: [{ name: 'inCity', value: city }] },
      ...fields({ squareMetres: 500 }),
    });
    expect(await campaign.outputOf(parameters('Bergen'))).toMatchObject([{ outcome: 'updated' }]);
    expect(await failure(parameters('Oslo'))).toContain('2 cusStores match filter');
  });

  it('says when records are not addressed by their key here', async () => {
    campaign.simulator.assumptions.customResourceByKey = 'refused';
    expect(await failure(automatic('orderNumber'), [{ orderNumber: 'O-7' }])).not.toMatch(/^undefined/);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Update, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('changes fields, and sets and removes links', async () => {
    const update: INodeParameters = { operation: 'update', ...ORDERS, identifyBy: 'record', record: by('customKey', 'O-1002') };
    await campaign.outputOf({ ...update, ...fields({ comment: 'Gift wrap' }), ...link('profile', 'nothing') });
    expect(order('O-1002')).toMatchObject({ comment: 'Gift wrap', profile: null });
    await campaign.outputOf({ ...update, ...fields({}), ...link('profile', 'email', AMY) });
    await campaign.outputOf({ ...update, ...fields({ comment: '' }), ...link('profile', 'nothing') });
    expect(order('O-1002')).toMatchObject({ comment: 'Gift wrap', profile: null });
    await campaign.outputOf({ ...update, ...fields({}), ...link('profile', 'email', AMY) });
    expect(order('O-1002')?.profile).toBe(campaign.simulator.profiles.byEmail(AMY)[0]?.id);
    expect(await failure({ ...update, ...fields({ status: 'lost' }) })).toContain('(status) takes one of ');
  });

  it('takes the record from a column', async () => {
    await campaign.outputOf({ ...automatic('orderNumber'), operation: 'update', identifyBy: 'matchingColumn' }, [
      { orderNumber: 'O-1003', comment: 'Done' },
    ]);
    expect(order('O-1003')?.comment).toBe('Done');
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Delete, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('deletes one record', async () => {
    expect(await campaign.outputOf({ operation: 'delete', ...ORDERS, record: by('customKey', 'O-1001') })).toEqual([{ deleted: true }]);
    expect([order('O-1001'), orders().size]).toEqual([undefined, 4]);
  });

  it.each([
    'profileAndServicesExt/cusOrder',
    'profileAndServicesExt/profile/@abc',
    'profileAndServicesExt/profile/@abc/cusOrders/@def',
    'customResources/cusStore/@abc',
  ])('refuses the address of something else: %s', async (path) => {
    const url = `${campaign.simulator.url}/northwind/campaign/${path}`;
    expect(await failure({ operation: 'delete', ...ORDERS, record: by('url', url) })).toContain(
      "'Record' is not the address of a cusOrder",
    );
    expect([orders().size, campaign.simulator.stats.byMethod.get('DELETE') ?? 0]).toEqual([5, 0]);
  });
});
