import { untilCancelled } from '../transport/wait';

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
export async function inRecordOrder<Result>(
  keys: readonly string[],
  task: () => Promise<Result>,
  signal?: AbortSignal,
  owner?: unknown,
): Promise<Result> {
  for (const watcher of watchers) for (const key of keys) watcher(key, owner);
  const earlier = keys.flatMap((key) => lastTasks.get(key) ?? []);
  const result = earlier.length > 0 ? untilCancelled(Promise.all(earlier), signal).then(task) : task();
  // Who gave up waiting holds nobody else up, and lets nobody pass those before either.
  const end = Promise.allSettled([...earlier, result]);
  for (const key of keys) lastTasks.set(key, end);
  try {
    return await result;
  } finally {
    void end.then(() => {
      for (const key of keys) if (lastTasks.get(key) === end) lastTasks.delete(key);
    });
  }
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

/** How many records are being worked on, or waited for. */
export function recordsInOrder(): number {
  return lastTasks.size;
}
