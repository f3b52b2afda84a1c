import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { startHost, type Host, type HostOptions } from '../host/host';
import { findInstalledHost } from '../host/install';
import { Child } from '../host/support/child';
import { hostEnvironment } from '../host/support/environment';
import { LogBuffer } from '../host/support/logBuffer';
import { demoOwner } from '../host/support/owner';
import { poll } from '../host/support/poll';
import { freePort } from '../host/support/ports';
import { HostProblem } from '../host/support/problem';
import { queueEnvironment } from './environment';
import { findQueuePrograms } from './programs';
import { writeSecrets } from './secrets';
import { removePostgres, startPostgres, startRedis, type Service } from './services';

/** How to start n8n in queue mode. Everything else is as in `startHost`. */
export interface QueueHostOptions extends Pick<HostOptions, 'port' | 'folder' | 'credentials' | 'signal' | 'environment'> {
  workers: number;
  /** Executions that a worker runs at a time. */
  concurrency?: number;
}

/** A worker process. */
export interface Worker {
  name: string;
  logs(): string[];
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** n8n in queue mode on this machine. */
export interface QueueHost {
  main: Host;
  workers: Worker[];
  redis: Service;
  /** Starts one more worker and waits until it takes executions. */
  addWorker(): Promise<Worker>;
  /** Ends everything that was started, workers first. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts Redis, PostgreSQL, n8n main and workers, with the environment of deploy/queue/compose.yaml. Main and workers share the
 * folder in which the package is installed, as containers share an image.
 * @throws HostProblem when a program is missing or something does not come up; nothing is left running
 */
export async function startQueueHost(options: QueueHostOptions): Promise<QueueHost> {
  const programs = findQueuePrograms();
  const folder = options.folder ?? mkdtempSync(path.join(os.tmpdir(), 'n8n-queue-'));
  mkdirSync(folder, { recursive: true });
  const { signal } = options;
  const toStop: Array<() => Promise<void>> = [];
  const stop = async (): Promise<void> => {
    for (const end of toStop.splice(0).reverse()) await end();
    if (options.folder !== undefined) return;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    removePostgres(folder);
  };
  try {
    const secretsFolder = path.join(folder, 'secrets');
    const secrets = writeSecrets(secretsFolder);
    const [redis, postgres] = await Promise.all([
      startRedis(programs, { folder: path.join(folder, 'redis'), password: secrets.redis_password, signal }),
      startPostgres(programs, { folder, password: secrets.postgres_password, signal }),
    ]);
    toStop.push(redis.stop, postgres.stop);
    const environment = { ...queueEnvironment({ postgres: postgres.port, redis: redis.port }, secretsFolder), ...options.environment };
    const { port, credentials } = options;
    const main = await startHost({ port, credentials, signal, folder, environment, readyWithinMs: 300_000 });
    toStop.push(main.stop);

    const workers: Worker[] = [];
    let begun = 0;
    const addWorker = async (): Promise<Worker> => {
      const { concurrency } = options;
      const worker = await startWorker({ folder, environment, name: `worker-${(begun += 1)}`, concurrency, signal });
      workers.push(worker);
      toStop.push(worker.stop);
      return worker;
    };
    const added = await Promise.allSettled(Array.from({ length: options.workers }, addWorker));
    const failure = added.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    return { main, workers, redis, addWorker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface WorkerOptions {
  folder: string;
  environment: Record<string, string>;
  name: string;
  concurrency?: number;
  signal?: AbortSignal;
}

async function startWorker(options: WorkerOptions): Promise<Worker & { readonly stop: () => Promise<void> }> {
  const installed = findInstalledHost();
  if (installed === undefined) throw new HostProblem('n8n is not installed yet: run npx tsx test/host/install.ts first.');
  const { folder, name, concurrency = 10, signal } = options;
  const port = await freePort();
  const log = new LogBuffer(path.join(folder, `${name}.log`));
  const child = new Child({
    command: installed.node,
    args: [installed.n8n, 'worker', `--concurrency=${concurrency}`],
    cwd: folder,
    env: hostEnvironment({
      userFolder: path.join(folder, 'user'),
      node: installed.node,
      programFolders: [path.join(folder, 'npm')],
      port,
      brokerPort: await freePort(),
      owner: demoOwner,
      extra: { ...options.environment, QUEUE_HEALTH_CHECK_PORT: String(port) },
    }),
    onLine: (line) => log.add(line),
  });
  let hasEnded = false;
  void child.exited.then(() => (hasEnded = true));
  const stop = async (): Promise<void> => {
    await child.stop(15_000);
    await log.close();
  };
  const isReady = await poll(
    async () => {
      if (hasEnded) return false;
      const answer = await fetch(`http://127.0.0.1:${port}/healthz/readiness`).catch(() => undefined);
      return answer?.ok === true ? true : undefined;
    },
    { withinMs: 300_000, signal },
  ).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  if (isReady !== true) {
    await stop();
    throw new HostProblem(`${name} did not start. Its last lines:\n${log.last(10).join('\n')}`);
  }
  return { name, logs: () => log.last(), kill: async () => await child.kill(), stop };
}
