import { Gate } from '../../../../nodes/shared/transport/pace/gate';
import { FIRST_IN_FLIGHT, MOST_IN_FLIGHT } from '../../../../nodes/shared/transport/pace/inFlightWindow';
import { Requester } from '../../../../nodes/shared/transport/requester';
import { seededRandom } from '../../../simulator/random';
import { fixedWindow, ModelServer, slidingWindow, tokenBucket, type Limit, type ModelSettings } from '../../support/modelServer';
import { VirtualTime } from '../../support/virtualTime';

/**
 * The gate and the requester against servers with a limit that they do not know, in virtual time: what they reach is the
 * same on every machine, and for one seed the same every time.
 */

// Tens of thousands of requests take their time on a busy machine.
jest.setTimeout(60_000);

type Situation = Omit<Partial<ModelSettings>, 'latency' | 'time'> & { readonly latencyMs: number };

/** One gate in front of one server; latency varies by a fifth both ways. */
class Simulation {
  readonly time = new VirtualTime();
  readonly gate = new Gate(this.time);
  readonly server: ModelServer;
  failed = 0;
  private readonly random: () => number;

  constructor(
    { latencyMs, ...settings }: Situation,
    readonly seed = 1,
  ) {
    this.random = seededRandom(seed);
    const latency = () => latencyMs * (0.8 + 0.4 * this.random());
    this.server = new ModelServer({ time: this.time, latency, ...settings });
  }

  /** Sends so many requests, twice as many at a time as the gate lets through. @returns virtual seconds that it took */
  async send(requests: number): Promise<number> {
    const begin = this.time.now();
    const { wait, now } = this.time;
    const requester = new Requester(this.server, this.gate.lane(), undefined, { wait, random: this.random, now });
    let [next, workers] = [0, 0];
    const work = async (): Promise<void> => {
      const others: Array<Promise<void>> = [];
      workers += 1;
      while (next < requests) {
        next += 1;
        const answer = requester.send({ method: 'PATCH', url: 'https://mc.adobe.io/' });
        if (workers < 2 * requester.requestsInFlight) others.push(work());
        if ((await answer).status !== 200) this.failed += 1;
      }
      await Promise.all(others);
    };
    await this.time.run(work());
    return (this.time.now() - begin) / 1000;
  }

  /** Share of requests that were answered 429. */
  get refusedShare(): number {
    return this.server.refused / this.server.requests;
  }
}

const SEEDS = [1];

describe('a server without a limit', () => {
  it.each([
    [1, 2.5],
    [50, 40],
    [200, 40],
  ])('is soon made use of: %i ms', async (latencyMs, times) => {
    const simulation = new Simulation({ latencyMs });
    const seconds = await simulation.send(2_000);

    expect((2_000 * latencyMs) / 1000 / seconds).toBeGreaterThan(times);
    expect(simulation.server.mostInFlight).toBeLessThanOrEqual(MOST_IN_FLIGHT);
  });

  it('that answers at once has few requests in flight, because more would bring nothing', async () => {
    const simulation = new Simulation({ latencyMs: 1 });
    await simulation.send(2_000);

    expect(simulation.server.mostInFlight).toBeLessThanOrEqual(4 * FIRST_IN_FLIGHT);
  });
});

describe('a hidden limit of requests per second', () => {
  const LIMITS: ReadonlyArray<[string, (perSecond: number) => Limit]> = [
    ['any second', slidingWindow],
    ["seconds of the server's clock", fixedWindow],
    ['a token bucket', (perSecond) => tokenBucket(perSecond, perSecond)],
  ];
  const situations = LIMITS.flatMap(([kind, limit]) =>
    (
      [
        [13, 600],
        [100, 3_000],
      ] as const
    ).flatMap(([perSecond, requests]) =>
      [1, 50].flatMap((latencyMs) => [undefined, 1].map((retryAfter) => ({ kind, limit, perSecond, requests, latencyMs, retryAfter }))),
    ),
  );

  it.each(situations)(
    'is nearly reached and hardly exceeded: $perSecond by $kind, $latencyMs ms, Retry-After $retryAfter',
    async (situation) => {
      const { limit, perSecond, requests, latencyMs, retryAfter } = situation;
      for (const seed of SEEDS) {
        const simulation = new Simulation({ limit: limit(perSecond), latencyMs, retryAfter }, seed);
        const seconds = await simulation.send(requests);
        const reached = { seed, failed: simulation.failed, time: seconds / (requests / perSecond), refused: simulation.refusedShare };

        expect(reached).toEqual({ seed, failed: 0, time: expect.any(Number), refused: expect.any(Number) });
        expect(reached.time).toBeLessThanOrEqual(1.15);
        // The burst that finds the limit counts, too, and so does every time that somebody looks whether it is still there.
        expect(reached.refused).toBeLessThan(perSecond < 50 ? 0.06 : 0.03);
      }
    },
  );

  it.each(SEEDS)('that allows hardly any bursts is found all the same, seed %i', async (seed) => {
    // The first guess is far too low, because it can only be made from the first burst.
    const simulation = new Simulation({ limit: tokenBucket(100, 20), latencyMs: 50 }, seed);
    await simulation.send(2_000);
    const seconds = await simulation.send(4_000);

    expect(simulation.failed).toBe(0);
    expect(seconds).toBeLessThanOrEqual(1.15 * 40);
  });

  it.each(SEEDS)('that is lifted is found to be gone, seed %i', async (seed) => {
    const simulation = new Simulation({ limit: slidingWindow(13), latencyMs: 50 }, seed);
    await simulation.send(600);
    simulation.server.limit = slidingWindow(100);
    await simulation.send(2_000);
    const seconds = await simulation.send(4_000);

    expect(simulation.failed).toBe(0);
    expect(seconds).toBeLessThanOrEqual(1.15 * 40);
  });

  it.each(SEEDS)('that comes down is followed, seed %i', async (seed) => {
    const simulation = new Simulation({ limit: slidingWindow(100), latencyMs: 50 }, seed);
    await simulation.send(2_000);
    simulation.server.limit = slidingWindow(13);
    await simulation.send(200);
    const seconds = await simulation.send(600);

    expect(simulation.failed).toBe(0);
    expect(seconds).toBeLessThanOrEqual((1.15 * 600) / 13);
  });

  it.each([undefined, 1])('that is used up for a minute loses no request, Retry-After %j', async (retryAfter) => {
    // 300 requests a minute: the quota is used up within seconds.
    const quota = fixedWindow(300, 0);
    const simulation = new Simulation({ limit: { takes: (now) => quota.takes(now / 60) }, latencyMs: 50, retryAfter });
    await simulation.send(900);

    expect(simulation.failed).toBe(0);
    expect(simulation.refusedShare).toBeLessThan(0.15);
  });
});

describe('a server that can do so much at a time', () => {
  it.each([8, 30])('is kept busy and is not run down: %i', async (capacity) => {
    const simulation = new Simulation({ latencyMs: 50, capacity });
    const seconds = await simulation.send(2_000);

    expect(simulation.failed).toBe(0);
    expect(seconds).toBeLessThan((1.6 * 2_000 * 0.05) / capacity);
    expect(simulation.server.overwhelmed / simulation.server.requests).toBeLessThan(0.2);
  });
});
