/** Checks what GitHub runs for this project, as a part of `npm run lint`. */
import path from 'node:path';

import manifest from '../package.json';
import { actionlintProblems } from './release/actionlint';
import { readWorkflows } from './release/readWorkflows';
import { workflowProblems } from './release/workflows';

async function main(): Promise<void> {
  const workflows = readWorkflows(path.resolve(__dirname, '..'));
  // What is no workflow for actionlint cannot be read for the rules either.
  const findings = await actionlintProblems(workflows);
  const problems = findings.length > 0 ? findings : workflowProblems(workflows, Object.keys(manifest.scripts));
  console.log(`workflows: ${workflows.length} files, ${problems.length} problems`);
  for (const problem of problems) console.log(`  - ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

void main();
