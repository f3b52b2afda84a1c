import { existsSync } from 'node:fs';
import path from 'node:path';

import { runToEnd } from '../support/child';

/** A run of npm that ended badly. */
export class NpmFailure extends Error {
  override readonly name = 'NpmFailure';

  /**
   * @param command the subcommand, as in `ci`
   * @param output everything npm printed
   */
  constructor(
    readonly command: string,
    readonly output: string,
  ) {
    super(`npm ${command} failed.`);
  }
}

/** How to run npm. `node` is the Node that npm and the scripts it runs use; the current one when left out. */
export interface NpmOptions {
  args: string[];
  cwd: string;
  node?: string;
  signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Every folder that programs are looked up in. */
function searchPath(): string[] {
  return (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
}

/**
 * The real npm as a command to start: npm's own script when npm started us (so it is the very same npm), else the
 * first npm on the PATH.
 * @param node the Node to run npm's script with
 * @returns program and leading arguments
 */
export function npmCommand(node = process.execPath): [string, ...string[]] {
  const script = process.env.npm_execpath;
  if (script !== undefined && path.basename(script) === 'npm-cli.js' && existsSync(script)) return [node, script];
  const found = searchPath()
    .map((folder) => path.join(folder, 'npm'))
    .find((candidate) => existsSync(candidate));
  return [found ?? 'npm'];
}

/**
 * Runs npm to its end.
 * @returns everything it printed
 * @throws NpmFailure when it ends with another code than 0; Interrupted when the signal is aborted first
 */
export async function runNpm(options: NpmOptions): Promise<string> {
  const node = options.node ?? process.execPath;
  const [command, ...leading] = npmCommand(node);
  const { exit, lines } = await runToEnd({
    command,
    args: [...leading, ...options.args],
    cwd: options.cwd,
    env: { ...process.env, PATH: [path.dirname(node), ...searchPath()].join(path.delimiter) },
    signal: options.signal,
    onLine: options.onLine,
  });
  const output = lines.join('\n');
  if (exit.code !== 0) throw new NpmFailure(options.args[0] ?? '', `${output}\n${exit.reason}`);
  return output;
}
