/** Installs the pinned n8n in a folder of its own: `tsx test/host/install.ts`. Safe to run again at any time. */
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { addonsToBuild } from './installation/addons';
import { explainInstallFailure } from './installation/installProblem';
import { takeLock } from './support/lock';
import { nodeForN8n, platform, requireSupportedMachine } from './installation/nodeRuntime';
import { NpmFailure, runNpm } from './installation/npm';
import { poll } from './support/poll';
import { HostProblem } from './support/problem';
import { checksumOf, recipeFor, writeRecipe, type Recipe } from './installation/recipe';
import { runProgram } from './support/program';
import { showProgress, spokenDuration, type Write } from './support/progress';
import { verifyInstallation } from './installation/verifyInstallation';

/** A usable n8n: the Node to run it with and n8n's command-line script, both absolute paths. */
export interface InstalledHost {
  version: string;
  directory: string;
  node: string;
  n8n: string;
}

/** What and how to install. `write` takes lines for a person; `signal` ends the work early. */
export interface InstallOptions {
  /** The pinned n8n when left out. */
  recipe?: Recipe;
  write?: Write;
  signal?: AbortSignal;
}

/** How far an installation has come. It lives inside node_modules, which goes when it is begun afresh. */
interface Stamp {
  recipe: string;
  platform: string;
  complete: boolean;
}

/** Free space to start with, in bytes: 3 GB in node_modules and what npm keeps in its cache. */
const neededBytes = 5e9;

const stampPath = (directory: string) => path.join(directory, 'node_modules', '.host-stamp.json');

/** The stamp that a complete installation of the recipe has. */
const wantedStamp = (recipe: Recipe): Stamp => ({ recipe: checksumOf(recipe), platform, complete: true });

/** How far the installation of this recipe has come. */
function progressOf(recipe: Recipe): 'nothing' | 'downloaded' | 'complete' {
  const file = stampPath(recipe.directory);
  if (!existsSync(file)) return 'nothing';
  const wanted = wantedStamp(recipe);
  const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<Stamp>;
  if (found.recipe !== wanted.recipe || found.platform !== wanted.platform) return 'nothing';
  return found.complete === true ? 'complete' : 'downloaded';
}

function usable({ version, directory, nodeMajor }: Recipe): InstalledHost {
  return {
    version,
    directory,
    node: nodeForN8n(directory, nodeMajor),
    n8n: path.join(directory, 'node_modules', 'n8n', 'bin', 'n8n'),
  };
}

/**
 * An n8n that is already installed.
 * @returns what to run, or undefined when it is not installed, or not completely, or from another recipe
 */
export function findInstalledHost(recipe = recipeFor()): InstalledHost | undefined {
  return progressOf(recipe) === 'complete' ? usable(recipe) : undefined;
}

/** Downloads, compiles and checks. Every step leaves the folder in a state from which the next run goes on. */
async function installSteps(recipe: Recipe, write: Write, signal: AbortSignal | undefined): Promise<void> {
  const { directory } = recipe;
  const logPath = path.join(directory, 'install.log');
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
    if (progressOf(recipe) === 'nothing') {
      requireFreeSpace(directory);
      // A lockfile of another recipe would be taken for this one's.
      for (const name of ['node_modules', 'package-lock.json']) rmSync(path.join(directory, name), { recursive: true, force: true });
      writeRecipe(recipe);
      // npm ci alone takes four minutes to notice that there is no network.
      await step(
        () => 'asking the npm registry for n8n',
        () => npm(['view', 'n8n', 'version', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000']),
      );
      await step(
        () => `downloading and unpacking n8n (${fetched} answers from the registry so far)`,
        () =>
          npm([
            recipe.command,
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
      writeFileSync(stampPath(directory), JSON.stringify({ ...wantedStamp(recipe), complete: false }));
    }
    const missing = addonsToBuild(directory);
    if (missing.length > 0) {
      await step(
        () => `compiling ${missing.join(' and ')}`,
        () => npm(['rebuild', '--ignore-scripts=false', '--foreground-scripts', ...missing], usable(recipe).node),
      );
    }
    await step(
      () => 'checking that n8n starts',
      () => verifyInstallation(usable(recipe), logPath, signal),
    );
  } catch (error) {
    throw error instanceof NpmFailure ? explainInstallFailure(error, logPath) : error;
  } finally {
    log.end();
  }
  writeFileSync(stampPath(directory), JSON.stringify(wantedStamp(recipe)));
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
 * Makes sure that an n8n is installed. Costs nothing when it is; takes minutes the first time; goes on where
 * an earlier run was interrupted.
 * @throws HostProblem with one sentence saying what to do; Interrupted when the signal is aborted
 */
export async function installHost(options: InstallOptions = {}): Promise<InstalledHost> {
  const { recipe = recipeFor(), write = () => {}, signal } = options;
  const { directory } = recipe;
  requireSupportedMachine();
  const found = findInstalledHost(recipe);
  if (found !== undefined) return found;

  mkdirSync(directory, { recursive: true });
  let told = false;
  const lock = await poll(
    async () => {
      const taken = takeLock(path.join(directory, 'install.lock'));
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
    if (progressOf(recipe) !== 'complete') {
      const startedAt = Date.now();
      write(
        progressOf(recipe) === 'downloaded'
          ? 'Finishing the installation of n8n: one or two minutes are left.'
          : `Installing n8n ${recipe.version} and Node ${recipe.nodeMajor} for it in ${directory}: about 3 GB and four to eight minutes, this first time only.`,
      );
      await installSteps(recipe, write, signal);
      write(`n8n is installed (${spokenDuration(Date.now() - startedAt)}).`);
    }
  } finally {
    lock.release();
  }
  return usable(recipe);
}

if (require.main === module) {
  void runProgram(async (signal) => {
    await installHost({ write: (line) => console.log(line), signal });
  });
}
