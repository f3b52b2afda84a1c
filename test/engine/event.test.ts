import type { INodeParameters } from 'n8n-workflow';

import { DEFAULT_ASSUMPTIONS, faultActions, type Dialect, type EventStatus } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain } from '../support/workflows';

const EMAIL = 'ida.berg@northwind.example';

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, startAt: new Date(), settings: { freshKeys: true } }, campaignStep('transactionalEvent'));
  campaign.simulator.clock.freeze();
  await campaign.outputOf({ operation: 'send', eventId: 'EVTcart', email: EMAIL });
};
const stop = async () => await campaign.close();
const reset = () => {
  campaign.simulator.events.endWith('processed');
  Object.assign(campaign.simulator.assumptions, DEFAULT_ASSUMPTIONS);
  campaign.simulator.faults.clear();
  campaign.simulator.resetStats();
  letTimePass();
};
const event = (operation: string, more: INodeParameters = {}): INodeParameters => ({
  operation,
  eventId: 'EVTcart',
  email: EMAIL,
  ...more,
});
const posts = () => campaign.simulator.stats.received.filter(({ method }) => method === 'POST');
const looks = () => campaign.simulator.stats.byMethod.get('GET') ?? 0;
const received = () => campaign.simulator.events.all().at(-1);
/** Every look at the event takes a second of the simulator's time. */
const letTimePass = () =>
  campaign.simulator.faults.add({
    method: 'GET',
    when: () => {
      campaign.simulator.clock.advance(1_000);
      return false;
    },
    action: faultActions.resetBefore,
  });
const QUICK = { deadline: 30, pollInterval: 0.01 };

