import { InFlightWindow } from './inFlightWindow';
import { Lane, type Caps, type Gatekeeper, type Passage } from './lane';
import { Outage } from './outage';
import { RequestRate } from './requestRate';
import { TransportError } from '../transport';
import { wait } from '../wait';

/** What was learned is forgotten after so long without a request, in ms: the limit may have changed. */
const FORGET_AFTER_MS = 300_000;

/**
 * A Retry-After is in whole seconds: the shortest says no more than that the last second was full. The refused request waits as
 * long; all others only slow down, since each stop of a whole second would cost more than it can save.
 */
const SHORTEST_PAUSE_MS = 1_000;

/** So long, in ms, whoever has waited long enough still waits for the answer to a question that is under way. */
const LAST_WAIT_MS = 1_000;

/** What the gate takes from its surroundings, so that tests can stand in for time. */
export interface Time {
  /** ms of a clock that does not go back. */
  readonly now: () => number;
  /** @param signal ends the wait early; it then fails */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
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
  private outage = new Outage();
  private inFlight = 0;
  /** Those in flight that started while it was not known whether Campaign is there. */
  private witnesses = 0;
  /** When the last of those started. */
  private witnessedAt = -Infinity;
  private usedAt: number;
  /** Lanes in which somebody waits, the one whose turn it is first. */
  private readonly lanes = new Set<Lane>();
  /** When the gate looks again by itself. */
  private wake: { readonly at: number; readonly stop: AbortController } | undefined;

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

