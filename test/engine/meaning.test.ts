import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect, FaultAction } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters, campaignStep, chain, locator, profileStep } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const html = (status: number): FaultAction => ({
  type: 'answer',
  status,
  body: '<!DOCTYPE html><html><body>Somebody else</body></html>',
  contentType: 'text/html',
});
const ITEMS_GO_ON = { onError: 'continueRegularOutput' } as const;

describe.each<Dialect>(['v8', 'acs'])('what is meant is what is done, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ dialect, profiles: 20, settings: { freshKeys: true } });
    // The token is there: what goes wrong below is about the requests meant.
    await campaign.outputOf({ operation: 'count' });
  });
  afterAll(async () => await campaign.close());
  afterEach(() => campaign.simulator.faults.clear());

  const amy = () => campaign.simulator.profiles.byEmail(AMY)[0];
  const extended = { api: 'profileAndServicesExt' };
  const update = (column = 'email', more: INodeParameters = {}) => automaticUpdateParameters(column, { ...extended, ...more });
  const upsert = (column: string): INodeParameters => ({
    ...extended,
    operation: 'upsert',
    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
  });
  const updateIn = async (timezone: string, row: IDataObject) =>
    await campaign.engine.run({ ...chain(profileStep(STEP, update())), timezone }, [{ email: AMY, ...row }]);
  const errorOf = async (parameters: INodeParameters, items?: IDataObject[]) => {
    const { error } = await campaign.runStep(parameters, items);
    return `${error?.message} ${error?.description}`;
  };

  it.each(['Europe/Paris', 'America/Los_Angeles', 'Pacific/Auckland', 'UTC'])(
    'A5: a Date at midnight means its day, in %s',
    async (zone) => {
      const midnights = [new Date('1980-10-24T00:00:00Z'), new Date(1980, 9, 24)];
      for (const birthDate of midnights) {
        expect((await updateIn(zone, { birthDate })).error).toBeUndefined();
        expect(amy()?.birthDate).toBe('1980-10-24');
        campaign.simulator.profiles.update(amy()?.id ?? 0, { birthDate: '' });
      }
    },
  );

  it.each([
    ['Europe/Paris', '2026-07-01T09:00', '2026-07-01 07:00:00.000Z'],
    ['America/New_York', '2026-01-01 00:30', '2026-01-01 05:30:00.000Z'],
    ['Asia/Kolkata', '2026-01-01T00:00:00', '2025-12-31 18:30:00.000Z'],
    ['Europe/Paris', '2026-07-01T09:00+02', '2026-07-01 07:00:00.000Z'],
    ['Europe/Paris', '2026-03-01 09:00:00.5 +00', '2026-03-01 09:00:00.500Z'],
    ['Europe/Paris', '20260301T090000Z', '2026-03-01 09:00:00.000Z'],
  ])('A17, A18: in %s, %s is %s', async (zone, cusLastPurchase, stored) => {
    expect((await updateIn(zone, { cusLastPurchase })).error).toBeUndefined();
    expect(amy()?.cusLastPurchase).toBe(stored);
  });

  it.each(['0x1F', '1e3', '1,5', '١٢', true, '12345678901234567890'])('A14: %p is no number', async (cusPoints) => {
    const before = amy();
    expect(await errorOf(update(), [{ email: AMY, cusPoints }])).toContain("'Points' (cusPoints) takes a number");
    expect(amy()).toEqual(before);
  });

  it('A16: custom keys in two letter cases, which may compare equal, are looked for and created one after the other', async () => {
    campaign.simulator.faults.add({ method: 'POST', action: { type: 'delay', ms: 20 } });
    campaign.simulator.resetStats();
    const rows = ['L-case', 'l-CASE', 'L-CASE'].map((cusLoyaltyId) => ({ cusLoyaltyId, lastName: 'Oncecase' }));
    expect((await campaign.runStep(upsert('cusLoyaltyId'), rows)).error).toBeUndefined();
    const asked = campaign.simulator.stats.received
      .filter(({ method, path }) => method === 'POST' || /l-case$/i.test(path))
      .filter(({ api }) => api !== 'ims');
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
  });

  it.each([404, 410, 500, 200])("A11: somebody else's page with status %i says nothing about who is there", async (status) => {
    campaign.simulator.faults.add({ method: 'GET', url: 'byEmail', action: html(status) });
    const size = campaign.simulator.profiles.size;
    expect(await errorOf(upsert('email'), [{ email: `nobody.${status}@mail.com` }])).toMatch(/answer is not/);
    expect(await errorOf({ operation: 'get', profile: locator('email', AMY) })).not.toContain('There is no profile');
    expect(campaign.simulator.profiles.size).toBe(size);
  });

  it.each<[string, FaultAction]>([
    ['a sign-in page', html(200)],
    ['other JSON', { type: 'answer', status: 200, body: '{"hello":"world"}', contentType: 'application/json' }],
    ['half of one', { type: 'answer', status: 200, body: '{"PKey":"@', contentType: 'application/json' }],
    ['a page that is not there', html(404)],
  ])('A23: %s is no yes', async (_, action) => {
    const [kim] = campaign.simulator.profiles.byEmail('kristen.smith+news@mail.com');
    if (!kim) throw new Error('Kristen is gone');
    const service = campaign.simulator.services.byName('weekly_offers');
    if (!campaign.simulator.subscriptions.find(kim, service)) campaign.simulator.subscriptions.subscribe(kim, service);
    campaign.simulator.faults.add({ method: 'DELETE', url: '/campaign/', action });
    campaign.simulator.faults.add({ method: 'POST', url: '/campaign/', action });
    campaign.simulator.faults.add({ method: 'PATCH', url: '/campaign/', action });
    const person = locator('email', String(kim.email));
    const unsubscribe = {
      resource: 'subscription',
      operation: 'unsubscribe',
      profile: person,
      service: { __rl: true, mode: 'name', value: 'weekly_offers' },
    };
    const outcomes = [
      await campaign.runStep({ operation: 'delete', profile: person }, [{}], ITEMS_GO_ON),
      await campaign.runStep(unsubscribe, [{}], ITEMS_GO_ON),
      await campaign.runStep(update(), [{ email: kim.email, phone: '4712' }] as IDataObject[], ITEMS_GO_ON),
      await campaign.engine.run(chain(campaignStep('workflow')(STEP, { operation: 'pause', workflowId: 'WKF42' }, ITEMS_GO_ON))),
    ].map((result) => result.json(STEP)[0]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ message: { reason: 'outcomeUnknown' } });
    expect(campaign.simulator.profiles.get(kim.id)).toBeDefined();
    expect(campaign.simulator.subscriptions.find(kim, service)).toBeDefined();
  });

  it('C4: an answer that is too long is called so, with what to do', async () => {
    const body = `{"content":[],"x":"${'x'.repeat(65 * 1024 * 1024)}"}`;
    campaign.simulator.faults.add({
      method: 'GET',
      url: '/profile?',
      action: { type: 'answer', status: 200, body, contentType: 'application/json' },
    });
    const text = await errorOf({ operation: 'getAll', limit: 5 });
    expect(text).toContain("Campaign's answer cannot be taken in (the answer is longer than 64 MB)");
    expect(text).toContain("lower 'Limit' or 'Page Size'");
  });

  it('C5: an empty client secret is one try, however many items there are', async () => {
    campaign.resetCredential({ clientSecret: '' });
    campaign.simulator.resetStats();
    const items = Array.from({ length: 200 }, () => ({ email: AMY, phone: '1' }));
    const result = await campaign.runStep(update(), items, ITEMS_GO_ON);
    campaign.resetCredential();
    expect(result.json(STEP)).toHaveLength(200);
    expect(result.json(STEP).filter(({ error }) => error === undefined)).toEqual([]);
    expect(campaign.simulator.stats.requests).toBeLessThanOrEqual(1);
  });

  it.each(['byText', 'byEmail', 'bySubscribers'])(
    'C8: a key that is the name of the filter %s reaches nobody, though it finds one',
    async (name) => {
      const only = await startCampaign({ dialect, profiles: 1, assumptions: { emptyFilterParameter: 'matchesAll' } });
      try {
        const profile = locator('customKey', name);
        const service = { __rl: true, mode: 'name', value: 'weekly_offers' };
        const [person] = only.simulator.profiles.all();
        for (const parameters of [
          { operation: 'delete', profile },
          { operation: 'get', profile },
          {
            operation: 'update',
            identifyBy: 'profile',
            profile,
            fields: { mappingMode: 'defineBelow', value: { phone: '666' }, matchingColumns: [], schema: [] },
          },
          { resource: 'subscription', operation: 'subscribe', profile, service },
        ]) {
          const { error } = await only.runStep({ ...extended, ...parameters });
          expect(`${parameters.operation} ${error?.message}`).toMatch(/ (Campaign|There is|'|What)/);
        }
        expect(only.simulator.profiles.all()).toEqual([person]);
        expect(only.simulator.subscriptions.size).toBe(0);
      } finally {
        await only.close();
      }
    },
  );
});
