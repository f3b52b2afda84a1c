import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

import { dropGroup, guardGroup } from './guard';
import { Interrupted } from './problem';

/** A program to run. `onLine` gets each line of its output, standard error included. */
export interface ChildOptions {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Another person to run it as; only root may choose one. */
  user?: { uid: number; gid: number };
  readonly onLine: (line: string) => void;
}

/** How a program ended: its exit code, or null when a signal ended it or it could not be started. */
export interface ChildExit {
  code: number | null;
  reason: string;
}

/** Sends a signal to a whole process group. A group that is gone is what we wanted, so that is no error. */
function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal);
  } catch {
    // ESRCH: nobody left in it.
  }
}

/**
 * A program in a process group of its own, so that it can be ended together with everything it has started, and so
 * that Ctrl-C on the terminal reaches only us and we decide the order in which things end. None outlives us.
 */
export class Child {
  /** Settles when the program has ended; never rejects. */
  readonly exited: Promise<ChildExit>;

  readonly pid: number | undefined;

  private ended = false;

  constructor(options: ChildOptions) {
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      ...options.user,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = child.pid;
    if (child.pid !== undefined) guardGroup(child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', options.onLine);
    }
    this.exited = this.watch(child);
  }

  /**
   * Ends the program and everything in its process group: asks first, insists after the grace period.
   * @param graceMs how long it may take to end in good order, in milliseconds
   */
  async stop(graceMs: number): Promise<void> {
    if (this.ended || this.pid === undefined) return;
    signalGroup(this.pid, 'SIGTERM');
    const insist = setTimeout(() => {
      if (this.pid !== undefined) signalGroup(this.pid, 'SIGKILL');
    }, graceMs);
    await this.exited;
    clearTimeout(insist);
  }

  /** Kills the program and everything in its process group at once, as a crash of the machine would. */
  async kill(): Promise<void> {
    if (this.ended || this.pid === undefined) return;
    signalGroup(this.pid, 'SIGKILL');
    await this.exited;
  }

  private watch(child: ChildProcess): Promise<ChildExit> {
    return new Promise((resolve) => {
      const finish = (exit: ChildExit) => {
        if (this.ended) return;
        this.ended = true;
        if (child.pid !== undefined) dropGroup(child.pid);
        resolve(exit);
      };
      child.once('error', (error) => finish({ code: null, reason: error.message }));
      child.once('exit', (code, signal) => {
        // A grandchild that keeps the pipes open would delay `close`, and with it the last lines of output, for ever.
        if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
        child.once('close', () => finish({ code, reason: signal ? `signal ${signal}` : `exit code ${code}` }));
      });
    });
  }
}

/** A program to run to its end; `signal` ends it early. */
export interface RunOptions extends Omit<ChildOptions, 'onLine'> {
  signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end.
 * @returns how it ended, and the lines it printed
 * @throws Interrupted when the signal is aborted first; by then the program is gone
 */
export async function runToEnd(options: RunOptions): Promise<{ exit: ChildExit; lines: string[] }> {
  const { signal, onLine, ...rest } = options;
  if (signal?.aborted) throw new Interrupted();
  const lines: string[] = [];
  const child = new Child({
    ...rest,
    onLine: (line) => {
      lines.push(line);
      onLine?.(line);
    },
  });
  const interrupt = () => void child.stop(5_000);
  signal?.addEventListener('abort', interrupt, { once: true });
  const exit = await child.exited;
  signal?.removeEventListener('abort', interrupt);
  if (signal?.aborted) throw new Interrupted();
  return { exit, lines };
}
