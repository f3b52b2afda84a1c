import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hostManifestFolder, hostsFolder, n8nVersion } from '../support/paths';
import { bundledNodePackages } from './nodeRuntime';

/** One n8n to install: what npm has to read for it, and how to start npm. */
export interface Recipe {
  /** Version of n8n, as in `2.41.1`. */
  version: string;
  /** Major of the Node that runs it. */
  nodeMajor: number;
  /** Where it is installed. */
  directory: string;
  /** Files of that folder by name. */
  files: Record<string, string>;
  /** `ci` where a lockfile says everything, else `install`. */
  command: 'ci' | 'install';
}

/** Majors of Node that a version of n8n is run with here: one that its `engines` allow and that all its parts are made for. */
function nodeMajorOf(version: string): number {
  return version.startsWith('1.') ? 22 : 24;
}

/**
 * Packages that old versions ask for and that are not in the registry, with the version that is. None of them is near anything
 * that this package touches.
 */
const OVERRIDES: Record<string, string> = {
  // Asked for from its maker's own site; reads spreadsheets.
  xlsx: '0.18.5',
};

/**
 * Versions that npm has to put next to n8n: where it chooses another one, n8n and its own packages each get a copy, and what one
 * adds to the library the others do not have.
 */
const BESIDE: Readonly<Record<string, Record<string, string>>> = {
  '2.20.12': { zod: '3.25.67' },
};

/**
 * What has to be installed for a version of n8n.
 * @param version full version; the pinned one when left out, which alone has a lockfile
 */
export function recipeFor(version = n8nVersion): Recipe {
  const nodeMajor = nodeMajorOf(version);
  const base = { version, nodeMajor, directory: path.join(hostsFolder, `n8n-${version}`) };
  if (version === n8nVersion) {
    const read = (file: string) => readFileSync(path.join(hostManifestFolder, file), 'utf8');
    return {
      ...base,
      files: { 'package.json': read('package.json'), 'package-lock.json': read('package-lock.json') },
      command: 'ci',
    };
  }
  const manifest = {
    name: 'adobe-campaign-compatibility-host',
    private: true,
    dependencies: { n8n: version, ...BESIDE[version] },
    optionalDependencies: Object.fromEntries(Object.values(bundledNodePackages).map((name) => [name, `^${nodeMajor}.0.0`])),
    overrides: OVERRIDES,
  };
  return { ...base, files: { 'package.json': JSON.stringify(manifest, null, 2) }, command: 'install' };
}

/** Checksum of a recipe: another one means that another installation is wanted. */
export function checksumOf({ files }: Recipe): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}

/** Writes the files that npm reads. */
export function writeRecipe({ directory, files }: Recipe): void {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(directory, name), content);
}
