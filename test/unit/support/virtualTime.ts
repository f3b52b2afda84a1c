import { cancelled } from '../../../nodes/shared/transport/wait';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Real milliseconds in which nothing happens before that is an error: a turn of the event loop on a busy machine. */
const MOST_IDLE_TURNS = 2000;

/** A clock that stands still while anybody works and then jumps to the next alarm: hours pass in milliseconds. */
export class VirtualTime {
  private milliseconds = 0;
  private readonly alarms: Alarm[] = [];

  /** ms since the beginning. */
  readonly now = (): number => this.milliseconds;

  /** As `wait` of the package, in this time. */
  readonly wait = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
      this.schedule({ at: this.milliseconds + Math.max(0, milliseconds), ring: resolve });
    });
  };

  /** Lets time pass until `work` is done, which may also wait for real things, a while. @throws Error when those never come */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    const state = { isDone: false };
    const end = (): void => {
      state.isDone = true;
    };
    work.then(end, end);
    for (let idle = 0; ;) {
      // Everybody who can go on without time passing does so first.
      await new Promise((resolve) => setImmediate(resolve));
      if (state.isDone) return await work;
      const next = this.alarms.shift();
      if (!next) {
        idle += 1;
        if (idle > MOST_IDLE_TURNS) throw new Error(`Nothing more happens after ${this.milliseconds} ms`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      idle = 0;
      this.milliseconds = next.at;
      next.ring();
    }
  }

  /** Keeps the alarms in order; those of one moment ring in the order in which they were set. */
  private schedule(alarm: Alarm): void {
    let low = 0;
    let high = this.alarms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.alarms[middle]?.at ?? 0) <= alarm.at) low = middle + 1;
      else high = middle;
    }
    this.alarms.splice(low, 0, alarm);
  }
}
