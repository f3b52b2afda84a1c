import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain, getParameters, locator, profileStep, triggerStep, updateParameters } from '../support/workflows';
import type { Dialect } from '../simulator';

const SHARED = 'shared@mail.com';
const MANY = 60;

let campaign: Campaign;

/** Runs one step of the node Adobe Campaign. */
const runOther = async (resource: string, parameters: INodeParameters) =>
  await campaign.engine.run(chain(campaignStep(resource)(STEP, parameters)));

/** All that a list of the editor shows, page after page. */
async function search(method: string, node: ReturnType<typeof profileStep>, typed?: string): Promise<string[]> {
  const type = campaign.engine.nodeType(node.type.split('.')[1] ?? '');
  const context = campaign.engine.editor(node);
  const values: string[] = [];
  let token: unknown;
  for (let pages = 0; pages < 50; pages += 1) {
    const page: INodeListSearchResult | undefined = await type.methods?.listSearch?.[method]?.call(
      context,
      typed,
      token as string | undefined,
    );
    values.push(...(page?.results ?? []).map(({ value }) => String(value)));
    token = page?.paginationToken;
    if (token === undefined) break;
  }
  return values;
}

describe.each([
  ['v8', 'kept'],
  ['acs', 'dropped'],
] as const)('Lists of a base that is large, against Campaign %s, _forcePagination %s in next', (dialect: Dialect, nextForcePagination) => {
  beforeAll(async () => {
    campaign = await startCampaign({
      dialect,
      profiles: 170,
      settings: { freshKeys: true, bigTableThreshold: 3 },
      assumptions: { nextForcePagination },
    });
    for (let index = 0; index < MANY; index += 1) {
      campaign.simulator.profiles.add({ email: SHARED, lastName: `Twin ${index}` });
      campaign.simulator.services.add({ name: `svc_${index}`, label: `Service ${index}` });
    }
    await campaign.outputOf({ operation: 'count' });
  });
  afterAll(async () => await campaign.close());

  it('A8: an email that 60 profiles share is 60 profiles: Get, Update All, Get Many, Delete All', async () => {
    const all: INodeParameters = { options: { severalMatches: 'all' } };
    expect(await campaign.outputOf(getParameters(locator('email', SHARED), all))).toHaveLength(MANY);
    expect(await campaign.outputOf(updateParameters(locator('email', SHARED), { phone: '77' }, all))).toHaveLength(MANY);
    expect(campaign.simulator.profiles.byEmail(SHARED).filter(({ phone }) => phone === '77')).toHaveLength(MANY);
    expect(
      await campaign.outputOf({ operation: 'getAll', returnAll: true, filters: { email: [{ email: SHARED }] }, options: { pageSize: 7 } }),
    ).toHaveLength(MANY);
  });

  it('A9: Return All returns all, wherever the list is read', async () => {
    expect(await campaign.outputOf({ operation: 'getAll', returnAll: true, options: { pageSize: 20 } })).toHaveLength(170 + MANY);
    const services = await runOther('service', { operation: 'getAll', returnAll: true, options: { pageSize: 20 } });
    const { count } = (await runOther('service', { operation: 'count' })).json(STEP)[0] ?? {};
    expect(services.json(STEP)).toHaveLength(Number(count));
    expect(Number(count)).toBeGreaterThanOrEqual(MANY);
  });

  it('A8: lists of the editor go on to the end', async () => {
    expect(await search('searchProfiles', profileStep(STEP, { operation: 'get' }))).toHaveLength(170 + MANY);
    const services = await search('searchServices', profileStep(STEP, { resource: 'subscription', operation: 'subscribe' }));
    expect(services.filter((name) => name.startsWith('svc_'))).toHaveLength(MANY);
  });

  it('A8: the subscribers of a service are all of them', async () => {
    const service = campaign.simulator.services.byName('svc_1');
    for (const profile of campaign.simulator.profiles.byEmail(SHARED)) campaign.simulator.subscriptions.subscribe(profile, service);
    const result = await campaign.runStep({
      resource: 'subscription',
      operation: 'getAll',
      of: 'service',
      service: { __rl: true, mode: 'name', value: 'svc_1' },
      returnAll: true,
      options: { pageSize: 8 },
    });
    expect(result.json(STEP)).toHaveLength(MANY);
  });

  it('A1: a filter whose parameter is called _parameter counts those it is about, and is refused without it', async () => {
    const filters = (name: string, parameters: INodeParameters[]): INodeParameters => ({
      byName: [{ name, parameters: { parameter: parameters } }],
    });
    const [kim] = campaign.simulator.profiles.byEmail(SHARED);
    if (kim) campaign.simulator.profiles.update(kim.id, { externalId: 'CRM-1' });
    const name = dialect === 'v8' ? 'crmid' : 'byCrmid';
    const count = (parameters: INodeParameters[]) =>
      campaign.runStep({ operation: 'count', api: 'profileAndServicesExt', filters: filters(name, parameters) });
    expect((await count([{ name: '_parameter', value: 'CRM-1' }])).json(STEP)).toEqual([{ count: 1 }]);
    expect((await count([])).error?.message).toMatch(/has no parameter/);
    campaign.simulator.resetStats();
    const { error } = await campaign.runStep({
      operation: 'upsert',
      api: 'profileAndServicesExt',
      matchOn: 'customFilter',
      matchFilter: name,
      matchParameters: {},
      fields: { mappingMode: 'defineBelow', value: { phone: '1' }, matchingColumns: [], schema: [] },
      options: { severalMatches: 'all' },
    });
    expect(error?.message).toMatch(/has no parameter/);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('A8: Delete All deletes all', async () => {
    expect(
      await campaign.outputOf({ operation: 'delete', profile: locator('email', SHARED), options: { severalMatches: 'all' } }),
    ).toHaveLength(MANY);
    expect(campaign.simulator.profiles.byEmail(SHARED)).toHaveLength(0);
  });
});

describe('Names that every object seems to have', () => {
  beforeAll(async () => {
    campaign = await startCampaign({ profiles: 3, settings: { freshKeys: true } });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    campaign.simulator.faults.clear();
    campaign.simulator.resetStats();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'C6: a column %s is an unknown field, or none at all',
    async (name) => {
      const columns = (column: string): INodeParameters => ({
        fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
      });
      const item = JSON.parse(`{"email":"own@mail.com","${name}":"x"}`) as { email: string };
      for (const operation of ['upsert', 'create']) {
        const unknown = await campaign.runStep({ operation, ...columns('email') }, [item]);
        expect(unknown.error?.message).toContain(`'${name}' is not known to Campaign`);
      }
      for (const [operation, more] of [
        ['upsert', {}],
        ['update', { identifyBy: 'matchingColumn' }],
      ] as const) {
        const matched = await campaign.runStep({ operation, api: 'profileAndServicesExt', ...columns(name), ...more }, [
          { email: 'own@mail.com' },
        ]);
        expect(matched.error).toBeDefined();
      }
      const filtered = await campaign.runStep({
        operation: 'count',
        filters: { byName: [{ name: 'byText', parameters: { parameter: [{ name, value: 'x' }] } }] },
      });
      expect(filtered.error?.message).toContain(`'${name}'`);
      const reaction = await campaign.runStep({ operation: 'count', filters: { delivery: [{ reaction: name, delivery: '@d' }] } });
      expect(reaction.error?.message).toContain(`'Reaction' is '${name}'`);
      expect(campaign.simulator.stats.writesApplied).toBe(0);
    },
  );

  it('C6: an event keeps a value of such a name', async () => {
    const context = JSON.parse('{"constructor":"a"}') as INodeParameters;
    const result = await runOther('transactionalEvent', {
      operation: 'send',
      eventId: 'EVTcart',
      email: 'amy@mail.com',
      contextFrom: 'fields',
      context: { values: [...Object.keys(context), '__proto__'].map((name) => ({ name, type: 'string', value: 'a' })) },
    });
    const sent = campaign.simulator.stats.received.find(({ method }) => method === 'POST')?.body ?? '';
    expect(result.error !== undefined || sent !== '').toBe(true);
    expect(sent).toContain('"__proto__":"a"');
    expect(sent).toContain('"constructor":"a"');
  });

  it('C2: a run that fails over a value with the word canceled is a failed run', async () => {
    const { run } = await campaign.runStep(getParameters(locator('email', 'canceled@mail.com')));
    expect(run.status).toBe('error');
  });

  it('C1: a sort field that was renamed is told as Campaign tells it', async () => {
    campaign.simulator.faults.add({
      url: /profile\?_order/,
      action: { type: 'answer', status: 500, body: "RST-360011 An error has occurred\nXTK-170036 Unable to parse expression '@foo'." },
    });
    const { error } = await campaign.runStep({ operation: 'getAll', sort: { by: { field: 'lastName' } } });
    expect(error?.message).toContain("Unable to parse expression '@foo'");
  });

  it('A7: two triggers with one node ID both poll', async () => {
    const trigger = (name: string) => ({ ...triggerStep({ options: { startDate: '2020-01-01T00:00:00Z' } }), name, id: 'copied' });
    const polls = await Promise.all(['One', 'Two'].map(async (name) => await campaign.engine.poll(trigger(name))));
    expect(polls.map((items) => items?.length)).toEqual([3, 3]);
  });
});
