import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

import { demoCredential } from '../test/host/demo';
import { startHost } from '../test/host/host';
import type { RunWorkflow } from './contestants';
import { readOutcome } from './outcome';
import type { BenchSimulator } from './processes/simulator';
import { METER } from './workflows';

/** What every measured workflow begins and ends with. */
const AROUND = ['Start', 'Items', METER];
/** How often to ask n8n whether a run has ended: each question costs it a little. */
const EVERY_MS = 500;
const WITHIN_MS = 15 * 60_000;

/** A real n8n with the packed package in it. */
export interface BenchHost {
  readonly run: RunWorkflow;
  stop(): Promise<void>;
}

/**
 * Starts one that trusts the simulator.
 *
 * @param folder where n8n keeps everything; the same one again starts faster
 */
export async function startBenchHost(folder: string, simulator: BenchSimulator, signal: AbortSignal): Promise<BenchHost> {
  const nodes = path.join(folder, 'bench-nodes');
  compileNodes(nodes);
  const host = await startHost({
    folder,
    credentials: [demoCredential(simulator.access)],
    environment: {
      ...simulator.trust,
      // The nodes of the benchmark are no package that anybody would install: n8n loads them from a folder.
      N8N_CUSTOM_EXTENSIONS: nodes,
      // The meter is read from the execution, which n8n does not show where it is larger than 100 MB.
      EXECUTIONS_DATA_MAX_DISPLAY_SIZE: '0',
    },
    signal,
  });
  return {
    async run({ nodes: steps, connections }) {
      const { id } = await host.client.createWorkflow({
        name: 'Bench',
        nodes: steps.map((step) => ({ ...step })),
        connections: { ...connections },
      });
      const { status, error, nodeRuns } = await host.client.run(id, { everyMs: EVERY_MS, withinMs: WITHIN_MS });
      // The meter, and not the step: of a sync in which no row differs, nothing comes to the step.
      if (error !== undefined || !nodeRuns[METER]) {
        const ran = Object.keys(nodeRuns).join(', ');
        throw new Error(`n8n did not come to the end: ${error?.message ?? `it ended as ${status} after ${ran === '' ? 'nothing' : ran}`}`);
      }
      // All steps between the items and the meter: some need several.
      const measured = Object.entries(nodeRuns).filter(([name]) => !AROUND.includes(name));
      const milliseconds = measured.flatMap(([, runs]) => runs).reduce((sum, { executionTime }) => sum + executionTime, 0);
      return readOutcome(milliseconds, nodeRuns[METER][0]?.data?.main?.[0]?.[0]?.json);
    },
    stop: async () => await host.stop(),
  };
}

/** n8n loads every `*.node.js` of a folder. */
function compileNodes(destination: string): void {
  const source = path.join(__dirname, 'nodes');
  mkdirSync(destination, { recursive: true });
  for (const file of readdirSync(source)) {
    const { outputText } = transpileModule(readFileSync(path.join(source, file), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    });
    writeFileSync(path.join(destination, file.replace(/\.ts$/, '.js')), outputText);
  }
}
