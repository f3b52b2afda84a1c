import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { HostClient, type CredentialRecord } from './client';
import { findInstalledHost, type InstalledHost } from './install';
import { Child } from './support/child';
import { hostEnvironment } from './support/environment';
import { ensurePackageInstalled, removeOutdatedPackage } from './installation/installedPackage';
import { importCredentials } from './support/importCredentials';
import { LogBuffer } from './support/logBuffer';
import { writeNpmStandIn } from './installation/npmStandIn';
import { demoOwner, type Owner } from './support/owner';
import { packPackage, type PackedPackage } from './installation/packedPackage';
import { projectRoot } from './support/paths';
import { freePort } from './support/ports';
import { HostProblem } from './support/problem';
import { waitUntilReady } from './support/rest';

/** How to start a host. Everything has a default. */
export interface HostOptions {
  /** The n8n to run; the pinned one when left out. */
  installed?: InstalledHost;
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number;
  /** Folder in which this host keeps everything and finds it again; a temporary one, removed at the end, when left out. */
  folder?: string;
  /** The built n8n node package to install; this repository when left out. */
  packageRoot?: string;
  /** Puts the package into n8n's user folder in a way of its own; n8n's installer does it when left out. */
  readonly installPackage?: (packed: PackedPackage, userFolder: string) => Promise<void>;
  /** Credentials to store before the start; each needs an id. */
  credentials?: CredentialRecord[];
  /** Further environment variables for n8n, as in `{ N8N_LOG_LEVEL: 'debug' }`. */
  environment?: Record<string, string>;
  /** How long n8n may take until it answers, in milliseconds. */
  readyWithinMs?: number;
  /** Gives up the start; the host itself is ended with `stop`. */
  signal?: AbortSignal;
}

/** A running n8n. Addresses have no slash at the end; times are in milliseconds. */
export interface Host {
  url: string;
  owner: Owner;
  /** A session of the owner. */
  client: HostClient;
  /** The package that n8n has installed. */
  package: PackedPackage;
  /** n8n's N8N_USER_FOLDER. */
  userFolder: string;
  /** File with n8n's complete output. */
  logPath: string;
  /** Time from starting n8n until it was ready to take requests. */
  readyAfterMs: number;
  /** Settles with the reason when n8n has ended, for whatever cause. */
  ended: Promise<string>;
  /** The newest lines of n8n's output, oldest first. */
  logs(): string[];
  /** Ends n8n and everything it started, and removes the temporary folder. May be called again. */
  readonly stop: () => Promise<void>;
  /** Kills n8n at once, as a crash of the machine would; its folder stays until `stop`. */
  readonly kill: () => Promise<void>;
}

/**
 * Starts the installed n8n with our package in it, installed by n8n's own installer from the packed tarball.
 * @returns the host, ready to be used
 * @throws HostProblem when n8n is not installed, the package is not built, or n8n does not come up (with its last
 *   lines); Interrupted when the signal is aborted; in every case nothing is left running
 */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const installed = options.installed ?? findInstalledHost();
  if (installed === undefined) throw new HostProblem('n8n is not installed yet: run npx tsx test/host/install.ts first.');
  const { signal, owner } = { owner: demoOwner, ...options };

  const folder = options.folder ?? mkdtempSync(path.join(os.tmpdir(), 'n8n-host-'));
  const removeFolder = () => {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const userFolder = path.join(folder, 'user');
  mkdirSync(userFolder, { recursive: true });
  const log = new LogBuffer(path.join(folder, 'n8n.log'));
  let child: Child | undefined;
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      await child?.stop(15_000);
      await log.close();
      removeFolder();
    })());

  try {
    const packed = await packPackage(options.packageRoot ?? projectRoot, path.join(folder, 'package'), signal);
    const npmFolder = path.join(folder, 'npm');
    writeNpmStandIn(npmFolder, packed);
    const { installPackage } = options;
    if (installPackage === undefined) removeOutdatedPackage(userFolder, packed);
    else await installPackage(packed, userFolder);

    const port = options.port ?? (await freePort());
    const environment = hostEnvironment({
      userFolder,
      node: installed.node,
      programFolders: [npmFolder],
      port,
      brokerPort: await freePort(),
      owner,
      extra: options.environment ?? {},
    });
    if (options.credentials !== undefined && options.credentials.length > 0) {
      await importCredentials({ ...installed, environment }, options.credentials, signal);
    }

    const startedAt = Date.now();
    const n8n = new Child({
      command: installed.node,
      args: [installed.n8n, 'start'],
      cwd: folder,
      env: environment,
      onLine: (line) => log.add(line),
    });
    child = n8n;
    const state = { hasEnded: false };
    const ended = n8n.exited.then(({ reason }) => {
      state.hasEnded = true;
      return reason;
    });
    const url = `http://127.0.0.1:${port}`;
    const withinMs = options.readyWithinMs ?? 120_000;
    if (!(await waitUntilReady(url, { withinMs, signal, giveUp: () => state.hasEnded }))) {
      const what = state.hasEnded ? `ended while starting (${await ended})` : `was not ready within ${withinMs / 1_000} s`;
      const keptLog = options.folder === undefined ? undefined : log.filePath;
      throw new HostProblem(`n8n ${what}. Its last lines:\n${log.last(15).join('\n')}`, keptLog);
    }
    const readyAfterMs = Date.now() - startedAt;
    const client = await HostClient.signIn(url, owner);
    if (installPackage === undefined) await ensurePackageInstalled(client, userFolder, packed);
    const logs = () => log.last();
    return {
      url,
      owner,
      client,
      package: packed,
      userFolder,
      logPath: log.filePath,
      readyAfterMs,
      ended,
      logs,
      stop,
      kill: async () => await n8n.kill(),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
