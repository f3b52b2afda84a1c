import {
  findSubscriptions,
  serviceNameOf,
  subscribeTo,
  subscriptionsUrl,
  unsubscribeFrom,
} from '../../../../nodes/shared/campaign/actions/subscriptions';
import { TransportError } from '../../../../nodes/shared/transport/transport';
import { clientOver, FakeTransport, INSTANCE, json, PROFILES, ROOT, text, type Reply } from '../../support/campaign';
import { refusalBy, refusalOf } from '../../support/errors';

const BELOW = `${PROFILES}/@a/subscriptions/`;
const SERVICE = { PKey: '@s', name: 'weekly' };
const subscription = (name: string, key = '@x') => ({ PKey: key, href: `${BELOW}${key}`, serviceName: name });

function over(...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  return { transport, client: clientOver(transport) };
}

describe('the subscriptions of a record', () => {
  it('are where the record says', () => {
    expect(subscriptionsUrl(INSTANCE, { subscriptions: { href: BELOW } }, 'profile')).toBe(BELOW);
    expect(refusalBy(() => subscriptionsUrl(INSTANCE, {}, 'service'))).toMatchObject({
      reason: 'unreadableAnswer',
      message: expect.stringContaining('service'),
    });
    expect(refusalBy(() => subscriptionsUrl(INSTANCE, { subscriptions: { href: 'https://evil.example/' } }, 'profile')).reason).toBe(
      'invalidInput',
    );
  });

  it.each([
    [{ service: { name: 'weekly' }, serviceName: '' }, 'weekly'],
    [{ service: { name: '' }, serviceName: 'weekly' }, 'weekly'],
    [{ service: null, serviceName: null }, ''],
  ])('name their service: %j', (record, name) => {
    expect(serviceNameOf(record)).toBe(name);
  });

  it('are found by the whole name on all pages', async () => {
    const { client, transport } = over(
      json({ content: [subscription('weekly_2', '@1'), subscription('weekly', '@2')], next: { href: `${BELOW}?_lineStart=@k` } }),
      json({ content: [subscription('weekly', '@3')] }),
    );

    expect((await findSubscriptions(client, BELOW, 'weekly')).map(({ PKey }) => PKey)).toEqual(['@2', '@3']);
    expect(transport.log).toEqual([
      `GET ${BELOW}?_lineCount=200&_forcePagination=true`,
      `GET ${BELOW}?_lineStart=@k&_forcePagination=true`,
    ]);
  });
});

describe('subscribeTo', () => {
  const lost = () => new TransportError('interrupted', 'ECONNRESET');

  it('looks for what a lost answer made', async () => {
    const { client, transport } = over(lost(), json({ content: [subscription('weekly')] }));

    expect(await subscribeTo(client, BELOW, SERVICE, 'weekly')).toMatchObject({ subscription: { PKey: '@x' }, isNew: true });
    expect(transport.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it.each([
    ['is not there', json({ content: [subscription('daily')] })],
    ['cannot be looked for', text('', 403)],
  ])('tells that nobody knows when it %s', async (_, reply) => {
    expect(await refusalOf(subscribeTo(over(lost(), reply).client, BELOW, SERVICE, 'weekly'))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it('B17: looks whether it is there after a no', async () => {
    const no = text('An error has occurred - please contact your administrator.', 500);
    const there = over(no, json({ content: [subscription('weekly')] }));
    expect(await subscribeTo(there.client, BELOW, SERVICE, 'weekly')).toMatchObject({ subscription: { PKey: '@x' }, isNew: false });
    const missing = over(no, json({ content: [] }));
    expect(await refusalOf(subscribeTo(missing.client, BELOW, SERVICE, 'weekly'))).toMatchObject({ reason: 'rejected' });
  });
});

describe('unsubscribeFrom', () => {
  it('deletes a subscription', async () => {
    const { client, transport } = over(text('', 204));

    expect(await unsubscribeFrom(client, subscription('weekly'))).toBe(true);
    expect(transport.log).toEqual([`DELETE ${BELOW}@x`]);
  });

  it.each([
    undefined,
    '',
    BELOW,
    `${PROFILES}/@a`,
    `${ROOT}/profileAndServices/service/@s`,
    `${BELOW}@x/@y`,
    `${BELOW}@x?a=1`,
    `${BELOW}%2e%2e`,
    'https://evil.example/northwind/campaign/profileAndServices/profile/@a/subscriptions/@x',
  ])('deletes nothing at %j', async (href) => {
    const { client, transport } = over();

    expect(await refusalOf(unsubscribeFrom(client, { PKey: '@x', href }))).toMatchObject({
      reason: 'unreadableAnswer',
      description: expect.stringContaining('Nothing was deleted'),
    });
    expect(transport.requests).toEqual([]);
  });
});
