/** Says what is missing for a release: `npm run release:check`. It asks nobody outside this machine, and changes nothing. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { actionlintProblems } from './release/actionlint';
import { commitProblems, readCommit } from './release/git';
import { isObject } from './release/isObject';
import { loadedFiles, manifestProblems } from './release/manifest';
import { readWorkflows } from './release/readWorkflows';
import { tarballProblems } from './release/tarball';
import { versionProblems } from './release/version';
import { workflowProblems } from './release/workflows';

const ROOT = path.resolve(__dirname, '..');

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const readJson = (file: string): Readonly<Record<string, unknown>> => {
  const json: unknown = JSON.parse(read(file));
  if (!isObject(json)) throw new Error(`${file} is no JSON object`);
  return json;
};

/** What npm would put into the package, relative to it. */
function packedFiles(): string[] {
  const json = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const answer: unknown = JSON.parse(json);
  const packed: unknown = Array.isArray(answer) ? answer[0] : undefined;
  const files: readonly unknown[] = isObject(packed) && Array.isArray(packed.files) ? packed.files : [];
  return files.flatMap((file) => (isObject(file) && typeof file.path === 'string' ? [file.path] : []));
}

async function main(): Promise<void> {
  const manifest = readJson('package.json');
  const commit = readCommit(ROOT);
  const workflows = readWorkflows(ROOT);
  const scripts = Object.keys(isObject(manifest.scripts) ? manifest.scripts : {});
  const files = {
    packageVersion: String(manifest.version),
    lockVersion: String(readJson('package-lock.json').version),
    changelog: read('CHANGELOG.md'),
    tag: commit.tags[0],
  };

  const results: Readonly<Record<string, readonly string[]>> = {
    version: versionProblems(files),
    commit: commitProblems(commit),
    manifest: manifestProblems(manifest, process.env.GITHUB_REPOSITORY),
    package: tarballProblems(packedFiles(), loadedFiles(manifest)),
    workflows: [...(await actionlintProblems(workflows)), ...workflowProblems(workflows, scripts)],
  };
  for (const [about, problems] of Object.entries(results)) {
    console.log(`${about}: ${problems.length === 0 ? 'ready' : ''}`.trimEnd());
    for (const problem of problems) console.log(`  - ${problem}`);
  }
  const count = Object.values(results).flat().length;
  console.log(count === 0 ? `\nv${files.packageVersion} can be released.` : `\nMissing for a release: ${count}`);
  process.exitCode = count === 0 ? 0 : 1;
}

void main();
