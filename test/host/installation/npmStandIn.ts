import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { npmCommand } from './npm';
import type { PackedPackage } from './packedPackage';

/** Quotes a text for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Writes the `npm` that n8n gets to see. n8n's own installer does all the work (download, unpack, strip the manifest,
 * install dependencies, load, list under Settings > Community nodes); only its questions about this one package are
 * answered from the tarball instead of the registry, where this version need not be published. Everything else goes
 * to the real npm.
 * @param directory folder to put on the PATH before all others; made when missing
 * @param packed the package that n8n will be asked to install
 */
export function writeNpmStandIn(directory: string, packed: PackedPackage): void {
  mkdirSync(directory, { recursive: true });
  const script = [
    '#!/bin/sh',
    'case "$1 $2" in',
    // `npm view name@version version --json`: is there such a version?
    `  ${quoted(`view ${packed.name}@`)}*) echo ${quoted(JSON.stringify(packed.version))} ;;`,
    // `npm pack name@version --quiet`: leave the tarball here and say its name.
    `  ${quoted(`pack ${packed.name}@`)}*) cp ${quoted(packed.tarball)} . && echo ${quoted(path.basename(packed.tarball))} ;;`,
    // `npm outdated --json`: nothing to update; the registry does not know what is being worked on here.
    '  "outdated "*) ;;',
    `  *) exec ${npmCommand().map(quoted).join(' ')} "$@" ;;`,
    'esac',
    '',
  ].join('\n');
  writeFileSync(path.join(directory, 'npm'), script, { mode: 0o755 });
}
