import { InFlightWindow } from './inFlightWindow';
import { Lane, type Caps, type Gatekeeper, type Passage } from './lane';
import { RequestRate } from './requestRate';
import { wait } from '../wait';

/** What was learned is forgotten after so long without a request, in ms: the limit may have changed. */
const FORGET_AFTER_MS = 300_000;

/** What the gate takes from its surroundings, so that tests can stand in for time. */
export interface Time {
  /** ms of a clock that does not go back. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const TIME: Time = { now: () => performance.now(), wait };

/** Bounds of the number of requests in flight. */
interface InFlightBounds {
  readonly first?: number;
  readonly most?: number;
}

/**
 * Lets the requests to one organization through, as many at a time and per second as Campaign has been found to take.
 * Adobe says that there is a limit and publishes no number (Adobe: "Get started with REST APIs").
 *
 * Executions take turns, so that one with three items does not wait behind the ten thousand of another.
 */
export class Gate implements Gatekeeper {
  private window: InFlightWindow;
  private rate = new RequestRate();
  private inFlight = 0;
  private usedAt: number;
  /** Lanes in which somebody waits, the one whose turn it is first. */
  private readonly lanes = new Set<Lane>();
  /** When the gate looks again by itself. */
  private wakesAt = Infinity;

  constructor(
    private readonly time: Time = TIME,
    private readonly bounds: InFlightBounds = {},
  ) {
    this.window = new InFlightWindow(bounds.first, bounds.most);
    this.usedAt = time.now();
  }

  /** How many requests may be in flight now. */
  get requestsInFlight(): number {
    return this.window.size;
  }

  /** How many requests may start per second; Infinity while no limit is known. */
  get requestsPerSecond(): number {
    return this.rate.perSecond;
  }

  /**
   * A way through the gate for one execution.
   *
   * @param signal ends the waiting of its requests when the workflow is stopped
   */
  lane(caps: Caps = {}, signal?: AbortSignal): Lane {
    return new Lane(this, caps, signal);
  }

  /** Nobody passes for the next `milliseconds`; a pause that already lasts longer stays. */
  pause(milliseconds: number): void {
    this.rate.holdUntil(this.time.now() + milliseconds);
  }

  arrive(lane: Lane): void {
    const now = this.time.now();
    if (this.inFlight === 0 && this.lanes.size === 0 && now - this.usedAt > FORGET_AFTER_MS) this.forget();
    this.lanes.add(lane);
    this.admit(now);
  }

  leave(): void {
    this.inFlight -= 1;
    this.usedAt = this.time.now();
    this.admit(this.usedAt);
  }

  passage(): Passage {
    const startedAt = this.time.now();
    return {
      succeeded: () => {
        const now = this.time.now();
        this.rate.succeeded(startedAt, now);
        if (this.inFlight >= this.window.size) this.window.grow(now - startedAt);
      },
      limited: (pauseMilliseconds) => {
        this.rate.limited(startedAt, this.time.now());
        if (pauseMilliseconds !== undefined) this.pause(pauseMilliseconds);
      },
      overwhelmed: () => this.window.shrink(startedAt, this.time.now()),
    };
  }

  private admit(now: number): void {
    while (this.inFlight < this.window.size && this.rate.opensAt <= now) {
      const lane = this.nextLane(now);
      if (!lane) break;
      this.lanes.delete(lane);
      this.inFlight += 1;
      this.rate.take(now);
      lane.admit(now);
      if (lane.isWaiting) this.lanes.add(lane);
    }
    this.wakeInTime(now);
  }

  private nextLane(now: number): Lane | undefined {
    for (const lane of this.lanes) {
      if (!lane.isWaiting) this.lanes.delete(lane);
      else if (lane.opensAt <= now) return lane;
    }
    return undefined;
  }

  /** Looks again when somebody may pass because of the time alone; whoever ends sees to the rest. */
  private wakeInTime(now: number): void {
    if (this.lanes.size === 0 || this.inFlight >= this.window.size) return;
    const lanesOpenAt = Math.min(...[...this.lanes].map(({ opensAt }) => opensAt));
    const at = Math.max(this.rate.opensAt, lanesOpenAt);
    if (at === Infinity || at >= this.wakesAt) return;
    this.wakesAt = at;
    void this.time.wait(Math.max(0, Math.ceil(at - now))).then(() => {
      if (this.wakesAt === at) this.wakesAt = Infinity;
      this.admit(this.time.now());
    });
  }

  private forget(): void {
    this.window = new InFlightWindow(this.bounds.first, this.bounds.most);
    this.rate = new RequestRate();
  }
}

const gates = new Map<string, Gate>();

/**
 * The gate that all executions of this process share for one organization of one API host.
 *
 * @param key API base URL and organization; never a secret
 */
export function gateFor(key: string): Gate {
  let gate = gates.get(key);
  if (!gate) {
    gate = new Gate();
    gates.set(key, gate);
  }
  return gate;
}
