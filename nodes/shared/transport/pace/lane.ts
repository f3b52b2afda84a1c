import { onAbort } from '../onAbort';
import { Pace } from './pace';
import { cancelled } from '../wait';

/** Limits of one execution, set by the user; none where undefined. */
export interface Caps {
  readonly requestsPerSecond?: number;
  readonly requestsInFlight?: number;
}

/** What the requests of a lane do at the gate. */
export interface Gatekeeper {
  /** How many requests of all lanes may be in flight now. */
  readonly requestsInFlight: number;
  /** The lane has somebody waiting. */
  arrive(lane: Lane): void;
  /** Somebody whom the gate has let through has come back. */
  leave(): void;
  /** Writes down when the request starts, to learn from how it ends. */
  passage(): Passage;
}

/** A request that was let through, and what the gate is to learn from its answer. */
export interface Passage {
  /** Campaign took it, whatever it answered. */
  succeeded(): void;
  /** Campaign asks to slow down (429), and maybe for how long to send nothing at all, in ms. */
  limited(pauseMilliseconds?: number): void;
  /** Campaign is overwhelmed (503, no answer in time). */
  overwhelmed(): void;
}

interface Waiter {
  readonly admit: () => void;
  readonly giveUp: () => void;
}

/**
 * The requests of one execution on their way to the gate: first come first served among themselves, within the
 * execution's own limits. Those limits bound this execution alone; the gate's bound all together.
 */
export class Lane {
  private readonly waiting = new Set<Waiter>();
  private inFlight = 0;
  private readonly pace: Pace;
  private readonly mostInFlight: number;
  private forgetSignal: (() => void) | undefined;

  constructor(
    private readonly gate: Gatekeeper,
    { requestsPerSecond, requestsInFlight = Infinity }: Caps,
    private readonly signal?: AbortSignal,
  ) {
    this.pace = new Pace(requestsPerSecond);
    this.mostInFlight = requestsInFlight;
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
   * Runs `task` when its turn has come.
   *
   * @param task says to its passage how it went
   * @throws TransportError `cancelled` when the workflow is stopped while it waits, or whatever `task` throws
   */
  async run<Result>(task: (passage: Passage) => Promise<Result>): Promise<Result> {
    if (this.signal?.aborted) throw cancelled();
    await new Promise<void>((admit, reject) => {
      this.waiting.add({ admit, giveUp: () => reject(cancelled()) });
      if (this.signal) this.forgetSignal ??= onAbort(this.signal, () => this.giveUp());
      this.gate.arrive(this);
    });
    try {
      return await task(this.gate.passage());
    } finally {
      this.inFlight -= 1;
      this.gate.leave();
    }
  }

  /** Lets the first one through. */
  admit(now: number): void {
    for (const waiter of this.waiting) {
      this.remove(waiter);
      this.inFlight += 1;
      this.pace.take(now);
      waiter.admit();
      return;
    }
  }

  private giveUp(): void {
    for (const waiter of this.waiting) {
      this.remove(waiter);
      waiter.giveUp();
    }
  }

  private remove(waiter: Waiter): void {
    this.waiting.delete(waiter);
    if (this.waiting.size > 0) return;
    this.forgetSignal?.();
    this.forgetSignal = undefined;
  }
}
