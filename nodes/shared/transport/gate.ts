import { cancelled, wait } from './wait';

/**
 * How many requests one organization gets at the same time from this n8n process. Adobe says that there is a limit and
 * publishes no number (Adobe: "Get started with REST APIs"), so this is our own careful choice, not a figure of Adobe's.
 */
export const REQUESTS_IN_FLIGHT = 5;

interface Waiter {
  readonly admit: () => void;
}

/**
 * Bounds the requests in flight to one organization, first come first served, and lets a 429 pause everybody.
 */
export class Gate {
  private inFlight = 0;
  private pausedUntil = 0;
  private pauseTimer: Promise<void> | undefined;
  private readonly waiting = new Set<Waiter>();

  /** @param limit requests in flight at the most */
  constructor(
    private readonly limit: number,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Runs `task` as soon as there is room and no pause.
   *
   * @param signal leaves the queue when the workflow is stopped
   * @throws TransportError `cancelled`, or whatever `task` throws
   */
  async run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    await this.enter(signal);
    try {
      return await task();
    } finally {
      this.inFlight -= 1;
      this.admitWaiting();
    }
  }

  /**
   * Nobody passes for the next `milliseconds`; a pause that already lasts longer stays.
   */
  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + milliseconds);
  }

  private async enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled();
    if (this.waiting.size === 0 && this.isOpen()) {
      this.inFlight += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(waiter);
        reject(cancelled());
      };
      const waiter: Waiter = {
        admit: () => {
          signal?.removeEventListener('abort', leave);
          this.inFlight += 1;
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.add(waiter);
      this.admitWaiting();
    });
  }

  private isOpen(): boolean {
    return this.inFlight < this.limit && this.now() >= this.pausedUntil;
  }

  private admitWaiting(): void {
    for (const waiter of this.waiting) {
      if (!this.isOpen()) break;
      this.waiting.delete(waiter);
      waiter.admit();
    }
    if (this.waiting.size > 0 && this.now() < this.pausedUntil) this.reopenLater();
  }

  private reopenLater(): void {
    this.pauseTimer ??= wait(this.pausedUntil - this.now()).then(() => {
      this.pauseTimer = undefined;
      this.admitWaiting();
    });
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
    gate = new Gate(REQUESTS_IN_FLIGHT);
    gates.set(key, gate);
  }
  return gate;
}