  now(): number {
    return this.time.now();
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

  /** Whether nobody has used it for so long that what it has learned may be wrong by now. */
  get isForgettable(): boolean {
    return this.inFlight === 0 && this.lanes.size === 0 && this.time.now() - this.usedAt > FORGET_AFTER_MS;
  }

  arrive(lane: Lane): void {
    const now = this.time.now();
    if (this.isForgettable) this.forget();
    this.lanes.add(lane);
    this.admit(now);
  }

  passage(): Passage {
    const startedAt = this.time.now();
    const isWitness = !this.outage.isOver;
    this.inFlight += 1;
    if (isWitness) {
      this.witnesses += 1;
      this.witnessedAt = startedAt;
    }
    return {
      elapsed: () => this.time.now() - startedAt,
      succeeded: () => {
        const now = this.time.now();
        this.reached(startedAt, now);
        this.rate.succeeded(startedAt, now);
        if (this.inFlight >= this.window.size) this.window.grow(now - startedAt);
      },
      limited: (pauseMilliseconds) => {
        const now = this.time.now();
        this.reached(startedAt, now);
        this.rate.limited(startedAt, now);
        if (pauseMilliseconds !== undefined && pauseMilliseconds > SHORTEST_PAUSE_MS) this.pause(pauseMilliseconds);
      },
      overwhelmed: () => this.window.shrink(startedAt, this.time.now()),
      missed: (sign) => {
        this.outage.missed(startedAt, this.time.now(), sign);
        return this.outage.isAway;
      },
      leave: () => {
        this.inFlight -= 1;
        if (isWitness) this.witnesses -= 1;
        this.usedAt = this.time.now();
        this.admit(this.usedAt);
      },
    };
  }

  /** Campaign is there; after an outage it is treated with care. */
  private reached(startedAt: number, now: number): void {
    if (!this.outage.reached(startedAt, now)) return;
    this.window.restart();
    // The second that has just passed says nothing about the rate.
    this.rate.holdUntil(now);
  }

  private admit(now: number): void {
    for (const lane of this.lanes) lane.markHeld(false, now);
    if (this.outage.isAway && this.hasImpatient(now)) this.outage.hasten();
    while (this.hasRoom && this.opensAt <= now) {
      const lane = this.nextLane(now);
      if (!lane) break;
      this.lanes.delete(lane);
      this.rate.take(now);
      if (this.outage.isOver) lane.admit(now);
      else lane.sendWitness(now);
      if (lane.isWaiting) this.lanes.add(lane);
    }
    if (!this.outage.isOver) this.loseTheImpatient(now);
    for (const lane of this.lanes) lane.markHeld(this.isHeldByRate(lane, now), now);
    this.wakeInTime(now);
  }

  private isHeldByRate(lane: Lane, now: number): boolean {
    const opensAt = Math.max(this.rate.opensAt, lane.opensAt);
    return this.outage.isOver && this.hasRoom && lane.isWaiting && opensAt > now && opensAt !== Infinity;
  }

  private get hasRoom(): boolean {
    // What hangs in flight must not keep anybody from finding out.
    return this.outage.isOver ? this.inFlight < this.window.size : this.witnesses < this.outage.mostWitnesses;
  }

  /** When the next one may pass as far as the time is concerned. */
  private get opensAt(): number {
    return Math.max(this.rate.opensAt, this.outage.opensAt);
  }

  private nextLane(now: number): Lane | undefined {
    for (const lane of this.lanes) {
      if (!lane.isWaiting) this.lanes.delete(lane);
      else if (lane.opensAt <= now) return lane;
    }
    return undefined;
  }

  private hasImpatient(now: number): boolean {
    for (const lane of this.lanes) if (lane.isWaiting && lane.givesUpAt(this.outage.since, now) <= now) return true;
    return false;
  }

  /** Ends the waiting of those who have waited for Campaign as long as they may: it was asked within this second. */
  private loseTheImpatient(now: number): void {
    for (const lane of this.lanes) {
      if (this.givesUpAt(lane, now) > now) continue;
      this.lanes.delete(lane);
      lane.giveUp(new TransportError('away', this.outage.sign));
    }
  }

  /** A suspicion is soon settled: nobody gives up because of it who would not wait at all. */
  private givesUpAt(lane: Lane, now: number): number {
    if (!this.outage.isAway && lane.patience === 0) return Infinity;
    const at = lane.givesUpAt(this.outage.since, now);
    return this.witnesses > 0 ? Math.max(at, this.witnessedAt + LAST_WAIT_MS) : at;
  }

  /** Looks again when somebody may pass, or gives up, because of the time alone; whoever ends sees to the rest. */
  private wakeInTime(now: number): void {
    const lanes = [...this.lanes];
    const passesAt = this.hasRoom ? Math.max(this.opensAt, Math.min(...lanes.map(({ opensAt }) => opensAt))) : Infinity;
    const givesUpAt = this.outage.isOver ? Infinity : Math.min(...lanes.map((lane) => this.givesUpAt(lane, now)));
    const at = Math.min(passesAt, givesUpAt);
    if (this.lanes.size > 0 && at >= (this.wake?.at ?? Infinity)) return;
    // A timer that nobody needs would keep n8n from ending.
    this.wake?.stop.abort();
    this.wake = undefined;
    if (at !== Infinity) this.wakeAt(at, now);
  }

  private wakeAt(at: number, now: number): void {
    const wake = { at, stop: new AbortController() };
    this.wake = wake;
    void this.time.wait(Math.max(0, Math.ceil(at - now)), wake.stop.signal).then(
      () => {
        if (this.wake === wake) this.wake = undefined;
        this.admit(this.time.now());
      },
      () => {},
    );
  }

  private forget(): void {
    this.window = new InFlightWindow(this.bounds.first, this.bounds.most);
    this.rate = new RequestRate();
    this.outage = new Outage();
  }
}

/** The gates of this process. What nobody uses any more is forgotten; an execution that still holds its gate keeps it. */
const known = new Map<string, WeakRef<Gate>>();
/** Those used lately, the one used last at the end: what they have learned is worth keeping. */
const lately = new Set<Gate>();
const MOST_KEPT = 50;

/**
 * The gate that all executions of this process share for one organization of one API host.
 *
 * @param key API base URL and organization; never a secret
 */
export function gateFor(key: string): Gate {
  const gate = known.get(key)?.deref() ?? new Gate();
  known.set(key, new WeakRef(gate));
  lately.delete(gate);
  lately.add(gate);
  for (const other of lately) {
    if (lately.size <= MOST_KEPT && !other.isForgettable) break;
    if (other !== gate) lately.delete(other);
  }
  for (const [name, reference] of known) if (!reference.deref()) known.delete(name);
  return gate;
}
