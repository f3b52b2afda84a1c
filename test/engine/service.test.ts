import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { campaignStep } from '../support/workflows';

const named = (value: string): INodeParameters => ({ __rl: true, mode: 'name', value });
const by = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const fields = (value: INodeParameters): INodeParameters => ({
  fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});
const automatic = (column: string): INodeParameters => ({
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
});

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('service'));
};
const stop = async () => await campaign.close();
const failure = async (parameters: INodeParameters, input?: IDataObject[]) => {
  const { error } = await campaign.runStep(parameters, input);
  return `${error?.message} ${error?.description}`;
};
const names = (records: IDataObject[]) => records.map(({ name }) => name);

describe.each<Dialect>(['v8', 'acs'])('Service Get, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('takes a name, PKey or URL', async () => {
    const [byName] = await campaign.outputOf({ operation: 'get', service: named('weekly_offers') });
    expect(byName).toMatchObject({
      name: 'weekly_offers',
      label: 'Weekly offers',
      messageType: 'email',
      start: '2025-01-15',
      PKey: expect.stringContaining('@'),
    });
    for (const locator of [by('pKey', String(byName?.PKey)), by('url', String(byName?.href)), by('list', 'weekly_offers')]) {
      expect(names(await campaign.outputOf({ operation: 'get', service: locator }))).toEqual(['weekly_offers']);
    }
  });

  it('gives custom fields on the extended API, and everything when told to', async () => {
    expect(await campaign.outputOf({ operation: 'get', api: 'profileAndServicesExt', service: named('sport_digest') })).toMatchObject([
      { cusTopic: 'sport' },
    ]);
    expect(await campaign.outputOf({ operation: 'get', service: named('sport_digest'), output: 'raw' })).toMatchObject([
      { validityDuration: 'P10D' },
    ]);
  });

  it('says which service is missing', async () => {
    expect(await failure({ operation: 'get', service: named('nothing') })).toContain("There is no service with name 'nothing'");
    expect(await campaign.outputOf({ operation: 'get', service: named('nothing'), options: { notFound: 'returnNothing' } })).toEqual([]);
    expect(await failure({ operation: 'get', service: named('byText') })).not.toContain('undefined');
  });

  it.each<[string, INodeParameters]>([
    ['get', {}],
    ['delete', {}],
    ['update', fields({ label: 'x' })],
    ['update', { ...fields({ label: 'x' }), options: { sendOnlyChangedFields: true } }],
  ])('says which service a label is of, and what to give: %s', async (operation, more) => {
    expect(await failure({ operation, service: named('Weekly offers'), ...more })).toContain(
      "'Weekly offers' is the label of a service, and its name is 'weekly_offers': give the name, or choose the service 'From List'.",
    );
    expect(await failure({ operation, service: named('nothing'), ...more })).toContain('A service is meant by its internal name');
  });

  it('looks for a label once a run', async () => {
    campaign.simulator.resetStats();
    const items = Array.from({ length: 20 }, () => ({}));
    const result = await campaign.runStep({ operation: 'get', service: named('Weekly offers') }, items, {
      onError: 'continueRegularOutput',
    });
    expect(new Set(result.json('Step').map(({ message }) => (message as IDataObject).description)).size).toBe(1);
    expect(campaign.simulator.stats.received.filter(({ path }) => path.includes('byText'))).toHaveLength(1);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Get Many, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  const many = async (more: INodeParameters) => names(await campaign.outputOf({ operation: 'getAll', returnAll: true, ...more }));

  it('returns all of them, page by page, or some', async () => {
    const all = campaign.simulator.services.all().map(({ name }) => name);
    expect(await many({ options: { pageSize: 2 } })).toEqual(all);
    expect(await many({ returnAll: false, limit: 2 })).toEqual(all.slice(0, 2));
  });

  it.each<[string, INodeParameters, string[]]>([
    ['channel', { channel: [{ channel: 'sms' }] }, ['sms_alerts', 'delivery_updates']],
    ['text', { text: [{ text: 'Weekly' }] }, ['weekly_offers', 'delivery_updates']],
    ['channel and text', { channel: [{ channel: 'sms' }], text: [{ text: 'SMS' }] }, ['sms_alerts']],
    ['planning', { planning: [{ from: '2025-02-01', to: '2025-12-31' }] }, ['product_news', 'sport_digest']],
  ])('filters by %s', async (_, filters, expected) => {
    expect(await many({ filters })).toEqual(expected);
  });

  it('filters by name of a custom filter', async () => {
    const name = dialect === 'v8' ? 'onTopic' : 'byOnTopic';
    const filters: INodeParameters = { byName: [{ name, parameters: { parameter: [{ name: 'onTopic', value: 'sport' }] } }] };
    expect(await many({ api: 'profileAndServicesExt', filters })).toEqual(['sport_digest']);
    expect(await failure({ operation: 'getAll', filters })).toContain("Set 'API' under 'Options' to 'Extended'");
  });

  it('sorts by what can be sorted by', async () => {
    const sorted = await many({ sort: { by: { field: 'name', direction: 'descending' } } });
    expect(sorted).toEqual([...sorted].sort().reverse());
    expect(await failure({ operation: 'getAll', sort: { by: { field: 'subscriptions' } } })).toContain(
      "Campaign cannot sort by 'subscriptions'",
    );
  });

  it.each<[string, INodeParameters, string]>([
    ['text', { text: [{ text: ' ' }] }, "'Text' of a filter is empty"],
    ['planning', { planning: [{ from: 'soon', to: '2025-12-31' }] }, "'From of the planning' takes a date such as 1980-10-24, not 'soon'"],
    ['channel', { channel: [{ channel: 'fax' }] }, "'Channel' is 'fax' [item 0] Choose one of: email, sms."],
  ])('refuses a filter by %s that finds everything or nothing', async (_, filters, message) => {
    expect(await failure({ operation: 'getAll', filters })).toContain(message);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Count, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('counts all of them, or those that match', async () => {
    expect(await campaign.outputOf({ operation: 'count' })).toEqual([{ count: campaign.simulator.services.all().length }]);
    expect(await campaign.outputOf({ operation: 'count', filters: { channel: [{ channel: 'sms' }] } })).toEqual([{ count: 2 }]);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Create, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('creates a service with its defaults', async () => {
    const [created] = await campaign.outputOf({
      operation: 'create',
      ...fields({ name: 'spring_news', label: 'Spring', messageType: 'SMS' }),
    });
    expect(created).toMatchObject({ name: 'spring_news', label: 'Spring', messageType: 'sms', mode: 'newsletter' });
    expect(campaign.simulator.services.byName('spring_news').label).toBe('Spring');
  });

  it('says before sending what Campaign would make of a name', async () => {
    const message = await failure({ operation: 'create', ...fields({ name: 'new é-mails' }) });
    expect(message).toContain("Campaign would make 'new___mails' of it");
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('says that a name is taken, which v8 does not', async () => {
    expect(await failure({ operation: 'create', ...fields({ name: 'weekly_offers', label: 'Again' }) })).toContain(
      "There is a service named 'weekly_offers' already",
    );
    expect(campaign.simulator.services.byName('weekly_offers').label).toBe('Weekly offers');
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Create or Update, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('matches on the name', async () => {
    const input = [
      { name: 'weekly_offers', label: 'Offers' },
      { name: 'spring_news', label: 'Spring' },
    ];
    const outcomes = async () => (await campaign.outputOf(automatic('name'), input)).map(({ outcome, name }) => [outcome, name]);
    expect(await outcomes()).toEqual([
      ['updated', 'weekly_offers'],
      ['created', 'spring_news'],
    ]);
    expect(await outcomes()).toEqual([
      ['unchanged', 'weekly_offers'],
      ['unchanged', 'spring_news'],
    ]);
    expect(campaign.simulator.services.byName('weekly_offers').label).toBe('Offers');
    expect(campaign.simulator.stats.writesApplied).toBe(2);
  });

  it('does not create a service that it would not find again', async () => {
    expect(await failure(automatic('name'), [{ name: 'spring news' }])).toContain("would make 'spring_news'");
    expect(await failure(automatic('label'), [{ label: 'Spring' }])).toContain("'label' cannot tell whether a service is there already");
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Update, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('changes a service by name, and tells what changed', async () => {
    const parameters: INodeParameters = {
      operation: 'update',
      identifyBy: 'service',
      service: named('sms_alerts'),
      ...fields({ label: 'Alerts' }),
    };
    expect(Object.keys((await campaign.outputOf(parameters))[0] ?? {})).toEqual(['label', 'PKey', 'href']);
    expect(campaign.simulator.services.byName('sms_alerts').label).toBe('Alerts');
    const [tracked] = await campaign.outputOf({
      ...parameters,
      ...fields({ label: 'SMS' }),
      readBack: 'verify',
      options: { includeChanges: true },
    });
    expect(tracked).toMatchObject({ name: 'sms_alerts', label: 'SMS', changes: [{ field: 'label', before: 'Alerts', after: 'SMS' }] });
  });

  it('takes the name from a column', async () => {
    const parameters: INodeParameters = { ...automatic('name'), operation: 'update', identifyBy: 'matchingColumn' };
    await campaign.outputOf(parameters, [{ name: 'sms_alerts', label: 'Alerts' }]);
    expect(campaign.simulator.services.byName('sms_alerts').label).toBe('Alerts');
    expect(await failure(parameters, [{ name: 'nothing', label: 'x' }])).toContain("There is no service with name 'nothing'");
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Delete, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  it('deletes one service', async () => {
    expect(await campaign.outputOf({ operation: 'delete', service: named('sms_alerts') })).toEqual([{ deleted: true }]);
    expect(names(campaign.simulator.services.all() as unknown as IDataObject[])).not.toContain('sms_alerts');
    expect(await failure({ operation: 'delete', service: named('sms_alerts') })).toContain('There is no service');
  });

  it.each(['', '/weekly_offers/subscriptions/', '/weekly_offers/subscriptions/@abc', '/../profile/@abc', '/weekly_offers?a=b'])(
    'refuses the address of something else: service%s',
    async (path) => {
      const url = `${campaign.simulator.url}/northwind/campaign/profileAndServices/service${path}`;
      expect(await failure({ operation: 'delete', service: by('url', url) })).toContain("'Service' is not the address of a service");
      expect(campaign.simulator.stats.byMethod.get('DELETE') ?? 0).toBe(0);
    },
  );

  it.each(['byText', 'metadata', 'label', '_count'])('does not take %s for a name', async (name) => {
    const before = campaign.simulator.services.all().length;
    expect(await failure({ operation: 'delete', service: named(name) })).not.toMatch(/^undefined/);
    expect(campaign.simulator.stats.byMethod.get('DELETE') ?? 0).toBe(0);
    expect(campaign.simulator.services.all()).toHaveLength(before);
  });
});
