import { Gate } from '../../../../nodes/shared/transport/pace/gate';
import { Requester, type CampaignAnswer } from '../../../../nodes/shared/transport/requester';
import { TransportError, type CampaignRequest, type CampaignResponse } from '../../../../nodes/shared/transport/transport';
import { seededRandom } from '../../../simulator/random';
import { PROFILES, text } from '../../support/campaign';
import { rejectionOf } from '../../support/errors';
import { ModelServer } from '../../support/modelServer';
import { VirtualTime } from '../../support/virtualTime';

const PATCH: CampaignRequest = { method: 'PATCH', url: PROFILES };
const POST: CampaignRequest = { method: 'POST', url: PROFILES };
const PROBE: CampaignRequest = { method: 'GET', url: `${PROFILES}/PKey` };

const refused = () => new TransportError('notDelivered', 'ECONNREFUSED');
const reset = () => new TransportError('interrupted', 'ECONNRESET');
const KINDS = [
  ['refused connections', refused],
  ['resets', reset],
  ['TLS that breaks', () => new TransportError('interrupted', 'EPROTO')],
  ['503', () => text('', 503)],
  ['502', () => text('', 502)],
  ['no tokens', () => new TransportError('noToken', 'identity service')],
] as const;

type Missing = () => CampaignResponse | TransportError;

/** When the outage begins, in ms. */
const BEGIN = 1_000;

/** A gate in front of a Campaign that is away for a while, in virtual time. */
class World {
  readonly time = new VirtualTime();
  readonly gate = new Gate(this.time);
  readonly random = seededRandom(1);
  readonly server: ModelServer;

  constructor(seconds: number, missing: Missing = refused) {
    const end = BEGIN + seconds * 1000;
    this.server = new ModelServer({
      time: this.time,
      latency: () => 40 + 20 * this.random(),
      outage: (now) => (now >= BEGIN && now < end ? missing() : undefined),
    });
  }

  requester(patience?: number, signal?: AbortSignal): Requester {
    const { wait, now } = this.time;
    return new Requester(this.server, this.gate.lane({ patience }, signal), signal, { wait, random: this.random, now }, PROBE);
  }

  /** Sends so many requests, twice as many at a time as the gate lets through. @returns what failed */
  async send(requester: Requester, request: CampaignRequest, count: number): Promise<unknown[]> {
    const failures: unknown[] = [];
    let [next, workers] = [0, 0];
    const work = async (): Promise<void> => {
      workers += 1;
      const others: Array<Promise<void>> = [];
      while (next < count) {
        next += 1;
        const answer: Promise<CampaignAnswer | Error> = requester
          .send(request)
          .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
        if (workers < 2 * requester.requestsInFlight) others.push(work());
        const outcome = await answer;
        if (outcome instanceof Error || outcome.status !== 200) failures.push(outcome);
      }
      await Promise.all(others);
    };
    await work();
    return failures;
  }

  /** Requests that came during the outage once those that were under way when it began had come to their end. */
  get asked(): readonly number[] {
    return this.server.missed.map(({ at }) => at).filter((at) => at > BEGIN + 120);
  }
}

describe('B2: a Campaign that is away', () => {
  const situations = KINDS.flatMap(([kind, missing]) => [5, 30, 60].map((seconds) => ({ kind, missing, seconds })));

  it.each(situations)('for $seconds s, seen by $kind, costs no update', async ({ missing, seconds }) => {
    const world = new World(seconds, missing);
    const failures = await world.time.run(world.send(world.requester(), PATCH, 5_000));

    expect(failures).toEqual([]);
    expect(world.time.now()).toBeGreaterThan(BEGIN + seconds * 1000);
    // Found to be back after a quarter more at the latest.
    expect(world.time.now()).toBeLessThan(BEGIN + 1.25 * seconds * 1000 + 15_000);
    expect(world.asked.length).toBeLessThanOrEqual(seconds + 3);
  });

  it.each(KINDS)('costs only those POSTs that were under way when it began: %s', async (_, missing) => {
    const world = new World(30, missing);
    const failures = await world.time.run(world.send(world.requester(), POST, 5_000));
    const missed = world.server.missed.filter(({ method }) => method === 'POST');

    expect(missed.every(({ at }) => at <= BEGIN + 120)).toBe(true);
    const outcome = missing();
    const isSafe = outcome instanceof TransportError && outcome.failure !== 'interrupted';
    expect(failures).toHaveLength(isSafe ? 0 : missed.length);
    expect(world.asked.length).toBeLessThanOrEqual(33);
  });

  it('is asked by one of all executions, once a second at the most', async () => {
    const world = new World(60);
    const all = [PATCH, POST, PATCH].map(async (request) => await world.send(world.requester(), request, 1_000));

    expect(await world.time.run(Promise.all(all))).toEqual([[], [], []]);
    const pauses = world.asked.slice(WITNESSED).map((at, index, times) => at - (times[index - 1] ?? -Infinity));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
  });

  it('begins with few requests in flight when it is back', async () => {
    const world = new World(5);
    const all = world.send(world.requester(), PATCH, 5_000);
    await world.time.run(world.time.wait(BEGIN + 1_000));
    const { accepted } = world.server;
    const isBack = async (): Promise<void> => {
      while (world.server.accepted === accepted) await world.time.wait(10);
      world.server.mostInFlight = 0;
      await world.time.wait(50);
    };
    await world.time.run(isBack());
    const inFlight = world.server.mostInFlight;
    await world.time.run(all);

    expect(inFlight).toBeLessThanOrEqual(10);
    expect(world.server.mostInFlight).toBeGreaterThan(30);
  });
});

/** Requests that settle the suspicion come at once. */
const WITNESSED = 3;