/** What sending has in common, whether it is waited for or not. */
function itSends(operation: string): void {
  it('sends address, channel, moments and context, with the charset, to the base tenant', async () => {
    const [scheduled, expiration] = [new Date(Date.now() + 5_000), new Date(Date.now() + 3_600_000)];
    await campaign.outputOf(
      event(operation, {
        context: {
          values: [
            { name: 'firstName', type: 'string', value: 'Zoë' },
            { name: 'cartTotal', type: 'number', value: '129.5' },
          ],
        },
        options: {
          scheduled: '={{ $json.at.toDateTime() }}',
          expiration: expiration.toISOString(),
          channel: 'sms',
          mobilePhone: '+33601020304',
          ...QUICK,
        },
      }),
      [{ at: scheduled.toISOString() }],
    );
    const [post] = posts();
    expect(post?.path).toBe('/northwind/campaign/mcnorthwind/EVTcart');
    expect(post?.headers['content-type']).toBe('application/json;charset=utf-8');
    expect(post?.json).toEqual({
      email: EMAIL,
      mobilePhone: '+33601020304',
      wishedChannel: 'sms',
      scheduled: campaignText(scheduled),
      expiration: campaignText(expiration),
      ctx: { firstName: 'Zoë', cartTotal: 129.5 },
    });
    expect(received()).toMatchObject({ channel: 'sms', ctx: { firstName: 'Zoë' } });
  });

  it('takes the context as JSON with lists in it, and attributes for push notifications', async () => {
    const ctx = { items: [{ sku: 'A-1', qty: 2 }] };
    const attributes = JSON.stringify({ registrationToken: 'token', application: 'app', pushPlatform: 'gcm' });
    await campaign.outputOf({
      operation,
      eventId: 'EVTcart',
      contextJson: JSON.stringify(ctx),
      options: { contextFrom: 'json', attributes, ...QUICK },
    });
    expect(posts()[0]?.json).toEqual({ registrationToken: 'token', application: 'app', pushPlatform: 'gcm', ctx });
  });

  it.each<[string, INodeParameters, RegExp]>([
    ['no address', { email: '={{ $json.nothing }}' }, /The event has no address: 'Email' and 'Mobile Phone' are empty/],
    ['SMS without a number', { options: { channel: 'sms' } }, /'Channel' is 'SMS', but 'Mobile Phone' is empty/],
    [
      'email without an address',
      { email: '', mobilePhone: '+33601020304', options: { channel: 'email' } },
      /'Channel' is 'Email', but 'Email' is empty/,
    ],
    ['a past expiration', { options: { expiration: '2020-01-01T00:00:00Z' } }, /'Expiration' is in the past: 2020-01-01 00:00:00.000Z/],
    [
      'an expiration before the schedule',
      { options: { expiration: '2999-01-01T00:00:00Z', scheduled: '2999-01-02T00:00:00Z' } },
      /'Expiration' \(.*\) is not after 'Scheduled'/,
    ],
    ['a date that is none', { options: { scheduled: '={{ "tomorrow" }}' } }, /'Scheduled' takes a date and time .*, not 'tomorrow'/],
    ['an ID without EVT', { eventId: 'cart' }, /'Event ID' is 'cart', but all event IDs begin with EVT/],
    ['an ID that is too long', { eventId: `EVT${'x'.repeat(62)}` }, /'Event ID' has 65 characters/],
    ['an ID that is a path', { eventId: 'EVTcart/../x' }, /'Event ID' has characters that cannot be part of a key/],
    ['a tenant that is a path', { options: { baseTenant: 'x/../y' } }, /'Base Tenant' is not the name of a tenant/],
    ['broken attributes', { options: { attributes: '[' } }, /'Further Attributes' is not JSON/],
  ])('sends nothing for %s', async (_, more, message) => {
    const { error } = await campaign.runStep(event(operation, more));
    expect(error?.message).toMatch(message);
    expect(campaign.simulator.stats.apiRequests).toBe(0);
  });

  it.each(['notFound', 'error'] as const)('says that an event is not published (the answer is assumed: %s)', async (unknownEvent) => {
    campaign.simulator.assumptions.unknownEvent = unknownEvent;
    const { error } = await campaign.runStep(event(operation, { eventId: 'EVTnothing' }));
    const isTold = unknownEvent === 'notFound';
    expect(error?.message).toContain(
      isTold ? "There is no event 'EVTnothing' at 'mcnorthwind'" : 'Campaign did not accept the request (500)',
    );
    expect(error?.context?.data).toMatchObject({ reason: isTold ? 'notFound' : 'rejected' });
  });

  it('hands on what Campaign says about the context', async () => {
    const { error } = await campaign.runStep(event(operation, { contextJson: '{"colour":"red"}', options: { contextFrom: 'json' } }));
    expect(error?.message).toContain("'colour' property is not valid");
  });

  it.each(['unsupportedEndpoint', 'unroutable'] as const)(
    'advises to check a base tenant that nobody knows (on v8 assumed: %s)',
    async (side) => {
      campaign.simulator.assumptions.v8UnknownApi = side;
      const { error } = await campaign.runStep(event(operation, { options: { baseTenant: 'southwind' } }));
      const isUnroutable = campaign.simulator.dialect === 'v8' && side === 'unroutable';
      expect(error?.description).toContain(isUnroutable ? "Events go to 'mcsouthwind'" : "check 'Base Tenant' under 'Options'");
      expect(error?.message).toContain(isUnroutable ? '' : "at 'mcsouthwind'");
      expect(error?.context?.data).toMatchObject({ reason: isUnroutable ? 'unroutable' : 'notFound' });
    },
  );

  it.each([
    ['the connection breaks', faultActions.resetAfter],
    ['a gateway gives up', faultActions.gatewayTimeout],
    ['Campaign is not available', faultActions.serviceUnavailable],
    ['a page comes instead', faultActions.html],
  ])('sends once when %s', async (_, action) => {
    campaign.simulator.faults.add({ method: 'POST', action });
    const { error } = await campaign.runStep(event(operation));
    expect(error?.description).toContain("Look for the event in Campaign's event history before sending it again");
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown' });
    expect(posts()).toHaveLength(1);
  });
}

