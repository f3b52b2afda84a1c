import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { HostProblem } from '../host/support/problem';

/** Where Debian and Homebrew put the programs of PostgreSQL, which are on nobody's PATH; the newest version first. */
function postgresFolders(): string[] {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => path.join(root, version, 'bin')), '/opt/homebrew/bin', '/usr/local/bin'];
}

function find(name: string, folders: string[]): string | undefined {
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** What queue mode needs beside n8n: absolute paths of programs of this machine. */
export interface QueuePrograms {
  redis: string;
  postgres: string;
  initdb: string;
}

/** @throws HostProblem that names the Debian packages when something is missing */
export function findQueuePrograms(): QueuePrograms {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const redis = find('redis-server', [...onPath, '/usr/bin', '/opt/homebrew/bin']);
  const postgres = find('postgres', [...postgresFolders(), ...onPath]);
  const initdb = find('initdb', [...postgresFolders(), ...onPath]);
  if (redis !== undefined && postgres !== undefined && initdb !== undefined) return { redis, postgres, initdb };
  const missing = [
    ...(redis === undefined ? ['redis-server'] : []),
    ...(postgres === undefined || initdb === undefined ? ['postgresql'] : []),
  ];
  throw new HostProblem(
    `Queue mode needs Redis and PostgreSQL: install them and start again (Debian and Ubuntu: apt-get install ${missing.join(' ')}).`,
  );
}

/**
 * Whom PostgreSQL runs as: it refuses to run as root.
 * @returns undefined when this is not root
 * @throws HostProblem when there is no user postgres
 */
export function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new HostProblem('PostgreSQL does not run as root, and there is no user postgres: run this command as another user.');
  }
}
