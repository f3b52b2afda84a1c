import type { Places } from './workers';
import { cancelled, untilCancelled } from '../transport/wait';

/** The last task on each record, of all runs of this process. Forgotten with its end. */
const lastTasks = new Map<string, Promise<unknown>>();
/** Those who want to know of every task that begins. */
const watchers = new Set<RecordWatcher>();

/** Hears of a record that something is about to be done to. */
export type RecordWatcher = (key: string, owner: unknown) => void;

/**
 * Runs a task after all earlier ones that share a key with it, be they of this run or of another one of this process: Campaign has no
 * lock, so two runs that look for one new record at the same moment would both create it. Of one run, the last item wins.
 *
 * @param keys tell records of all organizations apart; one record may be known by several. They are taken together, so that two tasks
 *   never wait for each other
 * @param signal ends the waiting when the workflow is stopped
 * @param owner the run, for those who watch what others do
 * @throws TransportError `cancelled` when it is stopped before the task began, or whatever the task throws
 */
export function inRecordOrder<Result>(
  keys: readonly string[],
  task: () => Promise<Result>,
  signal?: AbortSignal,
  owner?: unknown,
): Promise<Result> {
  const earlier: Array<Promise<unknown>> = [];
  for (const key of keys) {
    for (const watcher of watchers) watcher(key, owner);
    const last = lastTasks.get(key);
    if (last) earlier.push(last);
  }
  const result =
    earlier.length > 0 ? untilCancelled(Promise.all(earlier), signal).then(async () => await unlessStopped(task, signal)) : task();
  // Who gave up waiting holds nobody else up, and lets nobody pass those before either.
  const forget = (): void => {
    for (const key of keys) if (lastTasks.get(key) === end) lastTasks.delete(key);
  };
  const end: Promise<void> = earlier.length > 0 ? Promise.allSettled([...earlier, result]).then(forget) : result.then(forget, forget);
  for (const key of keys) lastTasks.set(key, end);
  return result;
}

/** @throws TransportError `cancelled`: what its turn comes for too late is not begun any more */
async function unlessStopped<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal?.aborted) throw cancelled();
  return await task();
}

/**
 * Tells of everything that is done to records from now on, and of what is under way.
 *
 * @returns what ends it
 */
export function watchRecords(watcher: RecordWatcher): () => void {
  for (const key of lastTasks.keys()) watcher(key, undefined);
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** How many records are being worked on or waited for, and how many watch them: neither may stay behind after a run. */
export function recordsInOrder(): { readonly records: number; readonly watchers: number } {
  return { records: lastTasks.size, watchers: watchers.size };
}

/** So many items may wait for others, or for what is done for all, without holding a place. */
const MOST_QUEUED = 1000;

/** Tasks of one run that keep the order of its items. Whoever waits gives its place to others. */
export class Queues {
  private readonly last = new Map<string, Promise<unknown>>();
  /** How many items wait without a place. */
  private queued = 0;

  constructor(
    private readonly places: Pick<Places, 'rest'>,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Runs `task` after all earlier tasks with the same `key`, so that the last item wins, as it would one by one. */
  async inOrder<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const earlier = this.last.get(key);
    const result = earlier ? this.after(earlier, task) : task();
    this.last.set(key, result);
    try {
      return await result;
    } finally {
      if (this.last.get(key) === result) this.last.delete(key);
    }
  }

  /** Where very many wait for one, the last of them keep their places: what they hold in memory is bounded by that. */
  private async after<Result>(earlier: Promise<unknown>, task: () => Promise<Result>): Promise<Result> {
    await this.restUntil(Promise.allSettled([earlier]));
    return await unlessStopped(task, this.signal);
  }

  /** @param event never rejects */
  async restUntil(event: Promise<unknown>): Promise<void> {
    if (this.queued >= MOST_QUEUED) {
      await event;
      return;
    }
    this.queued += 1;
    try {
      await this.places.rest(async () => await event);
    } finally {
      this.queued -= 1;
    }
  }
}

/** Whether an item that waits for earlier ones has come to its turn: until then nothing was done for it. */
export class Turn {
  private hasCome: boolean | undefined;

  get isAwaited(): boolean {
    return this.hasCome === false;
  }

  /** @returns the task, which notes its beginning */
  of<Result>(task: () => Promise<Result>): () => Promise<Result> {
    this.hasCome ??= false;
    return () => {
      this.hasCome = true;
      return task();
    };
  }
}
