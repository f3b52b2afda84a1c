/** Installs the pinned n8n next to this file: `tsx test/host/install.ts`. Safe to run again at any time. */
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { explainInstallFailure } from './support/installProblem';
import { takeLock } from './support/lock';
import { nodeForN8n, platform, requireSupportedMachine } from './support/nodeRuntime';
import { NpmFailure, runNpm } from './support/npm';
import { hostDirectory, stateDirectory } from './support/paths';
import { poll } from './support/poll';
import { HostProblem } from './support/problem';
import { runProgram } from './support/program';
import { showProgress, spokenDuration, type Write } from './support/progress';
import { verifyInstallation } from './support/verifyInstallation';

/** A usable n8n: the Node to run it with and n8n's command-line script, both absolute paths. */
export interface InstalledHost {
  directory: string;
  node: string;
  n8n: string;
}

/** Where and how to install. `write` takes lines for a person; `signal` ends the work early. */
export interface InstallOptions {
  directory?: string;
  write?: Write;
  signal?: AbortSignal;
}

/** How far an installation has come. It lives inside node_modules, which `npm ci` deletes when it starts afresh. */
interface Stamp {
  lockfile: string;
  platform: string;
  complete: boolean;
}

/** Free space to start with, in bytes: 3 GB in node_modules and what npm keeps in its cache. */
const neededBytes = 5e9;

const stampPath = (directory: string) => path.join(directory, 'node_modules', '.host-stamp.json');

/** The stamp that a complete installation of the lockfile as it is now has. */
function wantedStamp(directory: string): Stamp {
  const lockfile = createHash('sha256')
    .update(readFileSync(path.join(directory, 'package-lock.json')))
    .digest('hex');
  return { lockfile, platform, complete: true };
}

/** How far the installation in this folder has come with the lockfile as it is now. */
function progressOf(directory: string): 'nothing' | 'downloaded' | 'complete' {
  if (!existsSync(stampPath(directory))) return 'nothing';
  const wanted = wantedStamp(directory);
  const found = JSON.parse(readFileSync(stampPath(directory), 'utf8')) as Partial<Stamp>;
  if (found.lockfile !== wanted.lockfile || found.platform !== wanted.platform) return 'nothing';
  return found.complete === true ? 'complete' : 'downloaded';
}

function usable(directory: string): InstalledHost {
  return {
    directory,
    node: nodeForN8n(directory),
    n8n: path.join(directory, 'node_modules', 'n8n', 'bin', 'n8n'),
  };
}

/**
 * The n8n that is already installed.
 * @returns what to run, or undefined when it is not installed, or not completely, or for another lockfile
 */
export function findInstalledHost(directory = hostDirectory): InstalledHost | undefined {
  return progressOf(directory) === 'complete' ? usable(directory) : undefined;
}

/** Downloads, compiles and checks. Every step leaves the folder in a state from which the next run goes on. */
async function installSteps(directory: string, write: Write, signal: AbortSignal | undefined): Promise<void> {
  const logPath = path.join(stateDirectory, 'install.log');
  const log = createWriteStream(logPath);
  let fetched = 0;
  const npm = (args: string[], node?: string) =>
    runNpm({
      args,
      cwd: directory,
      node,
      signal,
      onLine: (line) => {
        log.write(`${line}\n`);
        if (line.startsWith('npm http fetch GET 200')) fetched += 1;
      },
    });
  const step = async (doing: () => string, work: () => Promise<unknown>) => {
    const done = showProgress(write, doing);
    try {
      await work();
    } finally {
      done();
    }
  };
  try {
    if (progressOf(directory) === 'nothing') {
      requireFreeSpace(directory);
      // npm ci alone takes four minutes to notice that there is no network.
      await step(
        () => 'asking the npm registry for n8n',
        () => npm(['view', 'n8n', 'version', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000']),
      );
      await step(
        () => `downloading and unpacking n8n (${fetched} answers from the registry so far)`,
        () =>
          npm([
            'ci',
            // A Kafka client that n8n depends on has an install script that fails without a compiler or a download.
            '--ignore-scripts',
            '--include=optional',
            '--engine-strict=false',
            '--prefer-offline',
            '--no-audit',
            '--no-fund',
            '--loglevel=http',
          ]),
      );
      writeFileSync(stampPath(directory), JSON.stringify({ ...wantedStamp(directory), complete: false }));
    }
    await step(
      () => 'compiling the database driver',
      () => npm(['rebuild', '--ignore-scripts=false', '--foreground-scripts', ...addonsToBuild(directory)], nodeForN8n(directory)),
    );
    await step(
      () => 'checking that n8n starts',
      () => verifyInstallation(usable(directory), logPath, signal),
    );
  } catch (error) {
    throw error instanceof NpmFailure ? explainInstallFailure(error, logPath) : error;
  } finally {
    log.end();
  }
  writeFileSync(stampPath(directory), JSON.stringify(wantedStamp(directory)));
}

/** Native modules whose install script must run: the database driver, and isolated-vm where it brings no binary. */
function addonsToBuild(directory: string): string[] {
  const prebuilt = existsSync(path.join(directory, 'node_modules', 'isolated-vm', 'prebuilds', platform));
  return prebuilt ? ['sqlite3'] : ['sqlite3', 'isolated-vm'];
}

function requireFreeSpace(directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  if (free < neededBytes) {
    throw new HostProblem(
      `The n8n for this package needs about ${neededBytes / 1e9} GB on the disk of ${directory}, and ${(free / 1e9).toFixed(1)} GB are free: make room and start again.`,
    );
  }
}

/**
 * Makes sure that the pinned n8n is installed. Costs nothing when it is; takes minutes the first time; goes on where
 * an earlier run was interrupted.
 * @throws HostProblem with one sentence saying what to do; Interrupted when the signal is aborted
 */
export async function installHost(options: InstallOptions = {}): Promise<InstalledHost> {
  const { directory = hostDirectory, write = () => {}, signal } = options;
  requireSupportedMachine();
  const found = findInstalledHost(directory);
  if (found !== undefined) return found;

  mkdirSync(stateDirectory, { recursive: true });
  let told = false;
  const lock = await poll(
    async () => {
      const taken = takeLock(path.join(stateDirectory, 'install.lock'));
      if ('release' in taken) return taken;
      if (!told) write(`Another installation is under way (process ${taken.heldBy}); waiting for it to end.`);
      told = true;
      return undefined;
    },
    { withinMs: 30 * 60_000, everyMs: 500, signal },
  );
  if (lock === undefined) throw new HostProblem('Another installation of n8n has been running for half an hour: end it and start again.');
  try {
    // Whoever held the lock may have done all the work.
    if (progressOf(directory) !== 'complete') {
      const startedAt = Date.now();
      write(
        progressOf(directory) === 'downloaded'
          ? 'Finishing the installation of n8n: one or two minutes are left.'
          : 'Installing n8n 2.41.1 and Node 24 for it: about 3 GB and four to eight minutes, this first time only.',
      );
      await installSteps(directory, write, signal);
      write(`n8n is installed (${spokenDuration(Date.now() - startedAt)}).`);
    }
  } finally {
    lock.release();
  }
  return usable(directory);
}

if (require.main === module) {
  void runProgram(async (signal) => {
    await installHost({ write: (line) => console.log(line), signal });
  });
}
