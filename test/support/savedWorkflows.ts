import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowJson } from './engine';

const FOLDER = path.resolve(__dirname, '../saved');

/** A workflow as a version of this package saved it. */
export interface SavedWorkflow {
  /** The version and the name of the file, e.g. `0.1.0/profile-audit.json`. */
  readonly file: string;
  readonly workflow: WorkflowJson;
}

/** All that earlier versions saved, and what has to go on running. */
export function savedWorkflows(): SavedWorkflow[] {
  return readdirSync(FOLDER).flatMap((version) =>
    readdirSync(path.join(FOLDER, version)).map((name) => ({
      file: `${version}/${name}`,
      workflow: JSON.parse(readFileSync(path.join(FOLDER, version, name), 'utf8')) as WorkflowJson,
    })),
  );
}
