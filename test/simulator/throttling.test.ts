import { useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile?_lineCount=1';

describe('the cap on requests per second', () => {
  const started = useSimulator();

  beforeEach(() => {
    started.simulator.clock.freeze();
    started.simulator.settings.requestsPerSecond = 3;
  });

  /** Statuses of requests sent one after the other. */
  const statuses = async (count: number): Promise<number[]> => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) all.push((await started.client.get(PROFILES)).status);
    return all;
  };

  it('takes that many in any second, and refused ones do not count', async () => {
    const { simulator } = started;
    expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
    simulator.clock.advance(999);
    expect(await statuses(1)).toEqual([429]);
    simulator.clock.advance(1);
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect(simulator.stats).toMatchObject({ throttled: 4, apiRequests: 10 });
    expect(simulator.stats.answersByStatus.get(429)).toBe(4);
  });

  it('slides: what was taken later frees its place later', async () => {
    const { simulator } = started;
    await statuses(1);
    simulator.clock.advance(600);
    await statuses(2);
    simulator.clock.advance(400);
    expect(await statuses(2)).toEqual([200, 429]);
    simulator.clock.advance(600);
    expect(await statuses(3)).toEqual([200, 200, 429]);
  });

  it('answers 429050 with Retry-After if there is one', async () => {
    const { client, simulator } = started;
    simulator.settings.retryAfterSeconds = 7;
    await statuses(3);
    const reply = await client.get(PROFILES);
    expect([reply.status, reply.headers['retry-after'], reply.json]).toEqual([
      429,
      '7',
      { error_code: '429050', message: 'Too many requests' },
    ]);
  });

  it.each([
    ['429001', 'Service usage limit reached'],
    ['429002', 'Developer key usage limit reached'],
  ] as const)('answers %s without Retry-After', async (code, message) => {
    const { client, simulator } = started;
    simulator.settings.throttleCode = code;
    await statuses(3);
    const reply = await client.get(PROFILES);
    expect([reply.status, reply.headers['retry-after'], reply.json]).toEqual([429, undefined, { error_code: code, message }]);
  });

  it('does not count tokens and requests that the gateway refuses', async () => {
    const { client } = started;
    const { headers } = client;
    for (let index = 0; index < 4; index += 1) expect((await client.token()).status).toBe(200);
    client.headers = {};
    expect(await statuses(4)).toEqual([403, 403, 403, 403]);
    client.headers = headers;
    expect(await statuses(3)).toEqual([200, 200, 200]);
  });

  it('applies no write that it refuses', async () => {
    const { client, simulator } = started;
    await statuses(3);
    expect((await client.post('profileAndServices/profile', {})).status).toBe(429);
    expect(simulator.stats.writesApplied).toBe(0);
  });

  it('can be changed and lifted at any time', async () => {
    const { simulator } = started;
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    simulator.settings.requestsPerSecond = 5;
    expect(await statuses(3)).toEqual([200, 200, 429]);
    simulator.settings.requestsPerSecond = null;
    expect(await statuses(2)).toEqual([200, 200]);
  });
});
