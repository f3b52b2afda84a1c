import { Gate } from '../../../nodes/shared/transport/pace/gate';
import { Requester } from '../../../nodes/shared/transport/requester';
import { seededRandom } from '../../simulator/random';
import { ModelServer, slidingWindow, type Limit } from './modelServer';
import { VirtualTime } from './virtualTime';

/** K processes that know nothing of each other, in front of one server with a limit that none of them knows. */
export interface SharedCapSettings {
  readonly processes: number;
  /** Requests that the server takes in any second, from all together. */
  readonly perSecond: number;
  /** Retry-After of a 429, in s. */
  readonly retryAfter?: number;
  /** Requests of all processes together: each has its share. */
  readonly requests: number;
  readonly seed: number;
  /** The processes start within so many ms of each other. */
  readonly startWithinMs?: number;
  readonly latencyMs?: number;
  /** The kind of limit: over any second where it is not said. */
  readonly limit?: (perSecond: number) => Limit;
}

/** What the processes came to. */
export interface SharedCapResult {
  /** Time from the first start to the last end, as a multiple of the shortest possible: requests / limit. */
  readonly time: number;
  /** Share of the requests that were answered 429. */
  readonly refused: number;
  /** The slowest process's time as a multiple of the fastest one's. */
  readonly spread: number;
  /** Requests that were given up. */
  readonly failed: number;
}

/** Everything that one process has for itself: a gate, and one execution that uses it. */
class Process {
  failed = 0;
  seconds = 0;
  private readonly requester: Requester;

  constructor(
    private readonly time: VirtualTime,
    server: ModelServer,
    random: () => number,
  ) {
    this.requester = new Requester(server, new Gate(time).lane(), undefined, { wait: time.wait, random, now: time.now });
  }

  /** Sends so many requests, as the runner does: the first one goes alone. */
  async send(requests: number, startAt: number): Promise<void> {
    await this.time.wait(startAt);
    const begin = this.time.now();
    await this.sendOne();
    let [next, workers] = [1, 0];
    const work = async (): Promise<void> => {
      workers += 1;
      const others: Array<Promise<void>> = [];
      while (next < requests) {
        next += 1;
        const sent = this.sendOne();
        if (workers < 2 * this.requester.requestsInFlight) others.push(work());
        await sent;
      }
      await Promise.all(others);
    };
    await work();
    this.seconds = (this.time.now() - begin) / 1000;
  }

  private async sendOne(): Promise<void> {
    const { status } = await this.requester.send({ method: 'PATCH', url: 'https://mc.adobe.io/' });
    if (status !== 200) this.failed += 1;
  }
}

/** Lets K processes send their requests, in virtual time: for one seed the same on every machine. */
export async function shareCap(settings: SharedCapSettings): Promise<SharedCapResult> {
  const { processes: count, requests, perSecond } = settings;
  const { time, server, processes, random } = world(settings);
  const starts = processes.map(() => random() * (settings.startWithinMs ?? 0));
  await time.run(Promise.all(processes.map(async (process, index) => await process.send(Math.ceil(requests / count), starts[index] ?? 0))));
  const seconds = processes.map((process) => process.seconds);
  return {
    time: (time.now() - Math.min(...starts)) / 1000 / (requests / perSecond),
    refused: server.refused / server.requests,
    spread: Math.max(...seconds) / Math.min(...seconds),
    failed: processes.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/**
 * Lets K processes share the limit for a while, and then one of them alone.
 *
 * @returns seconds from the end of the others until the one that is left alone has had nearly (95%) the whole limit for a second
 */
export async function leaveAlone(settings: Omit<SharedCapSettings, 'requests'>, sharedSeconds = 30): Promise<number> {
  const { time, server, processes, random } = world(settings);
  const { perSecond, processes: count } = settings;
  const share = (sharedSeconds * perSecond) / count;
  const [left, ...others] = processes;
  if (!left) throw new Error('There is no process');
  let fullAt = Infinity;
  const watch = async (): Promise<number> => {
    await Promise.all(others.map(async (process) => await process.send(Math.ceil(share), random() * (settings.startWithinMs ?? 0))));
    const endedAt = time.now();
    let before = server.accepted;
    const counts: number[] = [];
    while (fullAt === Infinity && time.now() < endedAt + 60_000) {
      await time.wait(100);
      counts.push(server.accepted - before);
      before = server.accepted;
      if (counts.length > 10) counts.shift();
      if (counts.length === 10 && counts.reduce((sum, each) => sum + each, 0) >= 0.95 * perSecond - 1) fullAt = time.now();
    }
    return (fullAt - endedAt) / 1000;
  };
  const seconds = watch();
  void left.send(1_000_000, 0);
  return await time.run(seconds);
}

function world({ processes, perSecond, retryAfter, seed, latencyMs = 50, limit = slidingWindow }: Omit<SharedCapSettings, 'requests'>) {
  const time = new VirtualTime();
  const random = seededRandom(seed);
  const latency = () => latencyMs * (0.8 + 0.4 * random());
  const server = new ModelServer({ time, limit: limit(perSecond), latency, retryAfter });
  return { time, server, random, processes: Array.from({ length: processes }, () => new Process(time, server, random)) };
}
