import { Client } from 'undici';
import { faultActions } from '.';
import { useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';

describe('stats', () => {
  const started = useSimulator();
  const amy = () => started.simulator.profiles.byEmail('amy.dakota@mail.com')[0];
  const target = (): string => {
    const profile = amy();
    return `${PROFILES}/${profile === undefined ? '' : started.simulator.profiles.keyOf(profile)}`;
  };

  it('keep what arrived: method, URL as sent, headers, body', async () => {
    const { client, simulator } = started;
    client.headers = { ...client.headers, 'Cache-Control': 'no-cache', 'Content-Type': 'application/json' };
    await client.patch(`${target()}?x=a%20b`, { phone: '42' });
    await client.get(`${PROFILES}//_count`);
    await client.token();
    await client.get('/elsewhere');
    const [patch, count, token, elsewhere] = simulator.stats.received;
    expect(patch).toMatchObject({
      number: 1,
      method: 'PATCH',
      api: 'profileAndServices',
      body: '{"phone":"42"}',
      json: { phone: '42' },
      status: 200,
    });
    expect(patch?.url).toBe(`/northwind/campaign/${target()}?x=a%20b`);
    expect(patch?.path).toBe(`/northwind/campaign/${target()}`);
    expect(patch?.query.get('x')).toBe('a b');
    expect(patch?.headers).toMatchObject({
      authorization: client.headers.authorization,
      'x-api-key': simulator.apiKey,
      'cache-control': 'no-cache',
      'content-type': 'application/json',
    });
    expect(count).toMatchObject({ path: '/northwind/campaign/profileAndServices/profile//_count', body: '', json: undefined });
    expect(token).toMatchObject({ api: 'ims', json: undefined, status: 200 });
    expect(elsewhere).toMatchObject({ api: '', status: 500 });
    expect(simulator.stats).toMatchObject({ requests: 4, apiRequests: 2, tokenRequests: 1, tokensMinted: 1 });
    expect(Object.fromEntries(simulator.stats.byMethod)).toEqual({ PATCH: 1, GET: 2, POST: 1 });
    expect(Object.fromEntries(simulator.stats.answersByStatus)).toEqual({ 200: 3, 500: 1 });
  });

  it('keep the latest requests only, and count all', async () => {
    const { client, simulator } = started;
    simulator.settings.requestLogLimit = 2;
    for (let index = 0; index < 4; index += 1) await client.get(`${PROFILES}?x=${index}`);
    expect(simulator.stats.received.map(({ number, query }) => [number, query.get('x')])).toEqual([
      [3, '2'],
      [4, '3'],
    ]);
    simulator.settings.requestLogLimit = 0;
    await client.get(PROFILES);
    expect([simulator.stats.received, simulator.stats.requests]).toEqual([[], 5]);
  });

  it('count connections opened and open', async () => {
    const { simulator } = started;
    const call = async (client: Client): Promise<string> => (await client.request({ path: '/', method: 'GET' })).body.text();
    const one = new Client(simulator.url);
    for (let index = 0; index < 3; index += 1) await call(one);
    expect(simulator.stats).toMatchObject({ connectionsOpened: 1, connectionsOpen: 1 });
    const other = new Client(simulator.url);
    await call(other);
    expect(simulator.stats).toMatchObject({ connectionsOpened: 2, connectionsOpen: 2 });
    await one.destroy();
    while (simulator.stats.connectionsOpen > 1) await new Promise((resolve) => setImmediate(resolve));
    expect(simulator.stats.connectionsOpened).toBe(2);
    await other.destroy();
  });

  it('count requests in flight and the most there ever were', async () => {
    const { client, simulator } = started;
    simulator.faults.add({ action: faultActions.stallBefore });
    const stalled = Promise.allSettled([1, 2, 3].map(() => client.get(PROFILES)));
    while (simulator.stats.inFlight < 3) await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    await stalled;
    while (simulator.stats.inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(simulator.stats.mostInFlight).toBe(3);
  });

  it('count writes applied, per record', async () => {
    const { client, simulator } = started;
    const id = amy()?.id ?? 0;
    await client.patch(target(), { phone: '1' });
    await client.patch(target(), { phone: '2' });
    await client.patch(target(), { gender: 'wrong' });
    await client.patch(target(), {});
    await client.post(PROFILES, { email: 'x@y' });
    const { writes } = simulator.stats;
    expect([writes.applied, writes.to(id), writes.recordsWritten, writes.appliedTwice, writes.repeated()]).toEqual([3, 2, 2, 0, []]);
    expect(simulator.stats.writesApplied).toBe(3);
    await client.delete(target());
    expect(writes.to(id)).toBe(3);
  });

  it('find out a write that was applied twice, as by a careless retry', async () => {
    const { client, simulator } = started;
    simulator.faults.add({ method: 'POST', nth: 1, action: faultActions.resetAfter });
    await client.post(PROFILES, { email: 'x@y' }).catch(() => client.post(PROFILES, { email: 'x@y' }));
    for (let index = 0; index < 3; index += 1) await client.patch(target(), { phone: '1' });
    const { stats } = simulator;
    expect([stats.writesApplied, stats.writesAppliedTwice]).toEqual([5, 3]);
    expect(stats.writes.repeated()).toEqual([
      { method: 'POST', resource: 'profile', recordId: null, times: 2 },
      { method: 'PATCH', resource: 'profile', recordId: amy()?.id, times: 3 },
    ]);
    expect(simulator.profiles.byEmail('x@y')).toHaveLength(2);
  });

  it('start again from nothing except what is still open', async () => {
    const { client, simulator } = started;
    const id = amy()?.id ?? 0;
    await client.patch(target(), { phone: '1' });
    await client.token();
    simulator.resetStats();
    const { stats } = simulator;
    expect(stats).toMatchObject({
      requests: 0,
      apiRequests: 0,
      tokenRequests: 0,
      tokensMinted: 0,
      throttled: 0,
      faults: 0,
      received: [],
      connectionsOpened: 0,
      inFlight: 0,
      mostInFlight: 0,
      writesApplied: 0,
      writesAppliedTwice: 0,
    });
    expect(stats.connectionsOpen).toBeGreaterThan(0);
    expect([stats.byMethod.size, stats.answersByStatus.size, stats.writes.to(id), stats.writes.repeated()]).toEqual([0, 0, 0, []]);
    await client.patch(target(), { phone: '1' });
    expect([stats.received[0]?.number, stats.writesAppliedTwice]).toEqual([1, 0]);
  });
});
