import { Poller } from '../campaign/actions/poller';
import type { Polling } from '../campaign/actions/pollUntil';
import { realClock, type Clock } from '../transport/clock';
import { nextTurn, Stint } from '../transport/turns';

/** Where items may be while they wait for Campaign to get something done. */
export interface Places {
  /** Gives the place of an item to the next one while `task` runs. */
  rest<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Whether another item may begin: no longer once the run is to end. */
  readonly mayGoOn: () => boolean;
}

/** What is to be done with the items of a run. */
export interface Work {
  readonly count: number;
  /** Works on one item; never rejects. */
  readonly process: (index: number) => Promise<void>;
  /** How many items may be worked on at a time, as things are now. */
  readonly room: () => number;
  /** Whether another item may begin. */
  readonly mayGoOn: () => boolean;
}

/**
 * Works on items in their order, as many at a time as there is room for. An item that rests takes no room. However fast the items
 * go, everything else in this process gets its turn again and again.
 */
export class Workers implements Places {
  private next = 0;
  private atWork = 0;
  private resting = 0;
  private isBeginning = false;
  private readonly stint = new Stint();
  private turn: Promise<void> | undefined;
  private isStopped = false;
  private settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;

  constructor(private readonly work: Work) {}

  /** Resolves when no item is under way and none may begin. */
  async run(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.settle = { resolve, reject };
      this.begin();
    });
  }

  readonly mayGoOn = (): boolean => this.work.mayGoOn();

  async rest<Result>(task: () => Promise<Result>): Promise<Result> {
    this.atWork -= 1;
    this.resting += 1;
    this.begin();
    try {
      return await task();
    } finally {
      this.resting -= 1;
      this.atWork += 1;
    }
  }

  /** There may be more room than before. */
  begin(): void {
    // Items that rest at once come back here: the loop that began them goes on.
    if (this.isBeginning) return;
    this.isBeginning = true;
    try {
      while (this.mayBegin()) {
        if (this.isTurnOver()) return this.beginAfterTurn();
        this.atWork += 1;
        this.stint.step();
        void this.workOn(this.next++);
      }
    } catch (error) {
      this.isStopped = true;
      this.settle?.reject(error);
    } finally {
      this.isBeginning = false;
    }
    if (this.atWork === 0 && this.resting === 0 && !this.turn) this.settle?.resolve();
  }

  private async workOn(index: number): Promise<void> {
    await this.work.process(index);
    this.atWork -= 1;
    this.begin();
  }

  private mayBegin(): boolean {
    const { count, mayGoOn, room } = this.work;
    return !this.isStopped && this.next < count && mayGoOn() && this.atWork < Math.max(1, room());
  }

  /** Whether the event loop has not come round for too long. */
  private isTurnOver(): boolean {
    if (!this.turn) {
      this.stint.begin();
      this.turn = nextTurn().then(() => {
        this.turn = undefined;
        if (this.atWork === 0) this.begin();
      });
    }
    return this.stint.isOver;
  }

  private beginAfterTurn(): void {
    void this.turn?.then(() => this.begin());
  }
}

/** How the items of a run wait for Campaign to get something done: without their places, and no longer than the run is to go on. */
export class Rests {
  /** Its waits end when the workflow is stopped, or the run is to end. */
  readonly clock: Clock;
  /** Looks for all of them. */
  readonly polling: Polling;
  private readonly ending = new AbortController();

  /** @param signal fires when the workflow is stopped */
  constructor(places: Places, signal?: AbortSignal) {
    const clock = realClock(signal ? AbortSignal.any([signal, this.ending.signal]) : this.ending.signal);
    const poller = new Poller(clock);
    this.clock = { now: () => clock.now(), wait: async (milliseconds) => await places.rest(async () => await clock.wait(milliseconds)) };
    this.polling = { until: async (...wanted) => await places.rest(async () => await poller.until(...wanted)) };
  }

  /** Nobody is to wait any more: whoever does fails with TransportError `cancelled`. */
  end(): void {
    this.ending.abort();
  }
}
