import { faultActions, type FaultAction } from '.';
import { at } from './testing/client';
import { useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';

describe('faults', () => {
  const started = useSimulator();
  const amy = () => started.simulator.profiles.byEmail('amy.dakota@mail.com')[0];
  const target = (): string => {
    const profile = amy();
    return `${PROFILES}/${profile === undefined ? '' : started.simulator.profiles.keyOf(profile)}`;
  };
  const phoned = () => started.client.patch(target(), { phone: '42' });
  const inFlight = async (count: number): Promise<void> => {
    while (started.simulator.stats.inFlight !== count) await new Promise((resolve) => setImmediate(resolve));
  };

  describe('actions', () => {
    it.each([
      ['resetBefore', ''],
      ['resetAfter', '42'],
    ] as const)('%s breaks the connection; afterwards the phone is "%s"', async (name, phone) => {
      const { simulator } = started;
      simulator.faults.add({ method: 'PATCH', action: faultActions[name] });
      await expect(phoned()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) });
      expect(amy()?.phone).toBe(phone);
      expect(simulator.stats).toMatchObject({ faults: 1, writesApplied: phone === '' ? 0 : 1, inFlight: 0 });
      expect(simulator.stats.received[0]).toMatchObject({ method: 'PATCH', json: { phone: '42' }, status: null });
    });

    it.each([
      ['stallBefore', ''],
      ['stallAfter', '42'],
    ] as const)('%s never answers; afterwards the phone is "%s"', async (name, phone) => {
      const { client, simulator } = started;
      simulator.faults.add({ method: 'PATCH', action: faultActions[name] });
      const call = phoned().catch(() => 'given up');
      await inFlight(1);
      await new Promise((resolve) => setImmediate(resolve));
      expect([amy()?.phone, simulator.stats.inFlight]).toEqual([phone, 1]);
      await client.close();
      expect(await call).toBe('given up');
      await inFlight(0);
    });

    it('cutBody handles the request and breaks off in the middle of the answer', async () => {
      const { simulator } = started;
      simulator.faults.add({ method: 'PATCH', action: faultActions.cutBody });
      await expect(phoned()).rejects.toThrow();
      expect(amy()?.phone).toBe('42');
      expect(simulator.stats.received[0]?.status).toBe(200);
    });

    it.each([
      ['serviceUnavailable', 503, /^application\/json/, '{"error_code":"503000","message":"Service unavailable"}', ''],
      ['gatewayTimeout', 504, /^text\/html/, '<html><body><h1>504 Gateway Time-out</h1></body></html>', '42'],
      ['html', 200, /^text\/html/, '<!DOCTYPE html><html><body>Sign in</body></html>', ''],
      ['wrongJson', 200, /^application\/json/, '{"hello":["world"]}', ''],
      ['brokenJson', 200, /^application\/json/, '{"content": [', ''],
      ['emptyOk', 200, undefined, '', ''],
      ['noContent', 204, undefined, '', ''],
    ] as const)('%s answers %d; afterwards the phone is as expected', async (name, status, type, text, phone) => {
      const { simulator } = started;
      simulator.faults.add({ method: 'PATCH', action: faultActions[name] });
      const reply = await phoned();
      expect([reply.status, reply.text]).toEqual([status, text]);
      if (type === undefined) expect(reply.headers['content-type']).toBeUndefined();
      else expect(reply.headers['content-type']).toMatch(type);
      expect(amy()?.phone).toBe(phone);
      expect(simulator.stats.answersByStatus.get(status)).toBe(1);
    });

    it('any answer can replace the real one, with headers, before or after handling', async () => {
      const { simulator } = started;
      const action: FaultAction = {
        type: 'answer',
        status: 429,
        headers: { 'retry-after': 'Thu, 15 Jan 2026 10:00:00 GMT' },
        when: 'after',
      };
      simulator.faults.add({ method: 'PATCH', action });
      const reply = await phoned();
      expect([reply.status, reply.headers['retry-after'], amy()?.phone]).toEqual([429, 'Thu, 15 Jan 2026 10:00:00 GMT', '42']);
    });

    it('expireTokens takes the token of the request and all before it', async () => {
      const { client, simulator } = started;
      simulator.faults.add({ nth: 2, action: faultActions.expireTokens });
      expect((await phoned()).status).toBe(200);
      expect(at((await phoned()).json, 'error_code')).toBe('401013');
      client.headers.authorization = `Bearer ${simulator.mintToken()}`;
      expect((await phoned()).status).toBe(200);
    });

    it('delay and latency postpone the handling', async () => {
      const { simulator } = started;
      simulator.settings.latencyMs = 1;
      simulator.faults.add({ method: 'PATCH', action: { type: 'delay', ms: 1 } });
      const call = phoned();
      await inFlight(1);
      expect(amy()?.phone).toBe('');
      expect((await call).status).toBe(200);
      expect(amy()?.phone).toBe('42');
    });

    it('reach the token endpoint too', async () => {
      const { client, simulator } = started;
      simulator.faults.add({ url: '/ims/', action: faultActions.serviceUnavailable });
      expect((await client.token()).status).toBe(503);
      expect((await client.get(PROFILES)).status).toBe(200);
      expect(simulator.stats).toMatchObject({ tokenRequests: 1, tokensMinted: 0 });
    });
  });

  describe('rules', () => {
    const action: FaultAction = { type: 'answer', status: 599 };
    /** Which of some requests are struck. */
    const struck = async (...targets: string[]): Promise<boolean[]> => {
      const all: boolean[] = [];
      for (const one of targets) all.push((await started.client.get(one)).status === 599);
      return all;
    };
    const times = (count: number): string[] => Array.from({ length: count }, () => PROFILES);

    it('match by method, part of the URL, pattern and predicate', async () => {
      const { faults } = started.simulator;
      const targets = [PROFILES, `${PROFILES}?_order=email`, `${PROFILES}/email`];
      const remove = faults.add({ method: 'GET', url: '_order', action });
      expect(await struck(...targets)).toEqual([false, true, false]);
      remove();
      remove();
      faults.add({ url: /profile\/email$/, action });
      expect(await struck(...targets)).toEqual([false, false, true]);
      faults.clear();
      faults.add({ when: ({ query }) => query.has('_order'), action });
      expect(await struck(...targets)).toEqual([false, true, false]);
      faults.clear();
      faults.add({ method: 'PATCH', action });
      expect(await struck(...targets)).toEqual([false, false, false]);
    });

    it('strike the nth match, several of them, or at most so often', async () => {
      const { faults } = started.simulator;
      faults.add({ nth: 2, action });
      expect(await struck(...times(3))).toEqual([false, true, false]);
      faults.clear();
      faults.add({ nth: [1, 3], action });
      expect(await struck(...times(4))).toEqual([true, false, true, false]);
      faults.clear();
      faults.add({ times: 2, action });
      expect(await struck(...times(4))).toEqual([true, true, false, false]);
    });

    it('strike by chance, the same for the same seed', async () => {
      const { faults, stats } = started.simulator;
      faults.add({ probability: 0.5, action });
      const first = await struck(...times(20));
      expect(first).toContain(true);
      expect(first).toContain(false);
      expect(stats.faults).toBe(first.filter(Boolean).length);
      faults.clear();
      faults.add({ probability: 0, action });
      expect(await struck(...times(3))).toEqual([false, false, false]);
    });

    it('are tried in order; the first that strikes decides', async () => {
      const { faults } = started.simulator;
      faults.add({ nth: 1, action: faultActions.emptyOk });
      faults.add({ action });
      expect(await struck(...times(2))).toEqual([false, true]);
    });
  });
});

describe('faults on https', () => {
  const started = useSimulator({ https: true });

  it.each(['resetBefore', 'cutBody'] as const)('%s breaks the connection', async (name) => {
    started.simulator.faults.add({ nth: 1, action: faultActions[name] });
    await expect(started.client.get(PROFILES)).rejects.toThrow();
    expect((await started.client.get(PROFILES)).status).toBe(200);
  });
});
