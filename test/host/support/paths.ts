import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Root of the repository: the package that gets packed and installed. */
export const projectRoot = path.resolve(__dirname, '..', '..', '..');

/** The package of its own that pins n8n; it is copied to where n8n is installed. */
export const hostManifestFolder = path.join(projectRoot, 'test', 'host');

/** Where programs keep what can be made again, by the customs of this system. */
function cacheOfThisPerson(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  return process.platform === 'darwin' ? path.join(os.homedir(), 'Library', 'Caches') : path.join(os.homedir(), '.cache');
}

/**
 * Folder of every n8n that is installed for this project, and of what `npm start` keeps. ADOBE_CAMPAIGN_HOSTS chooses another one.
 * It lies outside of the project on purpose: Node looks for modules in every folder above, so an n8n inside the project, or a
 * package installed there, would find the project's own libraries where the n8n of a user has none.
 */
export const hostsFolder = path.resolve(process.env.ADOBE_CAMPAIGN_HOSTS ?? path.join(cacheOfThisPerson(), 'n8n-nodes-adobe-campaign'));

/** Version of n8n that the tests and `npm start` run against. */
export const n8nVersion = (
  JSON.parse(readFileSync(path.join(hostManifestFolder, 'package.json'), 'utf8')) as { dependencies: { n8n: string } }
).dependencies.n8n;

/** Where that n8n is installed (about 3 GB). */
export const hostDirectory = path.join(hostsFolder, `n8n-${n8nVersion}`);

/** What outlives one run of this checkout: logs, locks, pictures, and the user folder of `npm start`. */
export const stateDirectory = path.join(hostsFolder, `start-${createHash('sha256').update(projectRoot).digest('hex').slice(0, 8)}`);
