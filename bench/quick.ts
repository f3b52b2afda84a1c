import { holdContest, type Sample, type SettingResult } from './contest';
import { plainContestant, takingPart, workflowContestants, type Contestant } from './contestants';
import type { EngineCalls } from './processes/engine';
import { BenchProcess } from './processes/process';
import { QUICK_SETTINGS, type Setting } from './settings';
import { startBenchSimulator } from './processes/simulator';

/**
 * Everything once and with few items, in n8n's engine without an n8n: shows that the benchmark works, not how fast
 * anything is.
 *
 * @param folder for the certificate and the items
 */
export async function quickBench(
  folder: string,
  onSample: (setting: Setting, contestant: Contestant, sample: Sample) => void,
  settings = QUICK_SETTINGS,
): Promise<SettingResult[]> {
  const simulator = await startBenchSimulator(folder, 500);
  const engine = BenchProcess.start<EngineCalls>('engineProcess.ts', { environment: simulator.trust });
  const undici = plainContestant('undici', simulator, process.execPath);
  const results: SettingResult[] = [];
  try {
    await engine.call('credential', simulator.access);
    const inEngine = workflowContestants(
      ['loop', 'automatic', 'expressions', 'evaluated', 'oneByOne', 'fromList'],
      simulator,
      async (workflow) => await engine.call('run', workflow),
    );
    for (const setting of settings) {
      results.push(
        await holdContest(setting, takingPart(setting, [...inEngine, undici]), simulator, 1, (who, sample) =>
          onSample(setting, who, sample),
        ),
      );
    }
  } finally {
    await Promise.all([engine.stop(), undici.stop(), simulator.process.stop()]);
  }
  return results;
}
