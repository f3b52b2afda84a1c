import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { HostClient } from '../client';
import type { PackedPackage } from './packedPackage';
import { HostProblem } from '../support/problem';

/** Remembers which content was installed; the version alone does not tell, it stays the same while people work. */
const recordPath = (userFolder: string) => path.join(userFolder, 'installed-package.json');

const packageFolder = (userFolder: string, name: string) => path.join(userFolder, '.n8n', 'nodes', 'node_modules', name);

function isInstalled(userFolder: string, packed: PackedPackage): boolean {
  if (!existsSync(recordPath(userFolder)) || !existsSync(packageFolder(userFolder, packed.name))) return false;
  const record = JSON.parse(readFileSync(recordPath(userFolder), 'utf8')) as { integrity?: string };
  return record.integrity === packed.integrity;
}

/**
 * Takes away what an earlier start installed when the content has changed since, so that n8n never loads the old
 * code; n8n finds the package missing and installs it afresh while it starts. To be called before n8n starts.
 */
export function removeOutdatedPackage(userFolder: string, packed: PackedPackage): void {
  if (isInstalled(userFolder, packed)) return;
  rmSync(packageFolder(userFolder, packed.name), { recursive: true, force: true });
  rmSync(recordPath(userFolder), { force: true });
}

/**
 * Makes sure that n8n has the package loaded and lists it, through n8n's own installer.
 * @throws HostProblem with n8n's reason when it does not accept the package
 */
export async function ensurePackageInstalled(client: HostClient, userFolder: string, packed: PackedPackage): Promise<void> {
  const find = async () => (await client.installedPackages()).find(({ packageName }) => packageName === packed.name);
  const before = await find();
  if (before === undefined || before.failedLoading === true || before.installedVersion !== packed.version) {
    await client.installPackage(packed.name, packed.version).catch((error: unknown) => {
      throw new HostProblem(`n8n did not install ${packed.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  const after = await find();
  if (after === undefined || after.failedLoading === true) {
    throw new HostProblem(`n8n installed ${packed.name} but could not load its nodes.`);
  }
  writeFileSync(recordPath(userFolder), JSON.stringify({ integrity: packed.integrity }));
}
