import { existsSync } from 'node:fs';
import path from 'node:path';

import { runNpm } from '../../test/host/installation/npm';

const folder = path.resolve(__dirname, '../sdk');

/**
 * Installs Adobe's SDK below `bench/sdk` when it is not there: it has a lockfile of its own, so that nobody needs it
 * for anything else.
 *
 * @returns why it cannot take part, or undefined when it can
 */
export async function whyNoAdobeSdk(signal: AbortSignal): Promise<string | undefined> {
  if (existsSync(path.join(folder, 'node_modules', '@adobe', 'aio-lib-campaign-standard'))) return undefined;
  try {
    await runNpm({ args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], cwd: folder, signal });
    return undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    return "Adobe's SDK could not be installed from the npm registry and did not take part.";
  }
}
