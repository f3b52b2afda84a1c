import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { CredentialRecord } from '../client';
import { runToEnd } from './child';
import { HostProblem } from './problem';

/**
 * Stores credentials under ids of our choosing with `n8n import:credentials`: the REST interface chooses ids itself,
 * and the example workflows refer to a fixed one. Records that exist already are replaced. n8n must not be running.
 * @param host what to run, and its environment
 * @param credentials the records, with ids
 * @param signal ends the work early
 * @throws HostProblem with n8n's own words when it does not accept them
 */
export async function importCredentials(
  host: { node: string; n8n: string; directory: string; environment: NodeJS.ProcessEnv },
  credentials: CredentialRecord[],
  signal?: AbortSignal,
): Promise<void> {
  // A folder that only this person can read: the records hold secrets until n8n has encrypted them.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'n8n-credentials-'));
  try {
    const file = path.join(folder, 'credentials.json');
    writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
    const { lines } = await runToEnd({
      command: host.node,
      args: [host.n8n, 'import:credentials', `--input=${file}`],
      cwd: host.directory,
      env: host.environment,
      signal,
    });
    // The exit code is 0 even when the import failed.
    if (!lines.some((line) => line.includes('Successfully imported'))) {
      throw new HostProblem(`n8n did not import the credential: ${lines.slice(-3).join(' ')}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
