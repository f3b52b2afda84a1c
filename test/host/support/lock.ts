import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The system's code of an error, as in EEXIST. Not by `instanceof`: the test runner's Error is not the system's. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** True when a process with this id is running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to someone else.
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Takes a lock that only one process of this machine holds at a time. The lock of a process that is gone counts for
 * nothing, so that a crash never locks anybody out.
 * @param file the lock; holds the id of the process that took it
 * @returns `release` when the lock is ours, else `heldBy`: the id of the process that holds it
 */
export function takeLock(file: string): { release(): void } | { heldBy: number } {
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder !== process.pid && Number.isInteger(holder) && holder > 0 && isRunning(holder)) return { heldBy: holder };
    rmSync(file, { force: true });
  }
}
