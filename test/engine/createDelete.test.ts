import type { INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { locator } from '../support/workflows';

const NEW = 'new.comer@mail.com';

const createFrom = (value: INodeParameters, more: INodeParameters = {}): INodeParameters => ({
  operation: 'create',
  fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
  ...more,
});
const AUTOMATIC: INodeParameters = {
  operation: 'create',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] },
};

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  await campaign.outputOf({ operation: 'get', profile: locator('email', 'amy.dakota@mail.com') });
};
const stop = async () => await campaign.close();
const reset = () => {
  campaign.simulator.profiles.remove(...campaign.simulator.profiles.byEmail(NEW));
  campaign.simulator.faults.clear();
  campaign.simulator.resetStats();
};
const newcomers = () => campaign.simulator.profiles.byEmail(NEW);
const requests = (method: string) => campaign.simulator.stats.byMethod.get(method) ?? 0;

describe.each<Dialect>(['v8', 'acs'])('Profile Create, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  it('adds a profile and returns it with its defaults', async () => {
    const [created] = await campaign.outputOf(
      createFrom({ email: NEW, firstName: 'New', gender: 'Female', birthDate: '1990-05-17' }, { output: 'raw' }),
    );
    expect(created).toMatchObject({
      email: NEW,
      gender: 'female',
      birthDate: '1990-05-17',
      preferredLanguage: 'none',
      PKey: expect.any(String),
    });
    expect(newcomers()).toMatchObject([{ firstName: 'New' }]);
  });

  it('takes custom fields with the extended API, and JSON', async () => {
    const [created] = await campaign.outputOf({
      operation: 'create',
      api: 'profileAndServicesExt',
      fieldsFrom: 'json',
      fieldsJson: JSON.stringify({ email: NEW, cusPoints: 7 }),
    });
    expect(created).toMatchObject({ email: NEW, cusPoints: 7 });
  });

  it('takes the columns of the input, without blank ones', async () => {
    await campaign.outputOf(AUTOMATIC, [{ email: NEW, phone: '', gender: null, firstName: 'New' }]);
    const [post] = campaign.simulator.stats.received.filter(({ method }) => method === 'POST');
    expect(post?.json).toEqual({ email: NEW, firstName: 'New' });
  });

  it('makes no empty profile', async () => {
    for (const input of [{}, { email: '' }, { email: '  ', phone: null }]) {
      const { error } = await campaign.runStep(AUTOMATIC, [input]);
      expect(error?.message).toMatch(/There is nothing to write: 'Fields'/);
    }
    expect(requests('POST')).toBe(0);
  });

  it('is sent once when the answer got lost, and says to look first', async () => {
    campaign.simulator.faults.add({ method: 'POST', action: faultActions.resetAfter });
    const { error } = await campaign.runStep(createFrom({ email: NEW }));
    expect(error?.message).toMatch(/may or may not have been carried out/);
    expect(error?.description).toContain('Look for the record before sending it again');
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown' });
    expect(requests('POST')).toBe(1);
    expect(newcomers()).toHaveLength(1);
  });

  it.each([
    ['a 503', faultActions.serviceUnavailable],
    ['an HTML page', faultActions.html],
  ])('is not repeated after %s', async (_, action) => {
    campaign.simulator.faults.add({ method: 'POST', action });
    const { error } = await campaign.runStep(createFrom({ email: NEW }));
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown' });
    expect(requests('POST')).toBe(1);
  });

  it('is repeated after a 429, which says that nobody took it', async () => {
    campaign.simulator.faults.add({ method: 'POST', nth: 1, action: { type: 'answer', status: 429, headers: { 'retry-after': '1' } } });
    await campaign.outputOf(createFrom({ email: NEW }));
    expect(newcomers()).toHaveLength(1);
  });

  it('refuses bad values before anything is sent, and goes on with the others', async () => {
    const result = await campaign.runStep(
      createFrom({ email: NEW, gender: '={{ $json.gender }}' }),
      [{ gender: 'male' }, { gender: 'often' }],
      { onError: 'continueRegularOutput' },
    );
    expect(result.json(STEP)).toMatchObject([{ email: NEW }, { error: expect.stringMatching(/\(gender\) takes one of/) }]);
    expect(requests('POST')).toBe(1);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Profile Delete, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(() => {
    reset();
    campaign.simulator.profiles.add({ email: NEW, cusLoyaltyId: 'L-new' });
  });

  const keyOfNew = () => {
    const [profile] = newcomers();
    if (!profile) throw new Error('The profile to delete is missing');
    return campaign.simulator.profiles.keyOf(profile);
  };

  it.each<[string, () => INodeParameters]>([
    ['by PKey', () => ({ profile: locator('pKey', keyOfNew()) })],
    ['by email', () => ({ profile: locator('email', NEW) })],
    ['by custom key', () => ({ profile: locator('customKey', 'L-new'), api: 'profileAndServicesExt' })],
  ])('removes a profile %s', async (_, parameters) => {
    expect(await campaign.outputOf({ operation: 'delete', ...parameters() })).toEqual([{ deleted: true }]);
    expect(newcomers()).toEqual([]);
  });

  it('takes a profile that is gone after a lost answer for deleted', async () => {
    campaign.simulator.faults.add({ method: 'DELETE', nth: 1, action: faultActions.resetAfter });
    expect(await campaign.outputOf({ operation: 'delete', profile: locator('pKey', keyOfNew()) })).toEqual([{ deleted: true }]);
    expect(requests('DELETE')).toBe(2);
  });

  it('fails for a profile that is not there, or returns nothing', async () => {
    const parameters = { operation: 'delete', profile: locator('pKey', keyOfNew()) };
    campaign.simulator.profiles.remove(...newcomers());
    expect((await campaign.runStep(parameters)).error?.message).toMatch(/There is no profile with PKey/);
    expect(await campaign.outputOf({ ...parameters, options: { notFound: 'returnNothing' } })).toEqual([]);
  });

  it('removes one of several with one email only when told to', async () => {
    campaign.simulator.profiles.add({ email: NEW });
    const parameters = { operation: 'delete', profile: locator('email', NEW) };
    expect((await campaign.runStep(parameters)).error?.message).toContain('2 profiles have email');
    expect(newcomers()).toHaveLength(2);
    expect(await campaign.outputOf({ ...parameters, options: { severalMatches: 'all' } })).toHaveLength(2);
    expect(newcomers()).toEqual([]);
  });

  it('reaches nothing below or above a profile', async () => {
    for (const url of [
      `${campaign.simulator.url}/northwind/campaign/profileAndServices/profile`,
      `${campaign.simulator.url}/northwind/campaign/profileAndServices/profile/${keyOfNew()}/subscriptions/`,
    ]) {
      const { error } = await campaign.runStep({ operation: 'delete', profile: locator('url', url) });
      expect(error?.message).toMatch(/not the address of a profile/);
    }
    expect(requests('DELETE')).toBe(0);
  });
});
