import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import type { InstalledHost } from '../install';
import { hostsFolder } from './paths';

/** Links every file of a folder into another one: the same content, under a path of its own, at no cost. */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else linkSync(source, target);
  }
}

/** Links the packages that a package names, from where npm has put them for it. */
function linkDependencies(source: string, names: string[], target: string): void {
  for (const name of names) {
    const found = [path.join(source, 'node_modules', name), path.join(source, '..', name)].find((folder) => existsSync(folder));
    // An optional one that this machine has no use for.
    if (found === undefined) continue;
    const link = path.join(target, name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(found, link);
  }
}

/**
 * Lays an installed n8n out as n8n's official image does, which pnpm deploys: in n8n's own node_modules there are its direct
 * dependencies and nothing else, and nothing is in the folders above. npm hoists everything next to n8n, so that a community
 * package finds there what it does not find in the image.
 *
 * The dependencies are links to where npm has put them. Node resolves links first, so that each finds its own dependencies there.
 *
 * @param host an installation by npm
 * @returns the n8n to run, in a folder of its own
 */
export function layOutAsImage(host: InstalledHost): InstalledHost {
  const directory = path.join(hostsFolder, `image-${host.version}`);
  const source = path.join(host.directory, 'node_modules', 'n8n');
  const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'optionalDependencies',
    Record<string, string> | undefined
  >;
  const draft = `${directory}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const target = path.join(draft, 'node_modules', 'n8n');
  linkTree(source, target);
  const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  linkDependencies(source, names, path.join(target, 'node_modules'));
  rmSync(directory, { recursive: true, force: true });
  renameSync(draft, directory);
  return { ...host, directory, n8n: path.join(directory, 'node_modules', 'n8n', 'bin', 'n8n') };
}
