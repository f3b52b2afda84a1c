import type { INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain, locator, triggerStep } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const DESCRIPTION = '/northwind/campaign/profileAndServicesExt/resourceType/profile';
/** What the test steps set otherwise: see `STANDARD`. */
const AUTOMATIC = { api: '' };

describe.each<Dialect>(['v8', 'acs'])('the API that is chosen by itself, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeEach(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  });
  afterEach(async () => await campaign.close());

  const asked = (): string[] =>
    campaign.simulator.stats.received.filter(({ api }) => api !== 'ims').map(({ method, path }) => `${method} ${path}`);
  const get = async (more: INodeParameters = {}, count = 1) =>
    await campaign.outputOf(
      { operation: 'get', ...AUTOMATIC, profile: locator('email', AMY), ...more },
      Array.from({ length: count }, () => ({})),
    );

  it('is the extended one where there are custom fields, and is asked for once, for all items and runs', async () => {
    const [first] = await get({}, 20);
    expect(Object.keys(first ?? {})).toContain('cusLoyaltyLevel');
    await get({}, 3);

    expect(asked().filter((request) => request.includes('resourceType'))).toEqual([`GET ${DESCRIPTION}`]);
    expect(asked().filter((request) => !request.includes('/profileAndServicesExt/'))).toEqual([]);
  });

  it('is the one that was chosen, where one was, and then nobody is asked', async () => {
    const [standard] = await get({ options: { api: 'profileAndServices' } });
    expect(Object.keys(standard ?? {}).filter((name) => name.startsWith('cus'))).toEqual([]);
    const [extended] = await get({ options: { api: 'profileAndServicesExt' } });
    expect(Object.keys(extended ?? {})).toContain('cusLoyaltyLevel');
    // A workflow that was saved when the API stood on its own.
    await get({ api: 'profileAndServices' });

    expect(asked()).toEqual([
      'GET /northwind/campaign/profileAndServices/profile/byEmail',
      'GET /northwind/campaign/profileAndServicesExt/profile/byEmail',
      'GET /northwind/campaign/profileAndServices/profile/byEmail',
    ]);
  });

  it('refuses an API that there is not', async () => {
    await expect(get({ options: { api: 'soap' } })).rejects.toMatchObject({ message: expect.stringContaining("'API' is 'soap'") });
  });

  it('is the standard one where the extended one may not be described, and the step does its work', async () => {
    campaign.simulator.faults.add({
      url: 'profileAndServicesExt/resourceType',
      action: { type: 'answer', status: 404, body: 'Unsupported endpoint.' },
    });
    const [profile] = await get();

    expect(profile).toMatchObject({ firstName: 'Amy' });
    expect(asked().at(-1)).toBe('GET /northwind/campaign/profileAndServices/profile/byEmail');
  });

  it('is right for writing custom fields, for services, subscriptions and the trigger', async () => {
    const update = { operation: 'update', ...AUTOMATIC, profile: locator('email', AMY) };
    await campaign.outputOf({ ...update, fields: { mappingMode: 'defineBelow', value: { cusPoints: 7 } } });
    expect(campaign.simulator.profiles.byEmail(AMY)[0]).toMatchObject({ cusPoints: 7 });

    const service = { operation: 'get', ...AUTOMATIC, service: locator('list', 'weekly_offers') };
    const read = await campaign.engine.run(chain(campaignStep('service')(STEP, service)));
    expect(read.json(STEP)).toMatchObject([{ name: 'weekly_offers' }]);

    const subscribe = { operation: 'subscribe', resource: 'subscription', ...AUTOMATIC, profile: locator('email', AMY) };
    expect(await campaign.outputOf({ ...subscribe, service: locator('list', 'weekly_offers') })).toMatchObject([{ outcome: 'subscribed' }]);

    const polled = await campaign.engine.poll(triggerStep({ ...AUTOMATIC }), { mode: 'manual' });
    expect(Object.keys(polled?.[0]?.json ?? {})).toContain('cusLoyaltyLevel');
  });
});

