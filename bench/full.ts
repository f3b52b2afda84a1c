import path from 'node:path';

import type { InstalledHost } from '../test/host/install';
import { holdContest, type Sample, type SettingResult } from './contest';
import { plainContestant, takingPart, workflowContestants, type Contestant } from './contestants';
import { startBenchHost } from './host';
import type { Setting } from './settings';
import { startBenchSimulator } from './processes/simulator';

/** What a full run needs to know. */
export interface FullOptions {
  /** Folder for everything that is written. */
  readonly folder: string;
  readonly installed: InstalledHost;
  readonly settings: readonly Setting[];
  readonly repetitions: number;
  readonly withAdobeSdk: boolean;
  readonly signal: AbortSignal;
  readonly onSample: (setting: Setting, contestant: Contestant, sample: Sample) => void;
}

/** Holds the contest in a real n8n, which is started afresh for each setting. */
export async function fullBench(options: FullOptions): Promise<SettingResult[]> {
  const { folder, installed, settings, repetitions, withAdobeSdk, signal, onSample } = options;
  const mostItems = Math.max(...settings.flatMap(({ items }) => Object.values(items)));
  const simulator = await startBenchSimulator(folder, mostItems);
  const undici = plainContestant('undici', simulator, installed.node);
  const adobeSdk = withAdobeSdk ? plainContestant('adobeSdk', simulator, installed.node) : undefined;
  const results: SettingResult[] = [];
  try {
    for (const setting of settings) {
      const host = await startBenchHost(path.join(folder, 'n8n'), simulator, signal);
      try {
        const [httpRequest, loop, ...own] = workflowContestants(
          ['httpRequest', 'loop', 'automatic', 'expressions', 'evaluated', 'httpSync', 'oneByOne', 'fromList'],
          simulator,
          host.run,
        );
        const everybody = [httpRequest, loop, adobeSdk, ...own, undici].filter((one) => one !== undefined);
        const contestants = takingPart(setting, everybody);
        results.push(await holdContest(setting, contestants, simulator, repetitions, (who, sample) => onSample(setting, who, sample)));
      } finally {
        await host.stop();
      }
    }
  } finally {
    await Promise.all([undici.stop(), adobeSdk?.stop(), simulator.process.stop()]);
  }
  return results;
}
