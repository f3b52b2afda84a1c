import type { Clock } from '../../transport/clock';
import { pollUntil, type Patience, type Polled, type Polling } from './pollUntil';

/** How often it is looked who is due, in ms. */
const TICK_MS = 100;
/** The first gap between two looks, in ms, where Poll Interval is no shorter; from there it grows with the age. */
const FIRST_GAP_MS = 1_000;
const LONGEST_GAP_MS = 30_000;
/** Looks under way at a time: those who still send go first. */
const LOOKS_AT_A_TIME = 8;
/** One in so many of a group is looked at; where it has got no further, the others have hardly. */
const GROUP_SHARE = 8;
/** Nobody is left out more often than this in a row. */
const MOST_LEFT_OUT = 3;

/** Something that is waited for. */
interface Watch {
  readonly group: string;
  readonly startedAt: number;
  readonly deadline: number;
  readonly interval: number;
  dueAt: number;
  leftOut: number;
  /** Whether it was looked at earlier because another one of its group was done. */
  isHastened: boolean;
  /** Looks; tells whether it was what was waited for. */
  readonly look: () => Promise<boolean>;
  readonly fail: (error: unknown) => void;
}

/**
 * Looks for all who wait for Campaign in one run: often while they are young, seldom when they are old, and of many that were sent
 * at about the same time only at some, until one of them has come to its end.
 */
export class Poller implements Polling {
  private readonly watches = new Set<Watch>();
  private isRunning = false;

  /** @param clock its waits end when the workflow is stopped, and with them all that is waited for */
  constructor(private readonly clock: Clock) {}

  /**
   * Waits until the value is what is wanted. The last look is at the deadline.
   *
   * @param group what those have in common that Campaign gets done in turn, e.g. the event; undefined looks alone, and at once
   * @throws what `look` throws, and TransportError `cancelled` when the workflow is stopped
   */
  async until<Value>(
    patience: Patience,
    look: () => Promise<Value>,
    isWanted: (value: Value) => boolean,
    group?: string,
  ): Promise<Polled<Value>> {
    if (group === undefined) return await pollUntil(this.clock, patience, look, isWanted);
    return await new Promise<Polled<Value>>((resolve, fail) => {
      const startedAt = this.clock.now();
      const deadline = startedAt + patience.deadlineMilliseconds;
      const interval = patience.intervalMilliseconds;
      const watch: Watch = {
        group,
        startedAt,
        deadline,
        interval,
        dueAt: Math.min(deadline, startedAt + gapAt(0, interval)),
        leftOut: 0,
        isHastened: false,
        fail,
        look: async () => {
          // Before the answer: what is looked at in time is not to be looked at again.
          const isLast = this.clock.now() >= deadline;
          const value = await look();
          const isReached = isWanted(value);
          if (isReached || isLast) resolve({ value, isReached });
          if (isReached || isLast) this.watches.delete(watch);
          return isReached;
        },
      };
      this.watches.add(watch);
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.watches.size > 0) {
        await this.clock.wait(TICK_MS);
        await this.lookAround(this.clock.now());
      }
    } catch (error) {
      for (const { fail } of this.watches) fail(error);
      this.watches.clear();
    } finally {
      this.isRunning = false;
    }
  }

  private async lookAround(now: number): Promise<void> {
    const groups = new Map<string, Watch[]>();
    for (const watch of this.watches) {
      if (watch.dueAt > now) continue;
      const due = groups.get(watch.group);
      if (due) due.push(watch);
      else groups.set(watch.group, [watch]);
    }
    for (const [group, due] of groups) {
      // Whoever was left out longest goes first, then the oldest.
      due.sort((left, right) => right.leftOut - left.leftOut || left.startedAt - right.startedAt);
      const must = due.filter(({ leftOut, deadline }) => leftOut >= MOST_LEFT_OUT || deadline <= now).length;
      const sample = due.slice(0, Math.max(must, Math.ceil(due.length / GROUP_SHARE)));
      const others = due.slice(sample.length);
      const age = await this.lookAtAll(sample);
      if (age !== undefined || others.some(({ deadline }) => deadline <= now)) await this.lookAtAll(others);
      else for (const watch of others) this.leaveOut(watch);
      if (age !== undefined) this.hasten(group, age);
    }
  }

  /** One of a group was done at an age: the others are looked at when they come to that age, once. */
  private hasten(group: string, age: number): void {
    for (const watch of this.watches) {
      if (watch.group !== group || watch.isHastened) continue;
      watch.isHastened = true;
      watch.leftOut = MOST_LEFT_OUT;
      watch.dueAt = Math.min(watch.dueAt, watch.startedAt + age);
    }
  }

  /** @returns the age of one of them that was what was waited for */
  private async lookAtAll(watches: readonly Watch[]): Promise<number | undefined> {
    let next = 0;
    let age: number | undefined;
    const lookOn = async (): Promise<void> => {
      for (let watch = watches[next++]; watch; watch = watches[next++]) {
        watch.leftOut = 0;
        if (await this.lookAt(watch)) age ??= this.clock.now() - watch.startedAt;
      }
    };
    await Promise.all(Array.from({ length: LOOKS_AT_A_TIME }, lookOn));
    return age;
  }

  private async lookAt(watch: Watch): Promise<boolean> {
    try {
      return await watch.look();
    } catch (error) {
      this.watches.delete(watch);
      watch.fail(error);
      return false;
    } finally {
      this.postpone(watch);
    }
  }

  private leaveOut(watch: Watch): void {
    watch.leftOut += 1;
    this.postpone(watch);
  }

  private postpone(watch: Watch): void {
    const now = this.clock.now();
    watch.dueAt = Math.min(watch.deadline, now + gapAt(now - watch.startedAt, watch.interval));
  }
}

/** Time to the next look at something of an age: a second or a third of its age at first, then the interval, then a quarter of its age. */
function gapAt(age: number, interval: number): number {
  const young = Math.max(Math.min(FIRST_GAP_MS, interval), age / 3);
  return young < interval ? young : Math.max(interval, Math.min(LONGEST_GAP_MS, age / 4));
}
