import { parse } from 'yaml';

import { isObject } from './isObject';

/** A file of .github/workflows. */
export interface WorkflowFile {
  readonly name: string;
  readonly text: string;
}

/** The one job that may ask GitHub to vouch for it, so that npm lets it publish. */
const PUBLISHER = { file: 'release.yml', job: 'publish' };
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const PIN_WITH_VERSION = /uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const NPM = /^npm (ci|test|run (?<script>[\w:]+))$/;

/**
 * Whether workflows keep to the rules of this project: every action pinned to a commit, with its version behind it; as few
 * permissions as can be; a time limit; and nothing run but npm scripts, because those can be tried outside GitHub.
 *
 * @param scripts the names of the scripts in package.json
 * @returns what is wrong, each with its place; empty when nothing is
 * @throws Error when a file is no YAML
 */
export function workflowProblems(files: readonly WorkflowFile[], scripts: readonly string[]): string[] {
  return files.flatMap((file) => fileProblems(file, scripts));
}

function fileProblems({ name, text }: WorkflowFile, scripts: readonly string[]): string[] {
  const workflow: unknown = parse(text);
  const { jobs, permissions } = isObject(workflow) ? workflow : {};
  const problems = text
    .split('\n')
    .filter((line) => line.includes('uses: ') && !line.includes('uses: ./') && !PIN_WITH_VERSION.test(line))
    .map((line) => `${name}: '${line.trim()}' needs a commit, and its version behind it: uses: owner/name@<40 digits> # v1.2.3`);
  if (!isObject(permissions) || Object.keys(permissions).length > 0)
    problems.push(`${name}: write permissions: {} at the top, and give each job what it needs`);
  for (const [job, settings] of Object.entries(isObject(jobs) ? jobs : {})) {
    const where = `${name}, job '${job}'`;
    const isPublisher = name === PUBLISHER.file && job === PUBLISHER.job;
    problems.push(...jobProblems(isObject(settings) ? settings : {}, isPublisher, scripts).map((problem) => `${where}: ${problem}`));
  }
  return problems;
}

function jobProblems(job: Readonly<Record<string, unknown>>, isPublisher: boolean, scripts: readonly string[]): string[] {
  const problems: string[] = [];
  const allowed = new Set(isPublisher ? ['contents: read', 'id-token: write'] : ['contents: read']);
  if (!isObject(job.permissions)) problems.push('has no permissions of its own: give it contents: read');
  else
    for (const [scope, access] of Object.entries(job.permissions))
      if (!allowed.has(`${scope}: ${String(access)}`)) problems.push(`asks for ${scope}: ${String(access)}, which it does not need`);
  if (isPublisher && job.environment === undefined) problems.push('needs an environment, whose settings say who approves a release');
  if (typeof job.uses === 'string')
    return job.uses.startsWith('./') ? problems : [...problems, `calls '${job.uses}': call a workflow of this repository`];
  if (typeof job['timeout-minutes'] !== 'number') problems.push('has no timeout-minutes');
  const steps: readonly unknown[] = Array.isArray(job.steps) ? job.steps : [];
  return [...problems, ...steps.flatMap((step) => (isObject(step) ? stepProblems(step, scripts) : ['has a step that is no object']))];
}

function stepProblems({ run, uses, with: inputs }: Readonly<Record<string, unknown>>, scripts: readonly string[]): string[] {
  if (typeof run === 'string') {
    const match = NPM.exec(run.trim());
    const script = match?.groups?.script;
    if (!match) return [`runs '${run.trim()}': make it an npm script, which can be tried anywhere`];
    return script === undefined || scripts.includes(script) ? [] : [`runs the script '${script}', which package.json does not have`];
  }
  if (typeof uses !== 'string' || !PINNED.test(uses)) return ['has a step that neither runs an npm script nor uses a pinned action'];
  const keepsToken = uses.startsWith('actions/checkout@') && (!isObject(inputs) || inputs['persist-credentials'] !== false);
  return keepsToken ? ["checks out without persist-credentials: false, which leaves GitHub's token on the disk"] : [];
}
