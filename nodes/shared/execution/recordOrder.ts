import { untilCancelled } from '../transport/wait';

/** The last task on each record, of all runs of this process. Forgotten with its end. */
const lastTasks = new Map<string, Promise<unknown>>();
/** Those who want to know of every task that begins. */
const watchers = new Set<RecordWatcher>();

/** Hears of a record that something is about to be done to. */
export type RecordWatcher = (key: string, owner: unknown) => void;

/**
 * Runs a task after all earlier ones with the same key, be they of this run or of another one of this process: Campaign has no lock,
 * so two runs that look for one new record at the same moment would both create it. Of one run, the last item wins.
 *
 * @param key tells records of all organizations apart
 * @param signal ends the waiting when the workflow is stopped
 * @param owner the run, for those who watch what others do
 * @throws TransportError `cancelled` when it is stopped before the task began, or whatever the task throws
 */
export async function inRecordOrder<Result>(
  key: string,
  task: () => Promise<Result>,
  signal?: AbortSignal,
  owner?: unknown,
): Promise<Result> {
  for (const watcher of watchers) watcher(key, owner);
  const earlier = lastTasks.get(key);
  const result = earlier ? untilCancelled(earlier, signal).then(task) : task();
  // Who gave up waiting holds nobody else up, and lets nobody pass those before either.
  const end = Promise.allSettled([earlier, result]);
  lastTasks.set(key, end);
  try {
    return await result;
  } finally {
    void end.then(() => {
      if (lastTasks.get(key) === end) lastTasks.delete(key);
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
