import type { INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { campaignStep } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const by = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const PROFILE: INodeParameters = { profile: by('email', AMY) };
const REQUEST: INodeParameters = {
  operation: 'createPrivacyRequest',
  type: 'access',
  regulation: 'gdpr',
  namespaceName: 'defaultNamespace1',
  reconciliationValue: AMY,
};

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('legacy'));
};
const stop = async () => await campaign.close();
const failure = async (parameters: INodeParameters) => {
  const { error } = await campaign.runStep(parameters);
  return `${error?.message} ${error?.description}`;
};
/** On v8 a step says that it is for the other Campaign, and changes nothing. */
const refusedOnV8 = async (parameters: INodeParameters) => {
  expect(await failure(parameters)).toMatch(/This Campaign has no .*Campaign Standard only/);
  expect(campaign.simulator.stats.writesApplied).toBe(0);
};

describe.each<Dialect>(['v8', 'acs'])('Legacy Get Many Organizational Units, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('lists them', async () => {
    const parameters: INodeParameters = { operation: 'getUnits', returnAll: true };
    if (dialect === 'v8') return await refusedOnV8(parameters);
    expect((await campaign.outputOf(parameters)).map(({ name }) => name)).toEqual(['all', 'nordics', 'iberia']);
    expect(await campaign.outputOf({ operation: 'getUnits', returnAll: false, limit: 1 })).toHaveLength(1);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Legacy Update Organizational Unit, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('renames one', async () => {
    const parameters: INodeParameters = { operation: 'updateUnit', unit: by('list', 'nordics'), label: 'The North' };
    if (dialect === 'v8') return await refusedOnV8(parameters);
    const [updated] = await campaign.outputOf(parameters);
    expect(campaign.simulator.resources.get('orgUnitBase').get(2)).toMatchObject({ label: 'The North', name: 'nordics' });
    await campaign.outputOf({ operation: 'updateUnit', unit: by('url', String(updated?.href)), label: 'North' });
    expect(campaign.simulator.resources.get('orgUnitBase').get(2)?.label).toBe('North');
    expect(await failure({ operation: 'updateUnit', unit: by('name', 'nowhere'), label: 'x' })).toContain(
      "There is no organizational unit with name 'nowhere'",
    );
    expect(await failure({ operation: 'updateUnit', unit: by('name', 'nordics') })).toContain("'Label' and 'Name' are empty");
  });
});

describe.each<Dialect>(['v8', 'acs'])('Legacy Assign Organizational Unit, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('puts a profile into one', async () => {
    const parameters: INodeParameters = { operation: 'assignUnit', ...PROFILE, unit: by('name', 'iberia') };
    if (dialect === 'v8') return await refusedOnV8(parameters);
    expect(await campaign.outputOf(parameters)).toMatchObject([{ organizationalUnit: 'Iberia (iberia)' }]);
    expect(campaign.simulator.profiles.byEmail(AMY)[0]?.orgUnit).toBe(3);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Legacy Get Marketing History, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('returns events, or what they add up to', async () => {
    const parameters: INodeParameters = { operation: 'getHistory', ...PROFILE, returnAll: true };
    if (dialect === 'v8') return await refusedOnV8(parameters);
    expect((await campaign.outputOf(parameters)).map(({ label }) => label)).toEqual(['Winter sale', 'Order confirmation', 'Weekly offers']);
    expect(await campaign.outputOf({ ...parameters, returnAll: false, limit: 2 })).toHaveLength(2);
    expect(await campaign.outputOf({ ...parameters, returns: 'summary' })).toMatchObject([{ email: AMY, countBroadLogEvents: 2 }]);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Legacy Create Privacy Request, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('makes one, once', async () => {
    if (dialect === 'v8') return await refusedOnV8(REQUEST);
    expect(await campaign.outputOf({ ...REQUEST, name: 'PT900' })).toMatchObject([
      { name: 'PT900', type: 'access', status: 'new', regulation: 'gdpr' },
    ]);
    expect(campaign.simulator.stats.writesApplied).toBe(1);
    expect(await failure({ ...REQUEST, reconciliationValue: '={{ $json.nothing }}' })).toContain("'Reconciliation Value' is empty");
    expect(campaign.simulator.stats.writesApplied).toBe(1);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Legacy Get Many Privacy Requests, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('lists them with their status', async () => {
    const parameters: INodeParameters = { operation: 'getPrivacyRequests', returnAll: true };
    if (dialect === 'v8') return await refusedOnV8(parameters);
    campaign.simulator.assumptions.privacySeconds = 0;
    await campaign.outputOf(REQUEST);
    expect(await campaign.outputOf(parameters)).toMatchObject([{ status: 'complete', reconciliationValue: AMY }]);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Legacy Get Data File, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);

  it('returns it once the request is complete', async () => {
    const fileOf = (url: string): INodeParameters => ({ operation: 'getDataFile', requestUrl: url });
    if (dialect === 'v8') return await refusedOnV8(fileOf(`${campaign.simulator.url}/northwind/campaign/privacy/privacyTool/@abc`));
    const [request] = await campaign.outputOf(REQUEST);
    expect(await failure(fileOf(String(request?.href)))).toContain("has no data file: its status is 'new'");
    campaign.simulator.assumptions.privacySeconds = 0;
    expect(await campaign.outputOf(fileOf(String(request?.href)))).toMatchObject([
      { status: 'complete', data: expect.stringContaining(`<recipient email="${AMY}"`) },
    ]);
    expect(await failure(fileOf(`${campaign.simulator.url}/northwind/campaign/privacy/privacyTool`))).toContain(
      'is not the address of a privacyTool',
    );
  });
});
