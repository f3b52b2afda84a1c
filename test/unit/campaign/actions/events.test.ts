import { pollUntil, type Polling } from '../../../../nodes/shared/campaign/actions/pollUntil';
import { awaitEnd, findEvent, parseEventTarget, sendEvent } from '../../../../nodes/shared/campaign/actions/events';
import { clientOver, FakeTransport, INSTANCE, json, ROOT, text } from '../../support/campaign';
import { FakeClock } from '../../support/clock';
import { detailsOf, refusalBy, refusalOf, rejectionOf } from '../../support/errors';

const CART = parseEventTarget(INSTANCE, 'EVTcart', '');
const EVENTS = `${ROOT}/mcnorthwind/EVTcart`;
const event = (href: unknown, status = 'pending') => json({ PKey: '@e', href, status });

describe('parseEventTarget', () => {
  it.each([
    ['northwind', '', 'mcnorthwind'],
    ['northwind-mkt-stage', '', 'mcnorthwind'],
    ['northwind-mkt-stage12', undefined, 'mcnorthwind'],
    ['x-230217.campaign-demo.adobe.com', ' ', 'mcx-230217.campaign-demo.adobe.com'],
    ['northwind-mkt-stage1', ' southwind ', 'mcsouthwind'],
  ])('takes the base tenant of %s with %j', (organization, baseTenant, api) => {
    expect(parseEventTarget({ ...INSTANCE, organization }, ' EVTcart ', baseTenant)).toEqual({ api, eventId: 'EVTcart' });
  });

  it.each(['a/b', '..', 'a..b', '-a', 'a b', 7])('does not take the tenant %j', (baseTenant) => {
    expect(refusalBy(() => parseEventTarget(INSTANCE, 'EVTcart', baseTenant)).reason).toBe('invalidInput');
  });
});

describe('sendEvent', () => {
  it.each([
    ['mcnorthwind/EVTcart/@other', `${EVENTS}/@other`],
    ['/mcnorthwind/EVTcart/@other', `${EVENTS}/@other`],
    [`${EVENTS}/@other`, `${EVENTS}/@other`],
    ['mcnorthwind/EVTcart/../../profileAndServices/profile/@other', `${EVENTS}/@e`],
    ['mcnorthwind/EVTother/@other', `${EVENTS}/@e`],
    ['mcsouthwind/EVTcart/@other', `${EVENTS}/@e`],
    ['mcnorthwind/EVTcart/', `${EVENTS}/@e`],
    ['mcnorthwind/EVTcart/@a/@b', `${EVENTS}/@e`],
    ['https://elsewhere.example/northwind/campaign/mcnorthwind/EVTcart/@other', `${EVENTS}/@e`],
    [undefined, `${EVENTS}/@e`],
  ])('makes of the address %j one that can be followed', async (href, expected) => {
    const transport = new FakeTransport(event(href));
    expect(await sendEvent(clientOver(transport), CART, { email: 'a@b.c' })).toMatchObject({
      pKey: '@e',
      href: expected,
      status: 'pending',
    });
    expect(transport.log).toEqual([`POST ${EVENTS}`]);
  });
});

/** Looks for one event alone. */
const alone = (clock: FakeClock): Polling => ({
  until: async (patience, look, isWanted) => await pollUntil(clock, patience, look, isWanted),
});

describe('awaitEnd', () => {
  const sent = { eventId: 'EVTcart', pKey: '@e', href: `${EVENTS}/@sent`, status: 'pending', record: {} };
  const patience = { deadlineMilliseconds: 10_000, intervalMilliseconds: 4_000 };

  it('follows the address of the event until nothing more happens to it', async () => {
    const transport = new FakeTransport(
      event('x', 'processing'),
      event('x', 'paused'),
      event('x', 'somethingNew'),
      event('x', 'processed'),
    );
    const clock = new FakeClock();

    expect(await awaitEnd(clientOver(transport), alone(clock), { target: CART, sent }, patience)).toMatchObject({
      status: 'processed',
      pKey: '@e',
      href: sent.href,
    });
    expect(new Set(transport.log)).toEqual(new Set([`GET ${sent.href}`]));
    expect(clock.waits).toEqual([4_000, 4_000, 2_000]);
  });

  it.each([
    ['processing', "is still 'processing'"],
    ['', 'is still in a state that Campaign does not tell'],
  ])('tells at the deadline that the status is %j', async (status, words) => {
    const transport = new FakeTransport(...Array.from({ length: 4 }, () => event('x', status)));
    const waiting = awaitEnd(clientOver(transport), alone(new FakeClock()), { target: CART, sent }, patience);
    expect(await refusalOf(waiting)).toMatchObject({ reason: 'deadlinePassed', message: expect.stringContaining(words) });
  });

  it('tells the last status when a later look goes wrong, and what no other item can escape', async () => {
    const noToken = json({ error_code: '401013', message: 'Oauth token is not valid' }, 401);
    const transport = new FakeTransport(event('x', 'processing'), noToken);
    const error = await rejectionOf(awaitEnd(clientOver(transport), alone(new FakeClock()), { target: CART, sent }, patience));

    expect(detailsOf(error)).toMatchObject({ reason: 'outcomeUnknown', everyItem: false, facts: { status: 'processing', PKey: '@e' } });
    expect(error).toHaveProperty('cause.details', expect.objectContaining({ reason: 'unauthorized', everyItem: true }));
  });
});

describe('findEvent', () => {
  it('does not take a missing event for an unpublished one', async () => {
    const unknown = await refusalOf(findEvent(clientOver(new FakeTransport(text('Unable to decrypt PKey. (PKey=@x)', 404))), CART, '@x'));
    const missing = await refusalOf(
      findEvent(clientOver(new FakeTransport(text("Unable to find document with path 'Profile' from key 'x'", 404))), CART, '@x'),
    );

    expect(unknown.reason).toBe('unknownKey');
    expect(missing).toMatchObject({ reason: 'notFound', message: "There is no event 'EVTcart' with PKey '@x'" });
  });
});