/** The same wish in today's form and as workflows have it that were saved when these options stood on their own. */
const FORMS: Array<[string, INodeParameters, INodeParameters]> = [
  [
    'JSON',
    { operation: 'update', profile: locator('email', AMY), fieldsJson: '{ "phone": "77" }', options: { fieldsFrom: 'json' } },
    { operation: 'update', profile: locator('email', AMY), fieldsJson: '{ "phone": "77" }', fieldsFrom: 'json' },
  ],
  [
    'JSON, with a column to match on that is of no use there',
    {
      operation: 'update',
      profile: locator('email', AMY),
      fieldsJson: '{ "phone": "77" }',
      options: { fieldsFrom: 'json', identifyBy: 'matchingColumn' },
    },
    {
      operation: 'update',
      profile: locator('email', AMY),
      fieldsJson: '{ "phone": "77" }',
      fieldsFrom: 'json',
      identifyBy: 'matchingColumn',
    },
  ],
  [
    'a column to match on',
    {
      operation: 'update',
      fields: { mappingMode: 'defineBelow', matchingColumns: ['email'], value: { email: AMY, phone: '77' } },
      options: { identifyBy: 'matchingColumn' },
    },
    {
      operation: 'update',
      fields: { mappingMode: 'defineBelow', matchingColumns: ['email'], value: { email: AMY, phone: '77' } },
      identifyBy: 'matchingColumn',
    },
  ],
  [
    'fields to read back',
    {
      operation: 'update',
      profile: locator('email', AMY),
      fields: { mappingMode: 'defineBelow', value: { phone: '77' } },
      output: 'selectedFields',
      selectedFields: ['lastName'],
      options: { readBack: 'verify' },
    },
    {
      operation: 'update',
      profile: locator('email', AMY),
      fields: { mappingMode: 'defineBelow', value: { phone: '77' } },
      output: 'selectedFields',
      selectedFields: ['lastName'],
      readBack: 'verify',
    },
  ],
  [
    'Update Only with JSON',
    {
      operation: 'upsert',
      matchField: 'email',
      fieldsJson: `{ "email": "${AMY}", "phone": "77" }`,
      options: { fieldsFrom: 'json', behavior: 'updateOnly' },
    },
    {
      operation: 'upsert',
      matchField: 'email',
      fieldsJson: `{ "email": "${AMY}", "phone": "77" }`,
      fieldsFrom: 'json',
      behavior: 'updateOnly',
    },
  ],
  [
    'a filter to match on',
    {
      operation: 'upsert',
      matchFilter: 'byEmail',
      matchParameters: { parameter: [{ name: 'email', value: AMY }] },
      fields: { mappingMode: 'defineBelow', value: { phone: '77' } },
      options: { matchOn: 'customFilter' },
    },
    {
      operation: 'upsert',
      matchFilter: 'byEmail',
      matchParameters: { parameter: [{ name: 'email', value: AMY }] },
      fields: { mappingMode: 'defineBelow', value: { phone: '77' } },
      matchOn: 'customFilter',
    },
  ],
];

describe('an option that stood on its own once', () => {
  let campaign: Campaign;

  beforeEach(async () => {
    campaign = await startCampaign();
  });
  afterEach(async () => await campaign.close());

  it.each(FORMS)('does what it did: %s', async (_, today, former) => {
    for (const parameters of [today, former]) {
      const [amy] = campaign.simulator.profiles.byEmail(AMY);
      if (amy) campaign.simulator.profiles.update(amy.id, { phone: '' });
      const [output] = await campaign.outputOf(parameters);

      expect(campaign.simulator.profiles.byEmail(AMY)).toMatchObject([{ phone: '77', firstName: 'Amy' }]);
      expect(Object.keys(output ?? {})).toEqual(
        parameters.output === undefined
          ? [...(parameters.operation === 'upsert' ? ['outcome'] : []), ...expectedFields(parameters), 'PKey', 'href']
          : ['lastName', 'PKey', 'href'],
      );
    }
  });

  it('counts as it stands under Options where it stands in both places', async () => {
    await campaign.outputOf({
      operation: 'update',
      profile: locator('email', AMY),
      fieldsFrom: 'json',
      fieldsJson: '{ "phone": "1" }',
      api: 'profileAndServices',
      options: { api: 'profileAndServicesExt', fieldsFrom: 'json' },
    });
    expect(campaign.simulator.stats.received.filter(({ method }) => method === 'PATCH').map(({ path }) => path)).toEqual([
      expect.stringContaining('/profileAndServicesExt/'),
    ]);
  });
});

/** With JSON or a column to match on, an upsert returns what it matched on. */
function expectedFields({ matchFilter, operation }: INodeParameters): string[] {
  // A filter may find anybody; an email is what both operations are given here.
  return operation === 'upsert' && matchFilter !== undefined ? ['phone'] : ['email', 'phone'];
}
