import type {
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodeParameters,
  INodePropertyOptions,
  ResourceMapperFields,
} from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { campaignStep } from '../support/workflows';

const STORES: INodeParameters = { customResource: { __rl: true, mode: 'name', value: 'cusStore' }, api: 'automatic' };
const ORDERS: INodeParameters = { customResource: { __rl: true, mode: 'list', value: 'cusOrder' }, api: 'automatic' };

describe.each<Dialect>(['v8', 'acs'])('lists and forms of services and custom resources, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  });
  afterAll(async () => await campaign.close());

  const editor = (resource: string, parameters: INodeParameters = {}): ILoadOptionsFunctions =>
    campaign.engine.editor(campaignStep(resource)('Step', parameters));
  const methods = () => campaign.engine.nodeType('adobeCampaign').methods ?? {};
  const search = async (name: string, context: ILoadOptionsFunctions, typed?: string): Promise<INodeListSearchResult> => {
    const method = methods().listSearch?.[name];
    if (!method) throw new Error(`${name} is missing`);
    return await method.call(context, typed);
  };
  const options = async (name: string, context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> => {
    const method = methods().loadOptions?.[name];
    if (!method) throw new Error(`${name} is missing`);
    return await method.call(context);
  };
  const form = async (context: ILoadOptionsFunctions): Promise<ResourceMapperFields> => {
    const method = methods().resourceMapping?.getFields;
    if (!method) throw new Error('getFields is missing');
    return await method.call(context);
  };

  it('list the custom resources that Campaign lists, and no others', async () => {
    expect((await search('searchCustomResources', editor('customResource'))).results).toEqual([
      { name: 'Orders (cusOrder)', value: 'cusOrder' },
      { name: 'Promotions (cusPromotion)', value: 'cusPromotion' },
    ]);
    campaign.simulator.assumptions.customResourcesCatalogue = 'listed';
    const names = (await search('searchCustomResources', editor('customResource'), 'STORE')).results.map(({ value }) => value);
    expect(names).toEqual(['cusDepartment', 'cusStore']);
  });

  it('list the records of either API, and look for what was typed', async () => {
    expect((await search('searchRecords', editor('customResource', STORES))).results).toHaveLength(4);
    expect((await search('searchRecords', editor('customResource', STORES), 'airport')).results.map(({ name }) => name)).toEqual([
      'Oslo Airport (OSL-2)',
    ]);
    expect((await search('searchRecords', editor('customResource', ORDERS), 'nothing')).results).toEqual([]);
  });

  it('B13: look at a few pages for each keystroke, say so, and go on from there', async () => {
    const stores = campaign.simulator.resources.get('cusStore');
    const added = Array.from({ length: 3_000 }, (_, index) => stores.add({ storeCode: `X-${index}`, label: `Shop ${index}` }));
    const context = editor('customResource', STORES);
    const method = methods().listSearch?.searchRecords;
    const asked = async (typed: string, token?: string) => {
      const before = campaign.simulator.stats.requests;
      const page = await method?.call(context, typed, token);
      return { requests: campaign.simulator.stats.requests - before, page };
    };

    const first = await asked('shop 2999');
    expect(first.requests).toBeLessThanOrEqual(6);
    expect(first.page?.results).toEqual([
      { name: expect.stringMatching(/^Only 800 records were looked at, and there are more\. .*'By Custom Key'/), value: false },
    ]);
    let { page } = first;
    for (let pages = 0; page?.paginationToken !== undefined && pages < 10; pages += 1)
      ({ page } = await asked('shop 2999', page.paginationToken));
    expect(page?.results.map(({ name }) => name)).toEqual([expect.stringContaining('Shop 2999')]);
    // A list that is full can be scrolled for more.
    const many = await asked('shop');
    expect(many.page?.results.length).toBeGreaterThanOrEqual(10);
    expect(many.page).toMatchObject({ paginationToken: expect.any(String) });
    stores.remove(...added);
  });

  it('show the fields, links and filters of the chosen resource', async () => {
    const order = editor('customResource', ORDERS);
    expect((await options('getLinks', order)).map(({ value }) => value)).toEqual(['profile']);
    expect((await options('getFilters', order)).map(({ value }) => value)).toContain(dialect === 'v8' ? 'inStatus' : 'byInStatus');
    expect((await options('getSortableFields', editor('service'))).map(({ value }) => value)).toContain('name');
    expect((await form(editor('service', { operation: 'upsert' }))).fields.find(({ defaultMatch }) => defaultMatch)?.id).toBe('name');
  });

  it('match on the field that no record goes without', async () => {
    const { fields } = await form(editor('customResource', { ...ORDERS, operation: 'upsert' }));
    expect(fields.filter(({ defaultMatch }) => defaultMatch).map(({ id }) => id)).toEqual(['orderNumber']);
    expect(fields.find(({ id }) => id === 'status')).toMatchObject({ type: 'options', removed: true });
  });

  it("E9: list a workflow's signals, and no other activity", async () => {
    const signals = async (workflowId: string, typed?: string) =>
      await search('searchSignals', editor('workflow', { operation: 'triggerSignal', workflowId }), typed);
    expect((await signals(' WKF42 ')).results.map(({ value }) => value)).toEqual(['signal1', 'signal2']);
    expect((await signals('WKF42', 'L2')).results).toEqual([{ name: 'signal2', value: 'signal2' }]);
    await expect(signals('WKF99')).rejects.toThrow(/There is no workflow with ID 'WKF99'/);
    await expect(signals('')).rejects.toThrow(/'Workflow ID' is empty/);
    campaign.simulator.workflows.add({ name: 'WKF44', activities: ['start'] });
    await expect(signals('WKF44')).rejects.toThrow(/has no external signal activity\. Add one/);
  });

  it('say what is wrong in one line', async () => {
    await expect(
      search('searchRecords', editor('customResource', { ...ORDERS, customResource: { __rl: true, mode: 'name', value: 'cusNone' } })),
    ).rejects.toThrow(/Campaign has no resource 'cusNone'.*publish/);
    const units = search('searchOrganizationalUnits', editor('legacy'), 'nord');
    if (dialect === 'v8') await expect(units).rejects.toThrow(/Campaign Standard only/);
    else expect((await units).results).toEqual([{ name: 'Nordics (nordics)', value: 'nordics' }]);
  });
});
