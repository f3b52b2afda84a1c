import path from 'node:path';

import type { INode } from 'n8n-workflow';

import type { Sample } from './contest';
import { startBenchHost } from './host';
import type { PlainCalls } from './processes/plain';
import { BenchProcess } from './processes/process';
import { NO_CONDITIONS, startBenchSimulator, type BenchSimulator } from './processes/simulator';
import { automaticStep, measuredWorkflow, readyStep, syncStep } from './workflows';

/** What one large update needs. All sizes in bytes. */
export interface ManyItemsResult {
  /** The update by this package with automatic mapping. */
  readonly update: InNewHost;
  /** Create or Update of as many rows, which are all there, from the list; one in twenty differs. */
  readonly sync: InNewHost;
  /** The same items through a step that asks nobody: what n8n needs for itself. */
  readonly engineAlone: InNewHost;
  /** Input and output as they lie in memory, and as JSON. */
  readonly data: { readonly inMemory: number; readonly asJson: number };
}

/** A run in an n8n that did nothing before. */
export interface InNewHost extends Sample {
  /** Resident memory of that n8n before, after a garbage collection. */
  readonly idleBytes: number;
}

/**
 * Updates very many items at once and looks at the memory.
 *
 * @param folder for everything that is written
 * @param node the Node that runs n8n
 */
export async function updateManyItems(folder: string, items: number, node: string, signal: AbortSignal): Promise<ManyItemsResult> {
  const simulator = await startBenchSimulator(folder, items);
  const { itemsFile, profilesUrl } = simulator;
  const counter = BenchProcess.start<PlainCalls>('plainProcess.ts', { node });
  try {
    const data = await counter.call('dataBytes', { itemsFile, profilesUrl, count: items });
    const run = async (step: INode, file = itemsFile) => await runInNewHost(folder, simulator, { step, file, items }, signal);
    const [engineAlone, update] = [await run(readyStep(profilesUrl)), await run(automaticStep())];
    await simulator.process.call('prepareSync', items);
    return { engineAlone, update, sync: await run(syncStep('fromList'), simulator.syncFile), data };
  } finally {
    await Promise.all([counter.stop(), simulator.process.stop()]);
  }
}

async function runInNewHost(
  folder: string,
  simulator: BenchSimulator,
  { step, file, items }: { readonly step: INode; readonly file: string; readonly items: number },
  signal: AbortSignal,
): Promise<InNewHost> {
  const host = await startBenchHost(path.join(folder, 'n8n'), simulator, signal);
  try {
    // The first run of a workflow loads parts of n8n that stay.
    await host.run(measuredWorkflow(step, file, 1));
    const { startBytes: idleBytes } = await host.run(measuredWorkflow(readyStep(simulator.profilesUrl), simulator.itemsFile, 1));
    await simulator.process.call('impose', NO_CONDITIONS);
    const outcome = await host.run(measuredWorkflow(step, file, items));
    return { ...outcome, items, idleBytes, seen: await simulator.process.call('observe', undefined) };
  } finally {
    await host.stop();
  }
}
