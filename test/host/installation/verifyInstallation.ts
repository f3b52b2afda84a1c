import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { runToEnd } from '../support/child';
import { HostProblem } from '../support/problem';

/**
 * Proves that an installation works before it is called complete: n8n answers with the version that is pinned, and
 * the two native modules that it cannot do without load.
 * @param host the Node and the n8n to try
 * @param logPath file that takes the output
 * @throws HostProblem when it does not; Interrupted when the signal is aborted
 */
export async function verifyInstallation(
  host: { directory: string; node: string; n8n: string },
  logPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const run = async (args: string[]) => {
    const { exit, lines } = await runToEnd({
      command: host.node,
      args,
      cwd: host.directory,
      env: { PATH: process.env.PATH },
      signal,
    });
    appendFileSync(logPath, `${lines.join('\n')}\n`);
    return { exit, output: lines.join('\n') };
  };

  const manifest = JSON.parse(readFileSync(path.join(host.directory, 'package.json'), 'utf8')) as {
    dependencies: { n8n: string };
  };
  const version = await run([host.n8n, '--version']);
  // Old versions do without isolated-vm.
  const needed = ['sqlite3', 'isolated-vm'].filter((name) => existsSync(path.join(host.directory, 'node_modules', name)));
  const addons = await run(['-e', needed.map((name) => `require('${name}');`).join(' ')]);
  if (version.exit.code === 0 && version.output.trim() === manifest.dependencies.n8n && addons.exit.code === 0) return;
  throw new HostProblem(
    `n8n is installed but does not start: delete ${host.directory} and start again; if it happens again, see the complete output.`,
    logPath,
  );
}
