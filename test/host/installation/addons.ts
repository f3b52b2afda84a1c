import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { platform } from './nodeRuntime';
import { hostDirectory } from '../support/paths';

const moduleFolder = (directory: string, name: string) => path.join(directory, 'node_modules', name);

function versionOf(folder: string): string | undefined {
  const manifest = path.join(folder, 'package.json');
  return existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version : undefined;
}

/**
 * Takes the database driver from the pinned n8n, which has compiled it already: one binary is good for every version of Node.
 * @returns whether it is there now
 */
function hasSqlite(directory: string): boolean {
  const folder = moduleFolder(directory, 'sqlite3');
  const binary = path.join('build', 'Release', 'node_sqlite3.node');
  if (existsSync(path.join(folder, binary))) return true;
  const compiled = moduleFolder(hostDirectory, 'sqlite3');
  if (versionOf(folder) !== versionOf(compiled) || !existsSync(path.join(compiled, binary))) return false;
  cpSync(path.join(compiled, binary), path.join(folder, binary));
  return true;
}

/**
 * Native modules of an installation whose install script must run: the database driver, and isolated-vm where the version that
 * is there evaluates n8n's expressions (n8n 2) and brings no binary.
 */
export function addonsToBuild(directory: string): string[] {
  const isolated = moduleFolder(directory, 'isolated-vm');
  const isReady = !existsSync(isolated) || existsSync(path.join(isolated, 'prebuilds', platform)) || versionOf(isolated)?.startsWith('5.');
  return [...(hasSqlite(directory) ? [] : ['sqlite3']), ...(isReady ? [] : ['isolated-vm'])];
}
