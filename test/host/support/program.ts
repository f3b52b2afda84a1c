import { describeProblem, Interrupted } from './problem';

/** How often to look whether npm's shell is still there, in milliseconds. */
const parentCheckMs = 500;

/**
 * Calls back when the shell through which npm runs us is gone. npm passes a SIGTERM on to that shell only, which dies
 * of it without a word to us; without this, we and all we started would live on unseen.
 */
function watchNpmShell(onGone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && onGone(), parentCheckMs).unref();
}

/**
 * Runs the body of a command-line program. Ctrl-C (SIGINT), SIGTERM, SIGHUP and the end of npm's shell abort the
 * signal that the body gets, and the body ends what it started; a problem becomes one sentence and exit code 1, an interruption exit code 130.
 * @param body the program; returns when all is done and nothing it started is left
 */
export async function runProgram(body: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort());
  }
  watchNpmShell(() => controller.abort());
  try {
    await body(controller.signal);
    process.exitCode = 0;
  } catch (error) {
    if (error instanceof Interrupted) {
      process.exitCode = 130;
      console.error('Interrupted; nothing was left running.');
    } else {
      process.exitCode = 1;
      console.error(`\n${describeProblem(error)}`);
    }
  }
  process.exit();
}
