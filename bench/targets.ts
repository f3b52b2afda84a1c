import type { Sample, SettingResult } from './contest';
import type { ManyItemsResult } from './manyItems';
import { SETTINGS, type ContestantId } from './settings';
import { cpuPerItem, itemsPerSecond, limitedShare, median, pairedRatio } from './statistics';

/** Something this package wants to reach, and what it got. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly got: string;
  readonly isReached: boolean;
}

/**
 * Judges the results of a full run.
 *
 * @param inFlight how many requests this package keeps in flight at the most
 * @returns one entry for each target whose runs took place
 */
export function judge(settings: readonly SettingResult[], manyItems: ManyItemsResult | undefined, inFlight: number): Target[] {
  const samplesOf = (setting: string, contestant: ContestantId): readonly Sample[] =>
    settings.find(({ id }) => id === setting)?.contestants.find(({ id }) => id === contestant)?.samples ?? [];
  const took = (setting: string): boolean => samplesOf(setting, 'automatic').length > 0;
  const speedup = (setting: string, contestant: ContestantId): number =>
    pairedRatio(samplesOf(setting, contestant), samplesOf(setting, 'httpRequest'), itemsPerSecond);

  const targets: Target[] = [];
  if (took('noLatency')) {
    const cpu = pairedRatio(samplesOf('noLatency', 'automatic'), samplesOf('noLatency', 'undici'), cpuPerItem);
    targets.push(
      atLeast('Automatic mapping, no latency: items/s against the HTTP Request node', 12, speedup('noLatency', 'automatic')),
      atLeast(
        'One expression per field plus key, no latency: items/s against the HTTP Request node',
        3,
        speedup('noLatency', 'expressions'),
      ),
      atMost('CPU per item, automatic mapping, against raw undici', 2, cpu),
    );
  }
  if (took('latency50')) {
    const failed = failures(samplesOf('latency50', 'automatic'));
    const target = atLeast('50 ms latency: items/s against the HTTP Request node', 1.5, speedup('latency50', 'automatic'));
    targets.push(with0Failures(target, failed));
  }
  for (const { id, conditions } of SETTINGS) {
    const cap = conditions.requestsPerSecond;
    if (cap !== null && took(id)) targets.push(judgeCap(cap, samplesOf(id, 'automatic')));
  }
  if (took('noLatency')) targets.push(judgeConnections(samplesOf('noLatency', 'automatic'), inFlight));
  if (manyItems !== undefined) targets.push(judgeMemory(manyItems));
  return targets;
}

function judgeCap(cap: number, samples: readonly Sample[]): Target {
  const time = median(samples.map(({ milliseconds, items }) => milliseconds / 1000 / (items / cap)));
  const limited = median(samples.map(limitedShare));
  const target = with0Failures(atMost(`Hidden cap of ${cap} requests/s: time against items/cap`, 1.15, time), failures(samples));
  return {
    what: target.what,
    wanted: `${target.wanted}, under 3% answered 429`,
    got: `${target.got}, ${percent(limited)} answered 429`,
    isReached: target.isReached && limited < 0.03,
  };
}

/** Every request that was repeated may have cost a connection. */
function judgeConnections(samples: readonly Sample[], inFlight: number): Target {
  const opened = Math.max(...samples.map(({ seen }) => seen.connectionsOpened));
  const repeated = Math.max(...samples.map(({ seen }) => seen.faults + seen.throttled));
  const items = Math.max(...samples.map((sample) => sample.items));
  const limit = inFlight + repeated;
  return {
    what: `Connections opened for ${items.toLocaleString('en-US')} updates`,
    wanted: `at most ${limit}, the number in flight plus retries`,
    got: String(opened),
    isReached: opened <= limit,
  };
}

function judgeMemory({ update, data }: ManyItemsResult): Target {
  const factor = (update.peakBytes - update.idleBytes) / data.inMemory;
  const target = atMost(`${update.items.toLocaleString('en-US')} items: peak memory above the idle n8n against input + output`, 2, factor);
  return with0Failures(target, update.items - update.succeeded);
}

const atLeast = (what: string, wanted: number, got: number): Target => ({
  what,
  wanted: `at least ${wanted}x`,
  got: times(got),
  isReached: got >= wanted,
});
const atMost = (what: string, wanted: number, got: number): Target => ({
  what,
  wanted: `at most ${wanted}x`,
  got: times(got),
  isReached: got <= wanted,
});

function with0Failures({ what, wanted, got, isReached }: Target, failed: number): Target {
  return { what, wanted: `${wanted}, 0 failed`, got: `${got}, ${failed} failed`, isReached: isReached && failed === 0 };
}

function failures(samples: readonly Sample[]): number {
  return samples.reduce((sum, { items, succeeded }) => sum + items - succeeded, 0);
}

function times(value: number): string {
  return `${value.toFixed(2)}x`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
