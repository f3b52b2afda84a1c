import type { EventStatus } from '.';
import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const CART = 'mcnorthwind/EVTcart';
const EMAIL = { email: 'ida.berg@northwind.example' };

describe.each(DIALECTS)('transactional events on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const send = async (body: object, event = CART) => await started.client.post(event, body);
  const statusOf = async (href: string): Promise<unknown> => at((await started.client.get(href)).json, 'status');

  it('are answered with a relative address; v8 repeats the values and ACS blanks them', async () => {
    const { client, simulator } = started;
    const { status, json } = await send({
      ...EMAIL,
      scheduled: '2026-01-16T07:00:00Z',
      expiration: '2026-01-17 07:00:00.000Z',
      ctx: { firstName: 'Ida', cartTotal: 129.5 },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      PKey: expect.stringMatching(/^@/),
      ctx: dialect === 'acs' ? { firstName: '', cartTotal: '' } : { firstName: 'Ida', cartTotal: 129.5 },
      email: dialect === 'acs' ? '' : EMAIL.email,
      scheduled: '2026-01-16 07:00:00.000Z',
      expiration: '2026-01-17 07:00:00.000Z',
      href: `${CART}/${textAt(json, 'PKey')}`,
      status: 'pending',
    });
    expect(simulator.events.all()).toMatchObject([{ email: EMAIL.email, channel: 'email', ctx: { firstName: 'Ida', cartTotal: 129.5 } }]);
    expect((await client.get(textAt(json, 'href'))).status).toBe(200);
    expect(simulator.stats.writesApplied).toBe(1);
  });

  it('go from pending to processing to processed on the clock', async () => {
    const { simulator } = started;
    const { pendingEventMs, processingEventMs } = simulator.assumptions;
    simulator.clock.freeze();
    const href = textAt((await send(EMAIL)).json, 'href');
    expect(await statusOf(href)).toBe('pending');
    simulator.clock.advance(pendingEventMs);
    expect(await statusOf(href)).toBe('processing');
    simulator.clock.advance(processingEventMs);
    expect(await statusOf(href)).toBe('processed');
  });

  it.each<EventStatus>(['ignored', 'deliveryFailed', 'routingFailed', 'tooOld', 'targetingFailed', 'paused'])(
    'end as %s when told to',
    async (outcome) => {
      const { simulator } = started;
      simulator.clock.freeze();
      simulator.events.endWith(outcome);
      const href = textAt((await send(EMAIL)).json, 'href');
      simulator.clock.advance(60_000);
      expect(await statusOf(href)).toBe(outcome);
    },
  );

  it('wait for their schedule, and are too old after their expiration', async () => {
    const { simulator } = started;
    simulator.clock.freeze();
    const later = textAt((await send({ ...EMAIL, scheduled: '2026-01-15T10:00:00Z' })).json, 'href');
    const never = textAt((await send({ ...EMAIL, scheduled: '2026-01-15T10:00:00Z', expiration: '2026-01-15T09:30:00Z' })).json, 'href');
    simulator.clock.advance(59 * 60_000);
    expect([await statusOf(later), await statusOf(never)]).toEqual(['pending', 'tooOld']);
    simulator.clock.advance(60_000);
    expect(await statusOf(later)).toBe('processing');
    expect(at((await send({ ...EMAIL, expiration: '2026-01-15T09:00:00Z' })).json, 'status')).toBe('tooOld');
    simulator.assumptions.expiredEvent = 'refused';
    expect((await send({ ...EMAIL, expiration: '2026-01-15T09:00:00Z' })).status).toBe(500);
  });

  it.each([
    [EMAIL, 'email'],
    [{ mobilePhone: '+33601020304' }, 'sms'],
    [{ ...EMAIL, mobilePhone: '+33601020304' }, 'email'],
    [{ ...EMAIL, mobilePhone: '+33601020304', wishedChannel: 'sms' }, 'sms'],
  ])('%j go by %s', async (body, channel) => {
    await send(body);
    expect(started.simulator.events.all()).toMatchObject([{ channel }]);
  });

  it('need an address, but for profile events; those of v8 are assumed', async () => {
    const birthday = { ctx: { customerId: 'L-1' } };
    expect((await send({ ctx: { firstName: 'Ida' } })).status).toBe(500);
    expect((await send(birthday, 'mcnorthwind/EVTbirthday')).status).toBe(201);
    started.simulator.assumptions.v8ProfileEvents = 'unavailable';
    expect((await send(birthday, 'mcnorthwind/EVTbirthday')).status).toBe(dialect === 'acs' ? 201 : 500);
    expect((await send({ registrationToken: 'token', application: 'app', pushPlatform: 'gcm' })).status).toBe(201);
  });

  it('find no profile without the key in their context; what becomes of them is assumed', async () => {
    const { simulator } = started;
    simulator.clock.freeze();
    const end = async (body: object): Promise<unknown> => {
      const href = textAt((await send(body, 'mcnorthwind/EVTbirthday')).json, 'href');
      simulator.clock.advance(60_000);
      return statusOf(href);
    };
    expect([await end({ ctx: { customerId: 'L-1' } }), await end({ ctx: {} })]).toEqual(['processed', 'ignored']);
    simulator.assumptions.profileEventWithoutKey = 'sent';
    expect(await end({ ctx: {} })).toBe('processed');
  });

  it('refuse what they do not know', async () => {
    const { simulator } = started;
    expect((await send({ ...EMAIL, phone: '1' })).text).toContain("'phone' property is not valid");
    expect((await send({ ...EMAIL, ctx: { colour: 'red' } })).text).toContain("'colour' property is not valid");
    expect((await send({ ...EMAIL, ctx: 'red' })).status).toBe(500);
    expect((await send({ ...EMAIL, wishedChannel: 'fax' })).status).toBe(500);
    expect((await send({ ...EMAIL, scheduled: 'tomorrow' })).status).toBe(500);
    expect((await send({ email: 7 })).status).toBe(500);
    simulator.assumptions.undeclaredContext = 'ignored';
    expect((await send({ ...EMAIL, ctx: { colour: 'red' } })).status).toBe(201);
  });

  it('exist while they are published', async () => {
    const { simulator } = started;
    expect((await send(EMAIL, 'mcnorthwind/EVTnothing')).status).toBe(404);
    simulator.events.publish('EVTnothing', []);
    expect((await send(EMAIL, 'mcnorthwind/EVTnothing')).status).toBe(201);
    simulator.events.unpublish('EVTnothing');
    simulator.assumptions.unknownEvent = 'error';
    expect((await send(EMAIL, 'mcnorthwind/EVTnothing')).status).toBe(500);
  });

  it('have keys of their own, below their own ID', async () => {
    const { client, simulator } = started;
    const key = textAt((await send(EMAIL)).json, 'PKey');
    simulator.events.publish('EVTother', []);
    for (const path of [`${CART}/@nobody`, `mcnorthwind/EVTother/${key}`]) {
      expect((await client.get(path)).status).toBe(dialect === 'acs' ? 500 : 404);
    }
  });
});

describe('transactional events on a stage instance', () => {
  const started = useSimulator({ organization: 'northwind-mkt-stage1' });

  it('have the base tenant in their address, and nothing else', async () => {
    const { client } = started;
    expect((await client.post(CART, EMAIL)).status).toBe(201);
    const wrong = await client.post('mcnorthwind-mkt-stage1/EVTcart', EMAIL);
    expect(wrong).toMatchObject({ status: 404, text: 'Unsupported endpoint. (endpoint=rest/mcnorthwind-mkt-stage1/EVTcart)' });
  });
});
