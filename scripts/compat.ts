/** `npm run compat -- <version>`: a version of n8n with the packed package, what works in it, and the table in docs/compatibility.md. */
import { parseArgs } from 'node:util';

import { editorChecks } from '../test/compat/editorChecks';
import { layoutChecks } from '../test/compat/layoutChecks';
import { keepResult, type VersionResult } from '../test/compat/results';
import { runChecks } from '../test/compat/runChecks';
import { withSession } from '../test/compat/session';
import { runNpm } from '../test/host/installation/npm';
import { projectRoot } from '../test/host/support/paths';
import { describeProblem, HostProblem } from '../test/host/support/problem';
import { runProgram } from '../test/host/support/program';

const usage = `Runs the package in other versions of n8n, and writes what works into docs/compatibility.md.

  npm run compat -- 2.20               the newest n8n 2.20
  npm run compat -- 1.97.1 1.123 2.30  several, one after the other

Each version is installed the first time (two to five minutes, 2 to 3 GB in the cache folder, see docs/testing.md).
The exit code is 0 only if everything works in all of them.`;

/** The newest full version of what somebody typed. @throws HostProblem when the registry has none */
async function fullVersion(typed: string, signal: AbortSignal): Promise<string> {
  if (/^\d+\.\d+\.\d+$/.test(typed)) return typed;
  if (!/^\d+\.\d+$/.test(typed)) throw new HostProblem(`'${typed}' is not a version of n8n: see npm run compat -- --help.`);
  const output = await runNpm({ args: ['view', `n8n@${typed}`, 'version', '--json'], cwd: projectRoot, signal });
  const versions = [JSON.parse(output) as string | string[]].flat();
  const newest = versions.sort((a, b) => Number(a.split('.')[2]) - Number(b.split('.')[2])).at(-1);
  if (newest === undefined) throw new HostProblem(`The registry has no n8n ${typed}.`);
  return newest;
}

async function tryVersion(version: string, signal: AbortSignal): Promise<VersionResult> {
  console.log(`\nn8n ${version}`);
  const write = (line: string): void => console.log(line);
  return await withSession(
    version,
    write,
    async (session) => {
      const seen: VersionResult['seen'] = {};
      for (const { name, run } of [...editorChecks, ...runChecks, ...layoutChecks]) {
        seen[name] = await run(session).then(
          (text) => ({ passed: true, text }),
          (error: unknown) => ({ passed: false, text: error instanceof Error ? error.message : String(error) }),
        );
        console.log(`  ${seen[name].passed ? 'ok' : 'NOT OK'}  ${name}: ${seen[name].text}`);
      }
      return { version, nodeMajor: session.nodeMajor, takenOn: new Date().toISOString().slice(0, 10), seen };
    },
    signal,
  );
}

void runProgram(async (signal) => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help === true || positionals.length === 0) {
    console.log(usage);
    return;
  }
  let failed = 0;
  for (const typed of positionals) {
    try {
      const result = await tryVersion(await fullVersion(typed, signal), signal);
      keepResult(result);
      failed += Object.values(result.seen).filter(({ passed }) => !passed).length;
    } catch (error) {
      if (signal.aborted) throw error;
      // The others are of interest all the same.
      console.error(`n8n ${typed}: ${describeProblem(error)}`);
      failed += 1;
    }
  }
  if (failed > 0) throw new HostProblem(`${failed} things are not as they should be; see docs/compatibility.md.`);
});
