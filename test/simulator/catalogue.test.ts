import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const ORDERS = 'profileAndServicesExt/cusOrder';
const STORES = 'customResources/cusStore';
const PREFIX = 'RST-360011 An error has occurred - please contact your administrator.';

describe.each(DIALECTS)('which resources there are on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const isV8 = dialect === 'v8';

  it('custom ones belong to one of two APIs, and are gone when they are not published', async () => {
    const { client, simulator } = started;
    const refusal = async (path: string): Promise<unknown> => {
      const { status, text } = await client.get(path);
      return [status, text];
    };
    const unknown = (path: string): unknown => [404, isV8 ? `Unsupported endpoint. (endpoint=rest/${path})` : `${PREFIX}\nError rc=-2003`];
    const wrong = ['profileAndServices/cusOrder', 'customResources/cusOrder', 'profileAndServicesExt/cusStore', 'customResources/profile'];
    const described = ['customResources/resourceType/cusOrder', 'profileAndServicesExt/resourceType/cusStore'];
    for (const path of [...wrong, ...described]) expect(await refusal(path)).toEqual(unknown(path));
    simulator.settings.unpublishedResources = ['cusOrder'];
    const orders = `profileAndServicesExt/profile/${simulator.profiles.keyOf(simulator.profiles.all()[0] ?? { id: 0 })}/cusOrders`;
    for (const path of [ORDERS, 'profileAndServicesExt/resourceType/cusOrder']) expect(await refusal(path)).toEqual(unknown(path));
    expect((await client.get(orders)).status).toBe(isV8 ? 404 : 500);
    expect(Object.keys(Object((await client.get('profileAndServicesExt/')).json))).not.toContain('cusOrder');
  });

  it('custom ones are described in both APIs', async () => {
    const { client, simulator } = started;
    const orders = (await client.get('profileAndServicesExt/resourceType/cusOrder')).json;
    expect(orders).toMatchObject({ name: 'cusOrder', schema: 'cus:order', data: `/${ORDERS}/`, type: 'item' });
    expect((await client.get(textAt(orders, 'href'))).json).toEqual(orders);
    expect(at(orders, 'content')).toMatchObject({
      amount: { type: 'number', resType: 'double' },
      lines: { type: 'number', resType: 'long' },
      profile: { type: 'link', resType: 'link', resTarget: 'profile', readOnly: false },
      status: { type: 'enumeration', values: { shipped: { label: 'Shipped', value: '1' }, __Invalid_value__: {} } },
    });
    const stores = (await client.get('customResources/resourceType/cusStore')).json;
    expect(at(stores, 'content', 'departments')).toMatchObject({ type: 'collection', resTarget: 'cusDepartment', readOnly: true });
    expect(textAt(stores, 'href')).toBe(`${simulator.url}/northwind/campaign/${STORES}/metadata`);
    expect((await client.get(textAt(stores, 'filters', 'href'))).status).toBe(200);
  });

  it('they are listed in the catalogue, whose built-in entries are assumed', async () => {
    const { client, simulator } = started;
    const { json } = await client.get('profileAndServicesExt/');
    expect(Object.keys(Object(json)).sort()).toEqual(
      ['apiName', 'cusOrder', 'cusPromotion', 'profile', 'service', ...(isV8 ? [] : ['geoUnitBase', 'history', 'orgUnitBase'])].sort(),
    );
    const metadata = (await client.get(`${ORDERS}/metadata`)).json;
    expect(at(json, 'cusOrder')).toEqual({
      content: at(metadata, 'content'),
      data: `/${ORDERS}/`,
      help: 'Orders',
      href: textAt(metadata, 'href'),
      name: 'cusOrder',
      type: 'collection',
    });
    simulator.assumptions.builtInInCatalogue = 'omitted';
    expect(Object.keys(Object((await client.get('profileAndServicesExt')).json))).toEqual(['apiName', 'cusOrder', 'cusPromotion']);
    expect((await client.post('profileAndServicesExt/', {})).status).toBe(isV8 ? 404 : 500);
    expect((await client.get('customResources/')).status).toBe(404);
    simulator.assumptions.customResourcesCatalogue = 'listed';
    expect(Object.keys(Object((await client.get('customResources/')).json))).toEqual(['apiName', 'cusStore', 'cusDepartment']);
  });
});
