import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowFile } from './workflows';

/** The workflows that GitHub finds in a project, by the names of their files. */
export function readWorkflows(root: string): WorkflowFile[] {
  const folder = path.join(root, '.github/workflows');
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}