describe('the longest wait', () => {
  it('ends for all requests of the execution, and those that come later do not begin it anew', async () => {
    const world = new World(1_000);
    const failures = await world.time.run(world.send(world.requester(20_000), PATCH, 5_000));

    expect(failures.length).toBeGreaterThan(1_000);
    expect(world.time.now()).toBeLessThan(BEGIN + 30_000);
    expect(failures.filter((failure) => failure instanceof TransportError && failure.failure === 'away').length).toBeGreaterThan(1_000);
  });

  it('once used up, lets later items fail only while Campaign does not answer, and it is asked once a second at the most', async () => {
    const world = new World(45);
    const { time } = world;
    const work = async (): Promise<boolean[]> => {
      const requester = world.requester(5_000);
      const ends: boolean[] = [];
      while (time.now() < BEGIN + 60_000) {
        const isDone = await requester.send(PATCH).then(
          ({ status }) => status === 200,
          () => false,
        );
        if (time.now() > BEGIN + 46_200) ends.push(isDone);
        await time.wait(50);
      }
      return ends;
    };
    const ends = await time.run(work());

    expect(ends.length).toBeGreaterThan(50);
    expect(ends).not.toContain(false);
    const pauses = world.asked.slice(WITNESSED).map((at, index, times) => at - (times[index - 1] ?? -Infinity));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
  });

  it('once used up, is no reason to fail for POSTs while somebody asks', async () => {
    const world = new World(45);
    const requester = world.requester(5_000);
    const { time } = world;
    await time.run(time.wait(BEGIN));
    await time.run(Promise.all(Array.from({ length: 4 }, async () => await requester.send(PATCH))).catch(() => {}));
    await time.run(time.wait(BEGIN + 45_500 - time.now()));

    expect(await time.run(requester.send(POST))).toMatchObject({ status: 200 });
  });

  it("is each execution's own", async () => {
    const world = new World(30);
    const [short, long] = await world.time.run(
      Promise.all([world.send(world.requester(5_000), PATCH, 2_000), world.send(world.requester(60_000), PATCH, 2_000)]),
    );

    expect(short.length).toBeGreaterThan(0);
    expect(long).toEqual([]);
  });

  it('begins for an execution when it meets the outage, however long that has lasted', async () => {
    const world = new World(80);
    const { time } = world;
    const from = async (start: number, patience: number): Promise<unknown[]> => {
      await time.wait(start);
      return await world.send(world.requester(patience), PATCH, 10);
    };
    expect(await time.run(Promise.all([from(BEGIN, 120_000), from(BEGIN + 60_000, 40_000)]))).toEqual([[], []]);
  });

  it('of nothing fails at once, and lets others know', async () => {
    const world = new World(30);
    await world.time.run(world.time.wait(BEGIN));
    const failures = await world.time.run(world.send(world.requester(0), PATCH, 100));

    expect(failures).toHaveLength(100);
    expect(world.time.now()).toBeLessThan(BEGIN + 1_000);
    expect(world.server.missed.length).toBeLessThanOrEqual(10);
  });

  it('is tried anew by an execution that starts when the last one has given up', async () => {
    const world = new World(300);
    expect((await world.time.run(world.send(world.requester(5_000), PATCH, 1_000))).length).toBeGreaterThan(0);
    await world.time.run(world.time.wait(300_000));

    expect(await world.time.run(world.send(world.requester(5_000), PATCH, 100))).toEqual([]);
  });
});

describe('the stop of the workflow', () => {
  it.each([
    ['those who wait', PATCH],
    ['those who cannot ask', POST],
  ])('ends the wait of %s at once, and others ask in their place', async (_, request) => {
    const world = new World(30);
    const stop = new AbortController();
    await world.time.run(world.time.wait(BEGIN));
    const stopped = Array.from({ length: 5 }, async () => await rejectionOf(world.requester(undefined, stop.signal).send(request)));
    const other = world.requester().send(request);
    await world.time.run(world.time.wait(10_000));
    stop.abort();
    const before = world.time.now();

    expect(await world.time.run(Promise.all(stopped))).toMatchObject(Array(5).fill({ failure: 'cancelled' }));
    expect(world.time.now()).toBe(before);
    expect(await world.time.run(other)).toMatchObject({ status: 200 });
  });
});

describe('a request that is alone in its trouble', () => {
  it('does not stop the others', async () => {
    const world = new World(0);
    const poisoned: CampaignRequest = { method: 'GET', url: `${PROFILES}/@poison` };
    const { server } = world;
    const transport = { send: async (request: CampaignRequest) => (request === poisoned ? text('', 504) : await server.send(request)) };
    const { wait, now } = world.time;
    const lane = world.gate.lane();
    const requester = new Requester(transport, lane, undefined, { wait, random: world.random, now }, PROBE);
    const all = world.send(requester, PATCH, 2_000);
    const bad = requester.send(poisoned);

    expect(await world.time.run(bad)).toMatchObject({ status: 504 });
    expect(await world.time.run(all)).toEqual([]);
    expect(world.time.now()).toBeLessThan(20_000);
  });

  it.each([0.02, 0.1])('does not stop the others for long where that happens to a share of %d', async (share) => {
    const world = new World(0);
    const { server, random } = world;
    const transport = { send: async (request: CampaignRequest) => (random() < share ? text('', 503) : await server.send(request)) };
    const { wait, now } = world.time;
    const requester = new Requester(transport, world.gate.lane(), undefined, { wait, random, now }, PROBE);

    expect(await world.time.run(world.send(requester, PATCH, 2_000))).toEqual([]);
    expect(world.time.now()).toBeLessThan(120_000);
  });
});
