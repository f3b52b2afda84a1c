import { onAbort } from '../onAbort';
import { TransportError } from '../transport';
import { Pace } from './pace';
import { Stopwatch } from './stopwatch';
import { cancelled } from '../wait';

/** How long a request waits for a Campaign that is away, in ms, where nobody says otherwise. */
export const DEFAULT_PATIENCE_MS = 120_000;

/** Limits of one execution, set by the user; none where undefined. */
export interface Caps {
  readonly requestsPerSecond?: number;
  readonly requestsInFlight?: number;
  /** How long to wait for a Campaign that is away, in ms; 0 not to wait at all. */
  readonly patience?: number;
}

/** What the requests of a lane do at the gate. */
export interface Gatekeeper {
  /** How many requests of all lanes may be in flight now. */
  readonly requestsInFlight: number;
  /** ms of a clock that does not go back. */
  now(): number;
  /** The lane has somebody waiting. */
  arrive(lane: Lane): void;
  /** Writes down when a request that was let through starts, to learn from how it ends. */
  passage(): Passage;
}

/** A request that was let through, and what the gate is to learn from its answer. */
export interface Passage {
  /** Time since it started, in ms. */
  elapsed(): number;
  /** Campaign took it, whatever it answered. */
  succeeded(): void;
  /** Campaign asks to slow down (429), and maybe for how long to send nothing at all, in ms. */
  limited(pauseMilliseconds?: number): void;
  /** Campaign is overwhelmed (503, no answer in time). */
  overwhelmed(): void;
  /**
   * Campaign was not reached.
   *
   * @param sign what was met in its place, e.g. `ECONNREFUSED`
   * @returns whether it is known to be away, so that this is nothing about the request
   */
  missed(sign: string): boolean;
  /** It has come back. */
  leave(): void;
}

interface Waiter {
  /** Whether sending it twice does no harm: only such requests find out whether Campaign is there. */
  readonly isRepeatable: boolean;
  readonly admit: (passage: Passage) => void;
  readonly giveUp: (error: TransportError) => void;
}

/**
 * The requests of one execution on their way to the gate: first come first served among themselves, within the
 * execution's own limits. Those limits bound this execution alone; the gate's bound all together.
 */
export class Lane {
  /** How long its requests wait for a Campaign that is away, in ms. */
  readonly patience: number;
  /** Runs while its requests may not start because of the rate that Campaign takes, or that the user has set. */
  private readonly held = new Stopwatch();
  private isHeld = false;
  private readonly waiting = new Set<Waiter>();
  private inFlight = 0;
  private readonly pace: Pace;
  private readonly mostInFlight: number;
  private forgetSignal: (() => void) | undefined;
  private outage: { readonly since: number; readonly metAt: number } | undefined;
  private probe: ((passage: Passage) => Promise<void>) | undefined;

  constructor(
    private readonly gate: Gatekeeper,
    { requestsPerSecond, requestsInFlight = Infinity, patience = DEFAULT_PATIENCE_MS }: Caps,
    private readonly signal?: AbortSignal,
  ) {
    this.pace = new Pace(requestsPerSecond);
    this.mostInFlight = requestsInFlight;
    this.patience = patience;
  }

  /** How many requests of this execution may be in flight now, if it is alone. */
  get requestsInFlight(): number {
    return Math.min(this.mostInFlight, this.gate.requestsInFlight);
  }

  /** Whether somebody waits. */
  get isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  /** When the next request may start as far as this lane is concerned; Infinity while one must end first. */
  get opensAt(): number {
    return this.inFlight < this.mostInFlight ? this.pace.opensAt : Infinity;
  }

  /**
   * Says how to find out whether Campaign is there, for when only such requests wait as may not be sent twice.
   *
   * @param probe says to its passage how it went, and never fails
   */
  askWith(probe: (passage: Passage) => Promise<void>): void {
    this.probe = probe;
  }

  /**
   * Runs `task` when its turn has come.
   *
   * @param task says to its passage how it went
   * @param isRepeatable whether sending it twice does no harm
   * @throws TransportError `cancelled` when the workflow is stopped while it waits, `away` when it has waited for Campaign as
   *   long as it may, or whatever `task` throws
   */
  async run<Result>(task: (passage: Passage) => Promise<Result>, isRepeatable = true): Promise<Result> {
    if (this.signal?.aborted) throw cancelled();
    const passage = await new Promise<Passage>((admit, giveUp) => {
      this.waiting.add({ isRepeatable, admit, giveUp });
      if (this.signal) this.forgetSignal ??= onAbort(this.signal, () => this.giveUp(cancelled()));
      this.gate.arrive(this);
    });
    try {
      return await task(passage);
    } finally {
      this.inFlight -= 1;
      passage.leave();
      this.forgetSignalIfIdle();
    }
  }

  /** Time, in ms, in which a request was ready and the rate did not let it start. */
  get heldMilliseconds(): number {
    return this.held.elapsed(this.gate.now());
  }

  /** Counts the time of `task`, a rest that Campaign has asked for, as such time. */
  async whileHeld(task: () => Promise<void>): Promise<void> {
    this.held.begin(this.gate.now());
    try {
      await task();
    } finally {
      this.held.end(this.gate.now());
    }
  }

  /** Says whether the rate is all that keeps its next request from starting. */
  markHeld(isHeld: boolean, now: number): void {
    if (isHeld === this.isHeld) return;
    this.isHeld = isHeld;
    if (isHeld) this.held.begin(now);
    else this.held.end(now);
  }

  /** Lets the first one through. */
  admit(now: number): void {
    for (const waiter of this.waiting) return this.letThrough(waiter, now);
  }

  /** Sends somebody to find out whether Campaign is there: the first one that may be sent twice, or a request of its own. */
  sendWitness(now: number): void {
    for (const waiter of this.waiting) if (waiter.isRepeatable) return this.letThrough(waiter, now);
    const passage = this.gate.passage();
    if (!this.probe) passage.succeeded();
    const asked = this.probe ? this.probe(passage) : Promise.resolve();
    void asked.finally(() => passage.leave());
  }

  /** When its requests have waited long enough for the end of the outage that began at `since`. */
  givesUpAt(since: number, now: number): number {
    if (this.outage?.since !== since) this.outage = { since, metAt: now };
    return this.outage.metAt + this.patience;
  }

  /** Ends the waiting of all. */
  giveUp(error: TransportError): void {
    for (const waiter of this.waiting) {
      this.remove(waiter);
      waiter.giveUp(error);
    }
  }

  private letThrough(waiter: Waiter, now: number): void {
    this.inFlight += 1;
    this.remove(waiter);
    this.pace.take(now);
    waiter.admit(this.gate.passage());
  }

  private remove(waiter: Waiter): void {
    this.waiting.delete(waiter);
    this.forgetSignalIfIdle();
  }

  /** While requests come and go, listening anew for each would cost more than it is worth. */
  private forgetSignalIfIdle(): void {
    if (this.waiting.size > 0 || this.inFlight > 0) return;
    this.forgetSignal?.();
    this.forgetSignal = undefined;
  }
}
