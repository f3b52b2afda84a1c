import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const ORDERS = 'profileAndServicesExt/cusOrder';
const STORES = 'customResources/cusStore';
const PREFIX = 'RST-360011 An error has occurred - please contact your administrator.';
const GENERIC = 'An error has occurred - please contact your administrator.';

describe.each(DIALECTS)('custom resources on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const isV8 = dialect === 'v8';
  /** One attribute of the records found. */
  const found = async (target: string, attribute = 'orderNumber'): Promise<unknown> => {
    const rows = at((await started.client.get(target)).json, 'content');
    return Array.isArray(rows) ? rows.map((row) => at(row, attribute)) : rows;
  };
  const keyOf = (resource: string, id: number): string => {
    const table = started.simulator.resources.get(resource);
    const record = table.get(id);
    return record === undefined ? '' : table.keyOf(record);
  };

  it('are listed with their links and read one by one', async () => {
    const { client, simulator } = started;
    const { json } = await client.get(ORDERS);
    const campaign = `${simulator.url}/northwind/campaign`;
    const first = at(json, 'content', 0);
    expect(first).toEqual({
      PKey: expect.stringMatching(/^@[\w-]{91}$/),
      amount: 59.9,
      comment: '',
      created: '2026-01-15 09:00:00.002Z',
      gift: false,
      href: `${campaign}/${ORDERS}/${textAt(first, 'PKey')}`,
      lastModified: '2026-01-15 09:00:00.000Z',
      lines: 2,
      orderDate: '2025-11-03',
      orderNumber: 'O-1001',
      profile: {
        PKey: expect.stringMatching(/^@/),
        href: expect.stringContaining(`${campaign}/profileAndServicesExt/profile/@`),
        title: 'Amy Dakota (amy.dakota@mail.com)',
      },
      shippedAt: '2025-11-04 08:30:00.000Z',
      status: 'shipped',
      title: 'Order O-1001',
    });
    expect(at(json, 'content', 4, 'profile')).toBeNull();
    expect(at(json, 'count', 'value')).toBe(5);
    const one = await client.get(textAt(first, 'href'));
    expect([one.status, 'href' in Object(one.json)]).toEqual([200, isV8]);
    expect(one.json).toMatchObject({ orderNumber: 'O-1001' });
    expect(at((await client.get(textAt(first, 'profile', 'href'))).json, 'firstName')).toBe('Amy');
  });

  it('are sorted, paged and counted', async () => {
    const { client } = started;
    expect(await found(`${ORDERS}?_order=amount%20desc`)).toEqual(['O-1004', 'O-1002', 'O-1001', 'O-1003', 'O-1005']);
    const page = (await client.get(`${ORDERS}?_order=orderDate&_lineCount=3`)).json;
    expect(await found(textAt(page, 'next', 'href'))).toEqual(['O-1004', 'O-1005']);
    expect(textAt(page, 'count', 'href')).toContain(`${ORDERS}//_count`);
    expect((await client.get(textAt(page, 'count', 'href'))).json).toEqual({ count: 5 });
    expect((await client.get(`${ORDERS}?_order=profile`)).status).toBe(500);
    expect(at((await client.get(`${STORES}/city`)).json, 'content')).toEqual(['Oslo', 'Oslo', 'Bergen', 'Trondheim']);
  });

  it('have custom filters, named by dialect', async () => {
    const [amountFrom, status, city] = isV8 ? ['amountFrom', 'inStatus', 'inCity'] : ['byAmountFrom', 'byInStatus', 'byInCity'];
    expect(await found(`${ORDERS}/${amountFrom}?amountFrom_parameter=100`)).toEqual(['O-1002', 'O-1004']);
    const both = `${ORDERS}/${amountFrom}/${status}?amountFrom_parameter=50&inStatus_parameter=open`;
    expect(await found(both)).toEqual(['O-1002', 'O-1004']);
    // Where a resource defines a key, anything else is read as one.
    expect((await started.client.get(`${ORDERS}/${isV8 ? 'byAmountFrom' : 'amountFrom'}`)).status).toBe(404);
    expect(at((await started.client.get(`${STORES}/${city}/_count?inCity_parameter=Oslo`)).json, 'count')).toBe(2);
    const { json } = await started.client.get('profileAndServicesExt/resourceType/cusOrder');
    const filters = (await started.client.get(textAt(json, 'filters', 'href'))).json;
    expect(Object.keys(Object(filters))).toEqual([amountFrom, status]);
    expect(at(filters, status, 'data')).toBe(`/${ORDERS}/${status}?inStatus_parameter=$value`);
  });

  it('are created, linked by PKey, changed and deleted', async () => {
    const { client, simulator } = started;
    const [amy] = simulator.profiles.byEmail('amy.dakota@mail.com');
    const PKey = amy === undefined ? '' : simulator.profiles.keyOf(amy);
    const created = await client.post(ORDERS, { orderNumber: 'O-2000', amount: 3, orderDate: '2026-01-15', profile: { PKey } });
    expect([created.status, at(created.json, 'profile', 'title')]).toEqual([201, 'Amy Dakota (amy.dakota@mail.com)']);
    const href = textAt(created.json, 'href');
    const patched = await client.patch(href, { status: 'shipped', profile: null });
    expect([patched.status, Object.keys(Object(patched.json))]).toEqual([200, ['PKey', 'href']]);
    expect((await client.get(textAt(patched.json, 'href'))).json).toMatchObject({ status: 'shipped', profile: null });
    expect((await client.patch(href, { profile: { PKey } })).status).toBe(200);
    const orders = simulator.resources.get('cusOrder');
    expect(orders.byKey(textAt(created.json, 'PKey'))).toMatchObject({ profile: amy?.id, amount: 3 });
    expect((await client.delete(href)).status).toBe(200);
    expect((await client.get(href)).status).toBe(404);
    expect(orders.size).toBe(5);
    expect([simulator.stats.writesApplied, simulator.stats.writes.to(6, 'cusOrder')]).toEqual([4, 4]);
  });

  it('do not make up the target of a link: ACS leaves it out, v8 names what it does not know', async () => {
    const { client, simulator } = started;
    const reply = await client.post(ORDERS, { orderNumber: 'O-2000', profile: { email: 'amy.dakota@mail.com' } });
    if (isV8) expect([reply.status, reply.text]).toEqual([500, "'email' property is not valid for the 'cusOrder' resource."]);
    else expect([reply.status, at(reply.json, 'profile')]).toEqual([201, null]);
    expect(simulator.resources.get('cusOrder').size).toBe(isV8 ? 5 : 6);
    expect((await client.post(ORDERS, { orderNumber: 'O-2001', profile: { PKey: '@gibberish' } })).status).toBe(isV8 ? 404 : 500);
    const store = { PKey: keyOf('cusStore', 1) };
    expect((await client.post(ORDERS, { orderNumber: 'O-2001', profile: store })).status).toBe(isV8 ? 404 : 500);
  });

  it('refuse what their attributes do not take', async () => {
    const { client } = started;
    const order = { orderNumber: 'O-2000' };
    const wrongTypes = [{ amount: 'much' }, { orderDate: '12/01/2026' }, { status: 'lost' }, { gift: 'yes' }];
    for (const wrong of [...wrongTypes, { colour: 'red' }, { title: 'x' }]) {
      expect((await client.post(ORDERS, { ...order, ...wrong })).status).toBe(500);
    }
    expect((await client.patch(`${ORDERS}/${keyOf('cusOrder', 1)}`, { status: 'lost' })).text).toBe(
      isV8 ? GENERIC : `${PREFIX}\nThe value 'lost' is not valid for the 'cus:order:status' enumeration of the '@status' field`,
    );
    expect(started.simulator.stats.writesApplied).toBe(0);
  });

  it('have a key that is needed and unique; that nothing goes without it is assumed', async () => {
    const { client, simulator } = started;
    const taken = await client.post(ORDERS, { orderNumber: 'O-1001' });
    expect(taken.status).toBe(500);
    expect(taken.text).toContain(isV8 ? GENERIC : 'duplicate key value violates unique constraint "cusorder_ordernumber"');
    expect((await client.post(ORDERS, { amount: 1 })).status).toBe(500);
    expect((await client.patch(`${ORDERS}/${keyOf('cusOrder', 1)}`, { orderNumber: '' })).status).toBe(500);
    simulator.assumptions.missingMandatory = 'accepted';
    expect((await client.post(ORDERS, { amount: 1 })).status).toBe(201);
    const content = at((await client.get(`${ORDERS}/metadata`)).json, 'content');
    expect([at(content, 'orderNumber', 'mandatory'), at(content, 'comment', 'mandatory')]).toEqual([true, false]);
  });

  it('are addressed by that key; this is assumed', async () => {
    const { client, simulator } = started;
    expect(at((await client.get(`${ORDERS}/O-1002`)).json, 'amount')).toBe(120);
    expect((await client.patch(`${STORES}/OSL-1`, { label: 'Oslo' })).status).toBe(200);
    expect((await client.patch(ORDERS, { orderNumber: 'O-1002', amount: 121 })).status).toBe(200);
    expect((await client.get(`${ORDERS}/O-9`)).text).toContain("Unable to find document with path 'Order' from key 'O-9");
    simulator.assumptions.customResourceByKey = 'refused';
    expect((await client.get(`${ORDERS}/O-1002`)).status).toBe(isV8 ? 404 : 500);
  });

  it('refuse a key of nothing in the words of the dialect; those of ACS are assumed', async () => {
    const { client, simulator } = started;
    const refusal = async (): Promise<string> => {
      const { status, text } = await client.patch('profileAndServicesExt/cusOrder/@gibberish', { comment: 'x' });
      return `${status} ${text}`;
    };
    const unknown =
      "500 'gibberish' attribute unknown (see definition of 'Orders (cus:order)' schema).\nXTK-170036 Unable to parse expression '@id = @gibberish'.";
    expect(await refusal()).toContain(isV8 ? '404 Unable to decrypt PKey. (PKey=@gibberish)' : unknown);
    simulator.assumptions.acsKeyOfCustomResource = 'generic';
    expect(await refusal()).toContain(isV8 ? '404 Unable to decrypt PKey. (PKey=@gibberish)' : `500 ${PREFIX}`);
  });

  it('refuse a body that is not JSON, ACS before it looks for the resource', async () => {
    const { client, simulator } = started;
    const noConstant = `${PREFIX}\n'@gibberish' is not a valid constant`;
    for (const resource of ['cusOrder', 'cusNone']) {
      const reply = await client.patch(`profileAndServicesExt/${resource}/`, '@gibberish');
      if (isV8) expect([404, 500]).toContain(reply.status);
      else expect([reply.status, reply.text]).toEqual([500, noConstant]);
    }
    simulator.assumptions.acsNoConstantStatus = 400;
    if (!isV8) expect((await client.patch('profileAndServicesExt/cusNone/', '@gibberish')).status).toBe(400);
  });

  it('take no POST at a record, be it there or not', async () => {
    const { client } = started;
    for (const target of [`${ORDERS}/,`, `${ORDERS}/O-1002`])
      expect((await client.post(target, { comment: 'x' })).status).toBe(isV8 ? 404 : 500);
  });

  it('have attributes as administrators name them, maybe no times, and a title that says nothing', async () => {
    const { client } = started;
    const { json } = await client.get('profileAndServicesExt/cusPromotion');
    expect(at(json, 'content', 1)).toEqual({
      NP_ZIP_CD: '',
      PKey: expect.stringMatching(/^@/),
      category: 'winter',
      customerID: 'C-2',
      href: expect.stringContaining('/cusPromotion/@'),
      isStackable: false,
      percent: 0,
      profile: null,
      promo_code: 'W-20',
      title: '807,972',
      valid_until: '',
    });
  });

  it('are found by a key of several attributes, all of them', async () => {
    const { client } = started;
    const filter = `profileAndServicesExt/cusPromotion/${isV8 ? '' : 'by'}identification_key`;
    const codes = async (query: string): Promise<unknown> => {
      const content = at((await client.get(`${filter}?${query}`)).json, 'content');
      return Array.isArray(content) ? content.map((row) => [at(row, 'category'), at(row, 'promo_code')]) : content;
    };
    expect(await codes('category_parameter=winter&promo_code_parameter=W-10')).toEqual([['winter', 'W-10']]);
    expect(await codes('category_parameter=spring&promo_code_parameter=W-20')).toEqual([]);
  });

  it('hang below the records they are linked to', async () => {
    const { client, simulator } = started;
    const amy = (await client.get('profileAndServicesExt/profile/L-000001')).json;
    const orders = textAt(amy, 'cusOrders', 'href');
    expect(await found(orders)).toEqual(['O-1001', 'O-1002']);
    expect(await found(`${orders}?_order=amount%20desc&_lineCount=1`)).toEqual(['O-1002']);
    const created = await client.post(orders, { orderNumber: 'O-3000' });
    expect([created.status, at(created.json, 'profile', 'title')]).toEqual([201, at(amy, 'title')]);
    const href = textAt(created.json, 'href');
    expect(href.startsWith(orders)).toBe(true);
    expect((await client.patch(href, { amount: 5 })).status).toBe(200);
    expect(at((await client.get(href)).json, 'amount')).toBe(5);
    expect((await client.delete(href)).status).toBe(200);
    expect(await found(orders)).toEqual(['O-1001', 'O-1002']);
    const foreign = `${orders}${keyOf('cusOrder', 3)}`;
    expect((await client.delete(foreign)).status).toBe(404);
    simulator.assumptions.subscriptionOfAnotherParent = 'accepted';
    expect((await client.get(foreign)).status).toBe(200);
    simulator.assumptions.hrefBelowRecord = 'topLevel';
    expect(textAt((await client.get(orders)).json, 'content', 0, 'href')).toContain(`/${ORDERS}/@`);
    const store = (await client.get(`${STORES}/OSL-1`)).json;
    expect(await found(textAt(store, 'departments', 'href'), 'label')).toEqual(['Shoes', 'Jackets']);
    expect(textAt((await client.get('customResources/cusDepartment')).json, 'content', 0, 'store', 'href')).toContain(`/${STORES}/@`);
  });

  it('get fresh keys in every answer if asked for, all of which work', async () => {
    const { client, simulator } = started;
    simulator.settings.freshKeys = true;
    const read = async (): Promise<unknown> => at((await client.get(STORES)).json, 'content', 0);
    const [one, other] = [await read(), await read()];
    expect(textAt(one, 'PKey')).not.toBe(textAt(other, 'PKey'));
    expect(textAt(one, 'departments', 'href')).not.toBe(textAt(other, 'departments', 'href'));
    for (const store of [one, other]) {
      expect((await client.get(textAt(store, 'href'))).status).toBe(200);
      expect(await found(textAt(store, 'departments', 'href'), 'label')).toEqual(['Shoes', 'Jackets']);
    }
  });

  it('count a creation sent twice', async () => {
    const { client, simulator } = started;
    const store = { label: 'Hamar', storeCode: 'HMR-1' };
    expect((await client.post(STORES, store)).status).toBe(201);
    simulator.resources.get('cusStore').remove(5);
    expect((await client.post(STORES, store)).status).toBe(201);
    expect(simulator.stats.writes.repeated()).toEqual([{ method: 'POST', resource: 'cusStore', recordId: null, times: 2 }]);
  });
});
