import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { Child, runToEnd } from '../host/support/child';
import { LogBuffer } from '../host/support/logBuffer';
import { poll } from '../host/support/poll';
import { freePort } from '../host/support/ports';
import { HostProblem } from '../host/support/problem';
import { postgresUser, type QueuePrograms } from './programs';

/** A program that n8n's queue mode needs, on loopback. */
export interface Service {
  port: number;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it had on disk. */
  restart(): Promise<void>;
  readonly stop: () => Promise<void>;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

interface Program {
  name: string;
  command: string;
  args: string[];
  folder: string;
  user?: { uid: number; gid: number };
}

async function startService(program: Program, port: number, signal?: AbortSignal): Promise<Service> {
  const { name, command, args, folder: cwd, user } = program;
  const log = new LogBuffer(path.join(cwd, `${name}.log`));
  const begin = async (): Promise<Child> => {
    const child = new Child({ command, args, cwd, env: { PATH: process.env.PATH, LC_ALL: 'C' }, user, onLine: (line) => log.add(line) });
    let hasEnded = false;
    void child.exited.then(() => (hasEnded = true));
    const isUp = await poll(async () => ((await listens(port)) ? true : hasEnded ? false : undefined), { withinMs: 60_000, signal });
    if (isUp === true) return child;
    await child.stop(5_000);
    throw new HostProblem(`${name} did not start. Its last lines:\n${log.last(5).join('\n')}`);
  };
  let child = await begin();
  return {
    port,
    kill: async () => await child.kill(),
    restart: async () => {
      child = await begin();
    },
    stop: async () => {
      await child.stop(10_000);
      await log.close();
    },
  };
}

/** What a service keeps its data in, and the password that it asks for. */
interface ServiceOptions {
  folder: string;
  password: string;
  signal?: AbortSignal;
}

/** Starts Redis with its data in a folder. */
export async function startRedis({ redis }: QueuePrograms, { folder, password, signal }: ServiceOptions): Promise<Service> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--save',
    '',
    '--requirepass',
    password,
  ];
  return await startService({ name: 'redis', command: redis, args, folder }, port, signal);
}

/** The role and the database of n8n. */
export const DATABASE = { user: 'n8n', database: 'postgres' };

/**
 * Starts PostgreSQL with its data in a folder; root's is kept in the system's folder for temporary files, because the user that it
 * then runs as may not look into root's folders.
 */
export async function startPostgres(programs: QueuePrograms, { folder, password, signal }: ServiceOptions): Promise<Service> {
  const { postgres, initdb } = programs;
  const user = postgresUser();
  const place = user
    ? path.join(os.tmpdir(), `adobe-campaign-postgres-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`)
    : path.join(folder, 'postgres');
  const data = path.join(place, 'data');
  mkdirSync(place, { recursive: true, mode: 0o700 });
  if (user) chownSync(place, user.uid, user.gid);
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    const passwordFile = path.join(place, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user) chownSync(passwordFile, user.uid, user.gid);
    const { exit, lines } = await runToEnd({
      command: initdb,
      args: [
        ...['-D', data, '-U', DATABASE.user, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
        ...['--encoding=UTF8', '--no-locale', '--no-sync'],
      ],
      cwd: place,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      user,
      signal,
    });
    if (exit.code !== 0) throw new HostProblem(`PostgreSQL could not make its folder: ${lines.slice(-3).join(' ')}`);
  }
  const port = await freePort();
  // No socket beside the port: a path as long as that of a cache folder can be is none that a socket may have.
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  return await startService({ name: 'postgres', command: postgres, args, folder: place, user }, port, signal);
}

/** Removes what `startPostgres` keeps for a folder, wherever that is. PostgreSQL must not be running. */
export function removePostgres(folder: string): void {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  rmSync(path.join(os.tmpdir(), `adobe-campaign-postgres-${hash}`), { recursive: true, force: true });
}
