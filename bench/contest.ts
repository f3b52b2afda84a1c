import type { Contestant } from './contestants';
import type { Outcome } from './processes/plain';
import type { ContestantId, Setting } from './settings';
import { NO_CONDITIONS, type BenchSimulator, type Observed } from './processes/simulator';

/** One run of one contestant: what it says of itself and what the simulator saw. */
export interface Sample extends Outcome {
  readonly items: number;
  readonly seen: Observed;
}

/** All runs in one setting, by contestant, the first ones first. */
export interface SettingResult {
  readonly id: string;
  readonly name: string;
  readonly contestants: ReadonlyArray<{ readonly id: ContestantId; readonly name: string; readonly samples: readonly Sample[] }>;
}

/**
 * Lets everybody run in turn, forwards and backwards, so that what changes on the machine meanwhile meets all alike.
 *
 * @param repetitions rounds, where the setting does not want fewer
 * @param onSample hears of every run
 */
export async function holdContest(
  setting: Setting,
  contestants: readonly Contestant[],
  simulator: { readonly process: Pick<BenchSimulator['process'], 'call'> },
  repetitions: number,
  onSample: (contestant: Contestant, sample: Sample) => void,
): Promise<SettingResult> {
  const samples = new Map<ContestantId, Sample[]>(contestants.map(({ id }) => [id, []]));

  const prepare = async (items: number): Promise<void> => {
    if (setting.isSync) await simulator.process.call('prepareSync', items);
  };
  await simulator.process.call('impose', NO_CONDITIONS);
  for (const contestant of contestants) {
    // Where an earlier setting has left every profile as its row, none would differ, and nobody would warm up to update one.
    await prepare(setting.warmUpItems);
    await contestant.run(setting.warmUpItems);
  }

  for (let round = 0; round < Math.min(repetitions, setting.mostRounds ?? Infinity); round += 1) {
    for (const contestant of round % 2 === 0 ? contestants : [...contestants].reverse()) {
      const items = setting.items[contestant.id] ?? 0;
      await prepare(items);
      await simulator.process.call('impose', setting.conditions);
      const outcome = await contestant.run(items);
      const sample: Sample = { ...outcome, items, seen: await simulator.process.call('observe', undefined) };
      samples.get(contestant.id)?.push(sample);
      onSample(contestant, sample);
    }
  }
  const results = contestants.map(({ id, name }) => ({ id, name, samples: samples.get(id) ?? [] }));
  return { id: setting.id, name: setting.name, contestants: results };
}
