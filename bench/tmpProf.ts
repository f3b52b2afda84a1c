import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import { workflowContestants, plainContestant } from './contestants';
import type { EngineCalls } from './engine';
import { BenchProcess } from './process';
import { holdContest } from './contest';
import { describeSetting } from './report';
import { SETTINGS } from './settings';
import { startBenchSimulator } from './simulator';

async function main() {
  const [which = 'noLatency', ids = 'automatic', count = '10000', rounds = '1', prof = ''] = process.argv.slice(2);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lookup-prof-'));
  const simulator = await startBenchSimulator(folder, Number(count));
  const environment: Record<string, string> = { ...simulator.trust };
  
  const engine = BenchProcess.start<EngineCalls>('engineProcess.ts', { environment, ...(prof ? { node: '/tmp/lookup/node-prof' } : {}) });
  await engine.call('credential', simulator.access);
  const names = ids.split(',') as any[];
  const undici = names.includes('undici') ? plainContestant('undici', simulator, process.execPath) : undefined;
  const setting = SETTINGS.find(({ id }) => id === which)!;
  const items = Object.fromEntries(names.map((id) => [id, Number(count)]));
  const contestants = [...workflowContestants(names.filter((n) => n !== 'undici'), simulator, async (w) => await engine.call('run', w)), ...(undici ? [undici] : [])];
  const result = await holdContest({ ...setting, items }, contestants, simulator, Number(rounds), (who, s) => console.log(who.id, Math.round((s.succeeded / s.milliseconds) * 1000), 'items/s', (s.cpuMilliseconds / s.items).toFixed(3), 'ms', s.seen.requests, 'requests', s.milliseconds, 'ms', 'failed', s.failed, 'doubles', s.seen.doubles, 'losses', s.seen.losses, 'peak', Math.round((s.peakBytes-s.startBytes)/1e6)));
  console.log(describeSetting(result));
  await Promise.all([engine.stop(), undici?.stop(), simulator.process.stop()]);
}
void main();
