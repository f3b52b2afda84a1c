import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const SERVICES = 'profileAndServices/service';
const EXT = 'profileAndServicesExt/service';

describe.each(DIALECTS)('services on %s', (dialect) => {
  const started = useSimulator({ dialect });
  /** Names of the services found. */
  const found = async (target: string): Promise<unknown> => {
    const rows = at((await started.client.get(target)).json, 'content');
    return Array.isArray(rows) ? rows.map((row) => at(row, 'name')) : rows;
  };

  it('are read by PKey and by name, with links resolved', async () => {
    const { client, simulator } = started;
    const { json } = await client.get(`${SERVICES}/weekly_offers`);
    expect(json).toMatchObject({
      PKey: expect.stringMatching(/^@[\w-]{112}$/),
      builtIn: false,
      label: 'Weekly offers',
      mainDate: '2025-01-15',
      messageType: 'email',
      mode: 'newsletter',
      name: 'weekly_offers',
      start: '2025-01-15',
      subScenarioEventType: 'EVTNoMessageSent',
      subscriptions: { href: expect.stringMatching(/\/profileAndServices\/service\/@[\w-]{112}\/subscriptions\/$/) },
      targetResource: 'profile',
      template: { PKey: expect.stringMatching(/^@/), title: 'Newsletter (newsletter)' },
      title: 'Weekly offers (weekly_offers)',
      validityDuration: 'P10D',
    });
    const key = textAt(json, 'PKey');
    expect(textAt(json, 'subscriptions', 'href')).not.toContain(key);
    expect(simulator.services.byKey(key)).toBe(simulator.services.byName('weekly_offers'));
    expect((await client.get(`${SERVICES}/${key}`)).json).toEqual(json);
    expect(at((await client.get(`${EXT}/weekly_offers`)).json, 'subscriptions', 'href')).toContain(EXT);
    expect('href' in Object(json)).toBe(dialect === 'v8');
  });

  it('are created with defaults and a name', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.post(`${SERVICES}/`, { label: 'Spring' });
    expect([status, at(json, 'name'), at(json, 'title')]).toEqual([201, 'SVC8', 'Spring (SVC8)']);
    expect(simulator.stats.writesApplied).toBe(1);
    simulator.assumptions.serviceCreateStatus = 200;
    expect((await client.post(SERVICES, { name: 'spring' })).status).toBe(200);
  });

  it('have names without illegal characters; whether a hyphen is one is assumed', async () => {
    const { client, simulator } = started;
    expect(at((await client.post(SERVICES, { name: 'new é-mails' })).json, 'name')).toBe('new___mails');
    simulator.assumptions.hyphenInNames = 'kept';
    expect(at((await client.post(SERVICES, { name: 'new é-mails' })).json, 'name')).toBe('new__-mails');
  });

  it('have unique names', async () => {
    const { text, status } = await started.client.post(SERVICES, { name: 'weekly offers' });
    expect(status).toBe(500);
    expect(text).toContain(dialect === 'v8' ? 'An error has occurred' : 'duplicate key value violates unique constraint "nmsservice_name"');
  });

  it('keep their name; by PKey this is assumed', async () => {
    const { client, simulator } = started;
    const target = `${SERVICES}/${simulator.services.keyOf(simulator.services.byName('sms_alerts'))}`;
    expect((await client.patch(`${SERVICES}/sms_alerts`, { name: 'alerts' })).status).toBe(500);
    expect((await client.patch(target, { name: 'alerts' })).status).toBe(500);
    simulator.assumptions.customKeyChangeByPKey = 'accepted';
    expect((await client.patch(`${SERVICES}/sms_alerts`, { name: 'alerts' })).status).toBe(500);
    expect((await client.patch(target, { name: 'weekly offers' })).status).toBe(500);
    expect((await client.patch(target, { name: 'alerts' })).status).toBe(200);
    expect(simulator.services.byName('alerts').title).toBe('SMS alerts (alerts)');
  });

  it('are updated and deleted by name', async () => {
    const { client, simulator } = started;
    expect((await client.patch(`${SERVICES}/sms_alerts`, { label: 'Alerts' })).status).toBe(200);
    expect(simulator.services.byName('sms_alerts').title).toBe('Alerts (sms_alerts)');
    expect((await client.delete(`${SERVICES}/sms_alerts`)).status).toBe(200);
    const gone = await client.get(`${SERVICES}/sms_alerts`);
    expect(gone.status).toBe(404);
    expect(gone.text).toContain(`Unable to find document with path 'Service' from key 'sms_alerts${dialect === 'acs' ? ':0' : ''}'`);
  });

  it('list templates; this is assumed', async () => {
    const { simulator } = started;
    expect(await found(SERVICES)).toEqual(simulator.services.all().map(({ name }) => name));
    simulator.assumptions.serviceTemplates = 'hidden';
    expect(await found(SERVICES)).toEqual(simulator.services.all().flatMap(({ name, isTemplate }) => (isTemplate === true ? [] : [name])));
  });

  it('are filtered by channel; what an unknown one does is assumed', async () => {
    const { client, simulator } = started;
    expect(await found(`${SERVICES}/byChannel?channel=sms`)).toEqual(['sms_alerts', 'delivery_updates']);
    expect(await found(`${SERVICES}/byChannel/byText?channel=sms&text=SMS`)).toEqual(['sms_alerts']);
    expect((await client.get(`${SERVICES}/byChannel?channel=fax`)).status).toBe(500);
    simulator.assumptions.unknownFilterValue = 'matchesNothing';
    expect(await found(`${SERVICES}/byChannel?channel=fax`)).toEqual([]);
  });

  it('are filtered by name or label; that prefixes are compared is assumed', async () => {
    expect(await found(`${SERVICES}/byText?text=sport`)).toEqual(['sport_digest']);
    expect(await found(`${SERVICES}/byText?text=Weekly`)).toEqual(['weekly_offers', 'delivery_updates']);
    expect(await found(`${SERVICES}/byText?text=offers`)).toEqual([]);
    started.simulator.assumptions.serviceByTextRule = 'contains';
    expect(await found(`${SERVICES}/byText?text=offers`)).toEqual(['weekly_offers']);
  });

  it('are filtered by planning and target resource; how planning compares is assumed', async () => {
    const planned = `${SERVICES}/byPlanning?startDate=2025-02-01&endDate=2025-05-01`;
    expect(await found(planned)).toEqual(['product_news']);
    expect((await started.client.get(`${SERVICES}/byPlanning?startDate=soon`)).status).toBe(500);
    started.simulator.assumptions.byPlanningRule = 'overlaps';
    expect(await found(planned)).not.toContain('sport_digest');
    expect(await found(planned)).toEqual(expect.arrayContaining(['weekly_offers', 'product_news']));
    expect(await found(`${SERVICES}/byTargetResource?targetResource=cusPet`)).toEqual([]);
  });

  it('are described, with their filters', async () => {
    const { client } = started;
    const { json } = await client.get('profileAndServices/resourceType/service');
    expect(json).toMatchObject({ name: 'service', schema: 'nms:service', content: { name: { dataPolicy: 'identifier', length: '64' } } });
    const filters = (await client.get(textAt(json, 'filters', 'href'))).json;
    expect(Object.keys(Object(filters))).toEqual(['byChannel', 'byPlanning', 'byTargetResource', 'byText']);
    expect(at(filters, 'byPlanning', 'data')).toBe('/profileAndServices/service/byPlanning?startDate=$value&endDate=$value');
  });

  it('are sorted, paged and counted', async () => {
    const { client } = started;
    const page = (await client.get(`${SERVICES}/byChannel?channel=email&_order=label%20desc&_lineCount=2`)).json;
    expect([at(page, 'content', 0, 'name'), at(page, 'content', 1, 'name')]).toEqual(['weekly_offers', 'sport_digest']);
    expect(await found(textAt(page, 'next', 'href'))).toEqual(['product_news', 'newsletter']);
    expect(textAt(page, 'count', 'href')).toContain(`${SERVICES}//byChannel/_count?`);
    expect((await client.get(textAt(page, 'count', 'href'))).json).toEqual({ count: 5 });
  });

  it('have extended attributes and a custom filter in the Ext API only', async () => {
    const { client } = started;
    const filter = dialect === 'v8' ? 'onTopic' : 'byOnTopic';
    const nameless = dialect === 'v8' ? 'visibility' : 'byVisibility';
    expect(await found(`${EXT}/${nameless}?_parameter=true`)).toEqual(['sport_digest']);
    expect(await found(`${EXT}/${filter}?onTopic_parameter=sport`)).toEqual(['sport_digest']);
    expect((await client.get(`${SERVICES}/${filter}?onTopic_parameter=sport`)).status).toBe(404);
    const created = await client.post(EXT, { name: 'hiking', cusTopic: 'outdoors', cusFrequency: 'monthly' });
    expect([created.status, at(created.json, 'cusTopic')]).toEqual([201, 'outdoors']);
    expect((await client.patch(`${EXT}/hiking`, { cusFrequency: 'daily' })).status).toBe(500);
    const plain = await client.post(SERVICES, { cusTopic: 'outdoors' });
    expect(plain.text).toContain("'cusTopic' property is not valid for the 'service' resource.");
    expect((await client.get(`${SERVICES}/hiking`)).json).not.toHaveProperty('cusTopic');
    const content = at((await client.get(`${EXT}/metadata`)).json, 'content');
    expect(at(content, 'cusFrequency')).toMatchObject({ type: 'enumeration', values: { weekly: { label: 'Every week' } } });
    expect(at((await client.get(`${SERVICES}/metadata`)).json, 'content')).not.toHaveProperty('cusFrequency');
  });
});
