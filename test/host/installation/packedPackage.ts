import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { HostProblem } from '../support/problem';
import { runNpm } from './npm';

/** The package as it would be published. `integrity` is npm's checksum: the same content has the same one. */
export interface PackedPackage {
  name: string;
  version: string;
  integrity: string;
  tarball: string;
}

/** What is needed of a manifest, and what `npm pack --json` tells. */
interface Manifest {
  name: string;
  version: string;
  n8n?: { nodes?: string[]; credentials?: string[] };
}
interface PackReport {
  filename: string;
  integrity: string;
}

/**
 * Packs a built n8n node package into a tarball, as publishing it would.
 * @param packageRoot folder of the package
 * @param destination folder for the tarball; made when missing, tarballs of earlier runs are removed
 * @param signal ends the work early
 * @throws HostProblem when the package has not been built
 */
export async function packPackage(packageRoot: string, destination: string, signal?: AbortSignal): Promise<PackedPackage> {
  const manifest = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as Manifest;
  const promised = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
  const missing = promised.find((file) => !existsSync(path.join(packageRoot, file)));
  if (missing !== undefined) throw new HostProblem(`${missing} is not there: build the package first (npm run build).`);

  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  const output = await runNpm({
    args: ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', destination],
    cwd: packageRoot,
    signal,
  });
  // npm's warnings may stand before the JSON.
  const [report] = JSON.parse(output.slice(output.search(/^\[/m))) as PackReport[];
  if (report === undefined) throw new HostProblem('npm pack did not say what it packed: run it by hand to see why.');
  return {
    name: manifest.name,
    version: manifest.version,
    integrity: report.integrity,
    tarball: path.join(destination, report.filename),
  };
}
