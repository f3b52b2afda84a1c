import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { simulatorCredential, type SimulatorAccess } from '../support/simulatorCredential';
import type { HostClient, CredentialRecord, WorkflowRecord } from './client';
import { projectRoot } from './support/paths';
import { HostProblem } from './support/problem';

/** A workflow of the examples folder, with an id for certain. */
export type ExampleWorkflow = WorkflowRecord & { id: string };

/** The credential under the id and name that the example workflows refer to, pointing at a simulator. */
export function demoCredential(simulator: SimulatorAccess): CredentialRecord {
  return {
    id: 'adobeCampaignDemo',
    name: 'Adobe Campaign (simulator)',
    type: 'adobeCampaignApi',
    data: simulatorCredential(simulator),
  };
}

/**
 * Reads the example workflows.
 * @param folder where they are; a workflow without an id gets its file's name as its id
 * @returns the workflows, the Get -> Update -> Get one first, the others by file name
 * @throws HostProblem when a file is not a workflow
 */
export function readExamples(folder = path.join(projectRoot, 'examples')): ExampleWorkflow[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const introduction = (file: string) => /get.*update.*get/i.test(file);
  files.sort((a, b) => Number(introduction(b)) - Number(introduction(a)) || a.localeCompare(b));
  return files.map((file) => {
    const workflow = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Partial<WorkflowRecord>;
    const { name, nodes, connections } = workflow;
    if (name === undefined || nodes === undefined || connections === undefined) {
      throw new HostProblem(`examples/${file} is not an n8n workflow: it needs a name, nodes and connections.`);
    }
    return { ...workflow, name, nodes, connections, id: workflow.id ?? path.basename(file, '.json') };
  });
}

/** Stores the workflows that n8n does not have yet; those it has keep what people have done to them. */
export async function importMissingWorkflows(client: HostClient, workflows: ExampleWorkflow[]): Promise<void> {
  for (const workflow of workflows) {
    if (!(await client.workflowExists(workflow.id))) await client.createWorkflow(workflow);
  }
}

/**
 * Remembers what was imported into a folder that outlives one start, so that importing again, which takes seconds
 * and undoes people's own changes, happens only when there is something new.
 * @param file where to remember it
 * @param credential what is to be imported
 * @returns whether it has to be imported, and what to call once it has been
 */
export function importOnce(file: string, credential: CredentialRecord): { needed: boolean; remember(): void } {
  // A hash: the file must not be one more place that holds a secret.
  const hash = createHash('sha256').update(JSON.stringify(credential)).digest('hex');
  const needed = !existsSync(file) || readFileSync(file, 'utf8') !== hash;
  return { needed, remember: () => writeFileSync(file, hash) };
}
