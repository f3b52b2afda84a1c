import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';
const SERVICES = 'profileAndServices/service';
const GENERIC = 'An error has occurred - please contact your administrator.';

describe.each(DIALECTS)('subscriptions on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const amy = () => {
    const [profile] = started.simulator.profiles.byEmail('amy.dakota@mail.com');
    if (profile === undefined) throw new Error('Amy is missing');
    return profile;
  };
  const offers = () => started.simulator.services.byName('weekly_offers');
  const profileHref = async (): Promise<string> =>
    textAt((await started.client.get(`${PROFILES}/byEmail?email=${String(amy().email)}`)).json, 'content', 0, 'subscriptions', 'href');
  const serviceHref = async (name = 'weekly_offers'): Promise<string> =>
    textAt((await started.client.get(`${SERVICES}/${name}`)).json, 'subscriptions', 'href');
  const serviceKey = async (name = 'weekly_offers'): Promise<string> =>
    textAt((await started.client.get(`${SERVICES}/${name}`)).json, 'PKey');
  const amyKey = () => started.simulator.profiles.keyOf(amy());

  it('are made from the profile, and answered as the new record', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.post(await profileHref(), { service: { PKey: await serviceKey() } });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      PKey: expect.stringMatching(/^@[\w-]{134}$/),
      email: '',
      expirationDate: '',
      metadata: 'subscription',
      serviceName: '',
      subscriber: { firstName: 'Amy', lastName: 'Dakota', title: 'Amy Dakota (amy.dakota@mail.com)', href: expect.any(String) },
      subscriptionDate: '',
      title: 'Weekly offers (weekly_offers) / Amy Dakota (amy.dakota@mail.com)',
    });
    expect(at(json, 'service')).toEqual({ PKey: expect.stringMatching(/^@/), title: 'Weekly offers (weekly_offers)' });
    expect(simulator.subscriptions.servicesOf(amy())).toEqual([offers()]);
    expect(simulator.stats.writesApplied).toBe(1);
  });

  it('are made from the service, with or without the slash at the end', async () => {
    const { client, simulator } = started;
    const href = (await serviceHref()).replace(/\/$/, '');
    const { status, json } = await client.post(href, { subscriber: { PKey: amyKey() } });
    expect([status, at(json, 'metadata')]).toEqual([201, 'subscriptionRcp']);
    expect(simulator.subscriptions.subscribersOf(offers())).toEqual([amy()]);
  });

  it('are answered with status and content that are assumed', async () => {
    const { client, simulator } = started;
    simulator.assumptions.subscriptionCreateStatus = 200;
    simulator.assumptions.subscriptionAnswer = 'complete';
    const { status, json } = await client.post(await profileHref(), { service: { PKey: await serviceKey() }, origin: 'form' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      origin: 'form',
      serviceName: 'weekly_offers',
      service: { name: 'weekly_offers', label: 'Weekly offers' },
    });
  });

  it('are listed in both directions, and hrefs stay below the parent', async () => {
    const { client, simulator } = started;
    simulator.subscriptions.subscribe(amy(), offers());
    for (const [parent, metadata] of [
      [await profileHref(), 'subscription'],
      [await serviceHref(), 'subscriptionRcp'],
    ] as const) {
      const { json } = await client.get(parent);
      expect(json).toMatchObject({
        content: [{ metadata, serviceName: 'weekly_offers', service: { name: 'weekly_offers' }, subscriber: { email: amy().email } }],
        count: { value: 1 },
        serverSidePagination: true,
      });
      const href = textAt(json, 'content', 0, 'href');
      expect(href.startsWith(parent)).toBe(true);
      expect(at((await client.get(href)).json, 'title')).toBe(at(json, 'content', 0, 'title'));
      expect((await client.get(textAt(json, 'content', 0, 'service', 'href'))).status).toBe(200);
      expect((await client.get(textAt(json, 'count', 'href'))).json).toEqual({ count: 1 });
    }
    expect(at((await client.get(await serviceHref('sms_alerts'))).json, 'content')).toEqual([]);
  });

  it('have pages', async () => {
    const { client, simulator } = started;
    for (const profile of simulator.profiles.all()) simulator.subscriptions.subscribe(profile, offers());
    const names: unknown[] = [];
    for (let target: unknown = `${await serviceHref()}?_lineCount=3`; typeof target === 'string';) {
      const { json } = await client.get(target);
      const rows = at(json, 'content');
      if (Array.isArray(rows)) names.push(...rows.map((row) => at(row, 'subscriber', 'firstName')));
      target = at(json, 'next', 'href');
    }
    expect(names).toEqual(simulator.profiles.all().map(({ firstName }) => firstName));
    const stray = textAt((await client.get(`${await serviceHref()}?_lineCount=3`)).json, 'next', 'href');
    expect((await client.get(`${await serviceHref('sms_alerts')}${stray.slice(stray.indexOf('?'))}`)).status).toBe(500);
  });

  it('end with 204 by their own href, whichever parent it is below', async () => {
    const { client, simulator } = started;
    for (const parent of [await profileHref(), await serviceHref()]) {
      simulator.subscriptions.subscribe(amy(), offers());
      const href = textAt((await client.get(parent)).json, 'content', 0, 'href');
      const reply = await client.delete(href);
      expect([reply.status, reply.text]).toEqual([204, '']);
      expect(simulator.subscriptions.find(amy(), offers())).toBeUndefined();
      expect((await client.delete(href)).status).toBe(404);
    }
    expect(simulator.stats.writesApplied).toBe(2);
    expect(simulator.stats.writesAppliedTwice).toBe(0);
  });

  it('go with their service: DELETE one level too high deletes it; that nothing stops this is assumed', async () => {
    const { client, simulator } = started;
    simulator.subscriptions.subscribe(amy(), offers());
    const href = textAt((await client.get(await profileHref())).json, 'content', 0, 'service', 'href');
    simulator.assumptions.deleteOfSubscribed = 'refused';
    expect((await client.delete(href)).status).toBe(500);
    expect((await client.delete(`${PROFILES}/${amyKey()}`)).status).toBe(500);
    simulator.assumptions.deleteOfSubscribed = 'removesSubscriptions';
    expect((await client.delete(href)).status).toBe(200);
    expect(simulator.services.find(({ name }) => name === 'weekly_offers')).toBeUndefined();
    expect(simulator.subscriptions.servicesOf(amy())).toEqual([]);
  });

  it('are not deleted by the key of the service or of nothing, nor all at once', async () => {
    const { client, simulator } = started;
    simulator.subscriptions.subscribe(amy(), offers());
    const refused = dialect === 'v8' ? 404 : 500;
    const parent = await profileHref();
    for (const last of [await serviceKey(), '@nothing', '', 'weekly_offers']) {
      expect((await client.delete(`${parent}${last}`)).status).toBe(refused);
    }
    expect((await client.call('PATCH', parent, {})).status).toBe(refused);
    expect(simulator.subscriptions.size).toBe(1);
  });

  it('below a parent that is not theirs are not found; this is assumed', async () => {
    const { client, simulator } = started;
    const key = simulator.subscriptions.keyOf(simulator.subscriptions.subscribe(amy(), offers()));
    const target = `${await serviceHref('sms_alerts')}${key}`;
    expect((await client.delete(target)).status).toBe(404);
    simulator.assumptions.subscriptionOfAnotherParent = 'accepted';
    expect((await client.delete(target)).status).toBe(204);
  });

  it('cannot be made twice; this is assumed', async () => {
    const { client, simulator } = started;
    const body = { service: { PKey: await serviceKey() } };
    const href = await profileHref();
    const first = (await client.post(href, body)).json;
    const duplicate =
      dialect === 'acs'
        ? 'PGS-220000 PostgreSQL error: ERROR:  duplicate key value violates unique constraint "nmssubscriptionrcp_key"'
        : GENERIC;
    expect(await client.post(href, body)).toMatchObject({ status: 500, text: expect.stringContaining(duplicate) });
    simulator.assumptions.duplicateSubscription = 'answersExisting';
    expect((await client.post(href, body)).json).toEqual(first);
    expect([simulator.subscriptions.size, simulator.stats.writesApplied]).toEqual([1, 1]);
    simulator.assumptions.duplicateSubscription = 'createsAnother';
    expect((await client.post(href, body)).status).toBe(201);
    expect([simulator.subscriptions.size, simulator.stats.writesAppliedTwice]).toEqual([2, 1]);
  });

  it('of several profiles to one service are different writes', async () => {
    const { client, simulator } = started;
    const body = { service: { PKey: await serviceKey() } };
    for (const profile of simulator.profiles.all()) {
      expect((await client.post(`${PROFILES}/${simulator.profiles.keyOf(profile)}/subscriptions/`, body)).status).toBe(201);
    }
    expect(simulator.stats.writesAppliedTwice).toBe(0);
  });

  it('need a PKey of the right resource', async () => {
    const { client, simulator } = started;
    const href = await profileHref();
    for (const key of ['@nothing', amyKey()]) {
      const { status, text } = await client.post(href, { service: { PKey: key } });
      expect(status).toBe(dialect === 'v8' ? 404 : 500);
      expect(text).toContain(
        dialect === 'v8'
          ? `Unable to decrypt PKey. (PKey=${key})`
          : `'${key.slice(1)}' attribute unknown (see definition of 'Services (nms:service)' schema).`,
      );
    }
    const gone = await serviceKey('sport_digest');
    simulator.services.remove(simulator.services.byName('sport_digest'));
    expect((await client.post(href, { service: { PKey: gone } })).text).toContain("Unable to find document with path 'Service'");
    for (const body of [{}, { service: null }, { subscriber: { PKey: amyKey() } }, { service: 'weekly_offers' }]) {
      expect((await client.post(href, body)).status).toBe(500);
    }
    const byName = await client.post(href, { service: { name: 'weekly_offers' } });
    expect(byName.text).toContain(dialect === 'v8' ? "'name' property is not valid for the 'subscription' resource." : GENERIC);
    const kristen = simulator.profiles.find(({ firstName }) => firstName === 'Kristen');
    const other = kristen === undefined ? '' : simulator.profiles.keyOf(kristen);
    expect((await client.post(href, { service: { PKey: await serviceKey() }, subscriber: { PKey: other } })).status).toBe(500);
    expect(simulator.subscriptions.size).toBe(0);
  });

  it('do not take the name of a service for its PKey; this is assumed', async () => {
    const { client, simulator } = started;
    const href = await profileHref();
    expect((await client.post(href, { service: { PKey: 'weekly_offers' } })).status).toBe(404);
    simulator.assumptions.rawKeyInLinks = 'accepted';
    expect((await client.post(href, { service: { PKey: 'weekly_offers' } })).status).toBe(201);
    expect((await client.post(href, { service: { PKey: 'nothing' } })).status).toBe(404);
  });

  it('cannot be reached by the name of a service', async () => {
    expect((await started.client.get(`${SERVICES}/weekly_offers/subscriptions/`)).status).toBe(dialect === 'v8' ? 404 : 500);
  });

  it('follow the titles of both ends', async () => {
    const { simulator } = started;
    simulator.subscriptions.subscribe(amy(), offers());
    simulator.profiles.update(amy().id, { lastName: 'Berg' });
    simulator.services.update(offers().id, { label: 'Offers' });
    expect(simulator.subscriptions.all()).toEqual([
      expect.objectContaining({ title: 'Offers (weekly_offers) / Amy Berg (amy.dakota@mail.com)' }),
    ]);
    expect(simulator.subscriptions.unsubscribe(amy(), offers())).toBe(true);
    expect(simulator.subscriptions.unsubscribe(amy(), offers())).toBe(false);
  });

  it('work with fresh keys, and with keys of earlier answers', async () => {
    const { client, simulator } = started;
    simulator.settings.freshKeys = true;
    const href = await profileHref();
    const body = { service: { PKey: await serviceKey() } };
    expect(await serviceKey()).not.toBe(await serviceKey());
    const made = textAt((await client.post(href, body)).json, 'href');
    const listed = textAt((await client.get(href)).json, 'content', 0, 'href');
    expect(listed).not.toBe(made);
    expect((await client.get(listed)).status).toBe(200);
    expect((await client.delete(made)).status).toBe(204);
    expect((await client.delete(listed)).status).toBe(404);
  });

  it('are described', async () => {
    const { client } = started;
    const { json } = await client.get('profileAndServices/resourceType/subscription');
    expect(json).toMatchObject({ name: 'subscription', content: { service: { type: 'link', resTarget: 'service' } } });
    expect((await client.get('profileAndServices/subscription')).status).toBe(404);
  });
});
