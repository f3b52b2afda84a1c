import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';

import type { InstalledHost } from '../install';
import { hostsFolder } from '../support/paths';

/** Where n8n's dependencies and n8n itself lie in the layout. */
const STORE = path.join('store', 'node_modules');
const N8N = path.join('node_modules', 'n8n');

/** A package that a compiled file loads by name; a path, a module of Node itself or an alias of n8n's is none. */
const LOADED = /\brequire\("((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)[/"]/g;

/**
 * The packages that the files of a folder load, whether their manifest asks for them or not: some versions of n8n load what only
 * their packages ask for, and where they start it is in reach.
 */
function loadedBy(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll("'", '"'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(LOADED)].map(([, name]) => name ?? '')))];
}

/** Links every file of a folder into another one: the same content, under a path of its own, at little cost. */
function linkTree(from: string, to: string, leftOut: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (source === leftOut) continue;
    if (entry.isDirectory()) linkTree(source, target, leftOut);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}

/** Says what a layout is made from: the packages, as npm lists what it has installed, and this file. */
function checksumOfLayout({ directory }: InstalledHost): string {
  const sources = [path.join(directory, 'node_modules', '.package-lock.json'), __filename];
  const hash = createHash('sha256');
  for (const file of sources) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}

/** Puts n8n and everything else into a folder, each where the image has it. */
function layOut(host: InstalledHost, directory: string): void {
  const packages = path.join(host.directory, 'node_modules');
  const source = path.join(packages, 'n8n');
  const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
  };
  const [store, target] = [path.join(directory, STORE), path.join(directory, N8N)];
  const nested = path.join(source, 'node_modules');
  linkTree(packages, store, source);
  linkTree(source, target, nested);
  // Where another package needs another version; what lies here looks here first, and then among everything.
  const ownVersions = path.join(store, 'n8n', 'node_modules');
  if (existsSync(nested)) linkTree(nested, ownVersions, '');
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  for (const name of new Set([...declared, ...loadedBy(path.join(target, 'dist'))])) {
    // Nowhere when it is optional and this machine has no use for it.
    const place = [ownVersions, store].map((folder) => path.join(folder, name)).find(existsSync);
    if (place === undefined) continue;
    const link = path.join(target, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), place), link);
  }
}

/**
 * Lays an installed n8n out as n8n's official image does, which pnpm deploys: in n8n's own node_modules there are its direct
 * dependencies and nothing else, and nothing is in the folders above. npm hoists everything next to n8n, so that a community
 * package finds there what it does not find in the image.
 *
 * Everything but n8n is put into a folder aside, where it is hoisted as before; n8n gets links to its direct dependencies. Node
 * resolves links first, so that each finds its own dependencies there, as it does in pnpm's store.
 *
 * What is laid out once is used again, and never taken away while an n8n may be running from it: its folder is named after all that
 * it is made from.
 *
 * @param host an installation by npm
 * @returns the n8n to run, in a folder of its own
 */
export function layOutAsImage(host: InstalledHost): InstalledHost {
  const directory = path.join(hostsFolder, `image-${host.version}-${checksumOfLayout(host)}`);
  if (!existsSync(directory)) {
    // Under another name until it is whole; whoever is first gives it the right one.
    const begun = mkdtempSync(path.join(hostsFolder, `image-${host.version}-begun-`));
    layOut(host, begun);
    try {
      renameSync(begun, directory);
    } catch (error) {
      rmSync(begun, { recursive: true, force: true });
      if (!existsSync(directory)) throw error;
    }
  }
  return { ...host, directory, n8n: path.join(directory, N8N, 'bin', 'n8n') };
}
