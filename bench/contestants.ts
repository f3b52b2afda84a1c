import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../test/support/engine';
import { BenchProcess } from './processes/process';
import type { Outcome, PlainCalls } from './processes/plain';
import { CONTESTANTS, MOST_IN_FLIGHT, type ContestantId, type Setting } from './settings';
import type { BenchSimulator } from './processes/simulator';
import { automaticStep, expressionsStep, httpRequestStep, httpSyncWorkflow, loopStep, measuredWorkflow, syncStep } from './workflows';

/** One way to update profiles. */
export interface Contestant {
  readonly id: ContestantId;
  readonly name: string;
  /** Updates the first `count` profiles. */
  run(count: number): Promise<Outcome>;
}

/** Runs a workflow with a measured step to its end, wherever n8n's engine is. */
export type RunWorkflow = (workflow: WorkflowJson) => Promise<Outcome>;

/** Those that are a workflow. */
export type WorkflowContestantId = Exclude<ContestantId, 'adobeSdk' | 'undici'>;

/** Those that are a workflow, in the order of the tables. */
export function workflowContestants(
  ids: readonly WorkflowContestantId[],
  { itemsFile, syncFile, profilesUrl }: BenchSimulator,
  runWorkflow: RunWorkflow,
): Contestant[] {
  const one =
    (step: () => INode, file = itemsFile) =>
    (count: number) =>
      measuredWorkflow(step(), file, count);
  const workflows: Readonly<Record<WorkflowContestantId, (count: number) => WorkflowJson>> = {
    httpRequest: one(() => httpRequestStep(profilesUrl)),
    loop: one(() => loopStep(profilesUrl)),
    automatic: one(automaticStep),
    expressions: one(() => expressionsStep()),
    evaluated: one(() => expressionsStep((name) => `={{ $json.${name}.trim() }}`)),
    httpSync: (count) => httpSyncWorkflow(profilesUrl, syncFile, count),
    oneByOne: one(() => syncStep('oneByOne'), syncFile),
    fromList: one(() => syncStep('fromList'), syncFile),
  };
  return ids.map((id) => ({ id, name: CONTESTANTS[id], run: async (count) => await runWorkflow(workflows[id](count)) }));
}

/** Those of the contestants that have work in a setting. */
export function takingPart(setting: Setting, contestants: readonly Contestant[]): Contestant[] {
  return contestants.filter(({ id }) => setting.items[id] !== undefined);
}

/** A contestant without n8n, in a process of its own, and what ends that. */
export interface PlainContestant extends Contestant {
  stop(): Promise<void>;
}

/** @param node the Node to run it with: the one that runs n8n */
export function plainContestant(id: 'undici' | 'adobeSdk', simulator: BenchSimulator, node: string): PlainContestant {
  const child = BenchProcess.start<PlainCalls>('plainProcess.ts', { node, environment: simulator.trust });
  const { access, profilesUrl, itemsFile } = simulator;
  return {
    id,
    name: CONTESTANTS[id],
    async run(count) {
      const token = await simulator.process.call('token', undefined);
      const work = { access, profilesUrl, itemsFile, token, count };
      return id === 'undici' ? await child.call('undici', { ...work, inFlight: MOST_IN_FLIGHT }) : await child.call('adobeSdk', work);
    },
    stop: async () => await child.stop(),
  };
}