describe.each<Dialect>(['v8', 'acs'])('Transactional Event Send, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);
  itSends('send');

  it('returns what is needed to ask for the status', async () => {
    const [sent] = await campaign.outputOf(event('send'));
    expect(sent).toEqual({
      eventId: 'EVTcart',
      status: 'pending',
      scheduled: '',
      expiration: '',
      PKey: expect.stringMatching(/^@/),
      href: expect.stringMatching(`^${campaign.simulator.url}/northwind/campaign/mcnorthwind/EVTcart/@`),
    });
    expect(looks()).toBe(0);
  });

  it('returns everything when asked to; Campaign Standard blanks it', async () => {
    const [sent] = await campaign.outputOf(event('send', { simplify: false }));
    expect(sent).toMatchObject({ email: dialect === 'acs' ? '' : EMAIL, href: expect.stringMatching(/^mcnorthwind\//) });
  });

  it.each(['available', 'unavailable'] as const)('needs no address for profile events (on v8 assumed: %s)', async (side) => {
    campaign.simulator.assumptions.v8ProfileEvents = side;
    const parameters = {
      operation: 'send',
      eventId: 'EVTbirthday',
      contextFrom: 'json',
      contextJson: '{"customerId":"L-1"}',
      options: { withoutAddress: true },
    };
    const { error } = await campaign.runStep(parameters);
    const isTaken = dialect === 'acs' || side === 'available';
    expect(error?.message).toEqual(isTaken ? undefined : expect.stringContaining('Campaign did not accept the request (500)'));
    expect(posts()).toHaveLength(1);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Transactional Event Get Status, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  it('tells how far the event has come', async () => {
    const send = campaignStep('transactionalEvent')('Send', event('send'));
    const ask = campaignStep('transactionalEvent')(STEP, {
      operation: 'getStatus',
      eventId: '={{ $json.eventId }}',
      pKey: '={{ $json.PKey }}',
    });
    const result = await campaign.engine.run(chain(send, ask));
    expect(result.json(STEP)).toMatchObject([{ eventId: 'EVTcart', status: 'pending', PKey: expect.stringMatching(/^@/) }]);

    campaign.simulator.clock.advance(5_000);
    const [{ PKey }] = result.json('Send') as [{ PKey: string }];
    expect(await campaign.outputOf({ operation: 'getStatus', eventId: 'EVTcart', pKey: PKey })).toMatchObject([{ status: 'processed' }]);
    expect(await campaign.outputOf({ operation: 'getStatus', eventId: 'EVTcart', pKey: PKey, simplify: false })).toMatchObject([
      { serverUrl: expect.any(String) },
    ]);
  });

  it.each<[string, INodeParameters, RegExp]>([
    ['a key of nothing', { pKey: '@nobody' }, /The PKey is not one that this Campaign instance gave out/],
    ['no key', { pKey: '={{ "" }}' }, /'PKey' is empty/],
    ['an unknown event', { eventId: 'EVTnothing', pKey: '@nobody' }, /There is no event 'EVTnothing'/],
  ])('says what is wrong with %s', async (_, more, message) => {
    const { error } = await campaign.runStep({ operation: 'getStatus', eventId: 'EVTcart', ...more });
    expect(error?.message).toMatch(message);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Transactional Event Send and Wait, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);
  itSends('sendAndWaitForStatus');

  const wait = (options: INodeParameters = {}): INodeParameters => event('sendAndWaitForStatus', { options: { ...QUICK, ...options } });

  it('returns the event when it is processed', async () => {
    expect(await campaign.outputOf(wait())).toMatchObject([{ eventId: 'EVTcart', status: 'processed', PKey: expect.stringMatching(/^@/) }]);
    expect(looks()).toBe(5);
    expect(posts()).toHaveLength(1);
  });

  it.each<EventStatus>(['ignored', 'deliveryFailed', 'routingFailed', 'targetingFailed', 'tooOld'])(
    'fails or returns when it ends as %s',
    async (outcome) => {
      campaign.simulator.events.endWith(outcome);
      const { error } = await campaign.runStep(wait());
      expect(error?.message).toContain(`Event 'EVTcart' ended as '${outcome}'`);
      expect(error?.context?.data).toMatchObject({
        reason: 'notDelivered',
        eventId: 'EVTcart',
        status: outcome,
        PKey: expect.stringMatching(/^@/),
      });
      expect(await campaign.outputOf(wait({ whenNotDelivered: 'return' }))).toMatchObject([{ status: outcome }]);
    },
  );

  it('tells what is known when the deadline passes', async () => {
    campaign.simulator.events.endWith('paused');
    const { error } = await campaign.runStep(wait({ deadline: 0.05 }));
    expect(error?.message).toMatch(/Event 'EVTcart' was sent, but is still '\w+' after 0.05 seconds/);
    expect(error?.description).toContain('do not send it again');
    expect(error?.context?.data).toMatchObject({
      reason: 'deadlinePassed',
      eventId: 'EVTcart',
      PKey: expect.stringMatching(/^@/),
      status: expect.any(String),
    });
    expect(posts()).toHaveLength(1);
  });

  it('tells that the event was sent when its status cannot be read', async () => {
    campaign.simulator.faults.add({ method: 'GET', action: faultActions.html });
    const { error } = await campaign.runStep(wait());
    expect(error?.message).toMatch(/Event 'EVTcart' was sent, but its status could not be read: Campaign's answer is not an? event/);
    expect(error?.description).toContain('It need not be sent again');
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown', status: 'pending', PKey: expect.stringMatching(/^@/) });
  });

  it('does not send what is scheduled for after the deadline', async () => {
    const { error } = await campaign.runStep(wait({ scheduled: '2999-01-01T00:00:00Z' }));
    expect(error?.message).toContain("'Scheduled' is after the deadline");
    expect(posts()).toEqual([]);
  });

  it('gives every failed item of many its own error item, with what is known of the event', async () => {
    campaign.simulator.events.endWith('deliveryFailed');
    const result = await campaign.runStep({ ...wait(), email: '={{ $json.email }}' }, [{ email: EMAIL }, { email: '' }], {
      onError: 'continueErrorOutput',
    });
    expect(result.json(STEP, 1)).toMatchObject([
      { email: EMAIL, message: { reason: 'notDelivered', status: 'deliveryFailed', PKey: expect.any(String) } },
      { email: '', message: { reason: 'invalidInput' } },
    ]);
  });

  it('ends its wait when the run is canceled', async () => {
    const controller = new AbortController();
    campaign.simulator.faults.add({ method: 'GET', when: () => (controller.abort(), false), action: faultActions.resetBefore });
    const step = campaignStep('transactionalEvent')(STEP, wait({ deadline: 3_000, pollInterval: 3_000 }));
    const { run } = await campaign.engine.run(chain(step), [{}], controller.signal);
    expect(run.status).toBe('canceled');
    expect(looks()).toBe(1);
  });
});

describe('transactional events of a stage instance', () => {
  beforeAll(async () => {
    campaign = await startCampaign({ organization: 'northwind-mkt-stage1' }, campaignStep('transactionalEvent'));
  });
  afterAll(stop);

  it('go to the base tenant', async () => {
    const [sent] = await campaign.outputOf(event('send'));
    expect(sent?.href).toMatch(/\/northwind-mkt-stage1\/campaign\/mcnorthwind\/EVTcart\/@/);
    expect(await campaign.outputOf(event('send', { options: { baseTenant: ' northwind ' } }))).toHaveLength(1);
  });
});

function campaignText(date: Date): string {
  return date.toISOString().replace('T', ' ');
}
