import path from 'node:path';

/** Root of the repository: the package that gets packed and installed. */
export const projectRoot = path.resolve(__dirname, '..', '..', '..');

/** The package of its own that pins n8n; its node_modules holds the host (about 3 GB). */
export const hostDirectory = path.join(projectRoot, 'test', 'host');

/** What outlives one run on this machine: logs, locks, and the user folder of `npm start`. Ignored by git. */
export const stateDirectory = path.join(projectRoot, '.n8n-host');
