import type { Sample, SettingResult } from '../contest';
import type { ManyItemsResult } from '../manyItems';
import { SETTINGS, type ContestantId } from '../settings';
import { cpuPerItem, itemsPerSecond, limitedShare, median, pairedRatio } from '../statistics';

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

  const between = (setting: string, contestant: ContestantId, base: ContestantId): number => {
    const [samples, baseSamples] = [samplesOf(setting, contestant), samplesOf(setting, base)];
    return samples.length === 0 || baseSamples.length === 0 ? NaN : pairedRatio(samples, baseSamples, itemsPerSecond);
  };

  const targets: Target[] = [];
  if (took('noLatency')) {
    const cpu = pairedRatio(samplesOf('noLatency', 'automatic'), samplesOf('noLatency', 'undici'), cpuPerItem);
    targets.push(
      atLeast('Automatic mapping, no latency: items/s against the HTTP Request node', 25, speedup('noLatency', 'automatic')),
      atLeast(
        'One expression per field plus key, no latency: items/s against the HTTP Request node',
        3,
        speedup('noLatency', 'expressions'),
      ),
      atMost('CPU per item, automatic mapping, against raw undici', 1.4, cpu),
    );
  }
  if (took('latency50')) {
    const failed = failures(samplesOf('latency50', 'automatic'));
    const target = atLeast('50 ms latency: items/s against the HTTP Request node', 1.5, speedup('latency50', 'automatic'));
    targets.push(with0Failures(target, failed));
    targets.push(atLeast('50 ms latency: items/s against raw undici', 0.95, between('latency50', 'automatic', 'undici')));
    targets.push(
      atLeast('50 ms latency, dragged fields: items/s against automatic mapping', 0.95, between('latency50', 'expressions', 'automatic')),
    );
  }
  if (took('dragged')) {
    const ratio = between('dragged', 'expressions', 'automatic');
    targets.push(atLeast('Dragged fields, no latency: items/s against automatic mapping', 0.8, ratio));
  }
  for (const { id, conditions } of SETTINGS) {
    const cap = conditions.requestsPerSecond;
    if (cap !== null && took(id)) targets.push(judgeCap(cap, samplesOf(id, 'automatic')));
  }
  targets.push(...judgeSync(samplesOf('nightlySync', 'fromList'), samplesOf('nightlySync', 'oneByOne')));
  if (took('noLatency')) targets.push(judgeConnections(samplesOf('noLatency', 'automatic'), inFlight));
  if (manyItems !== undefined) {
    const { update, sync, data } = manyItems;
    targets.push(judgeMemory('updates', update, data), judgeMemory('rows against as many profiles, from the list', sync, data));
  }
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

/** What the list saves, and that it costs nobody anything. */
function judgeSync(fromList: readonly Sample[], oneByOne: readonly Sample[]): Target[] {
  if (fromList.length === 0) return [];
  const cap = SETTINGS.find(({ id }) => id === 'nightlySync')?.conditions.requestsPerSecond ?? 1;
  const perRow = median(fromList.map(({ seen, items }) => seen.requests / items));
  const time = median(fromList.map(({ milliseconds, seen }) => milliseconds / 1000 / (seen.requests / cap)));
  const [doubles, losses, failed] = [sum(fromList, (one) => one.seen.doubles), sum(fromList, (one) => one.seen.losses), failures(fromList)];
  return [
    {
      what: 'Nightly sync from the list: requests per row',
      wanted: 'at most 0.06; 0 doubles, 0 losses, 0 failed',
      got: `${perRow.toFixed(3)}; ${doubles} doubles, ${losses} losses, ${failed} failed`,
      isReached: perRow <= 0.06 && doubles + losses + failed === 0,
    },
    atMost('Nightly sync from the list: time against its requests/cap', 1.2, time),
    ...(oneByOne.length === 0
      ? []
      : [atLeast('Nightly sync from the list: rows/s against one by one', 12, pairedRatio(fromList, oneByOne, itemsPerSecond))]),
  ];
}

function sum(samples: readonly Sample[], of: (sample: Sample) => number): number {
  return samples.reduce((total, sample) => total + of(sample), 0);
}

/** Every request that was repeated may have cost a connection. */
function judgeConnections(samples: readonly Sample[], inFlight: number): Target {
  const opened = Math.max(...samples.map(({ seen }) => seen.connectionsOpened));
  const repeated = Math.max(...samples.map(({ seen }) => seen.faults + seen.throttled));
  const items = Math.max(...samples.map((sample) => sample.items));
  // One more for the first request, which goes through n8n's helper, so that n8n mints the token.
  const limit = inFlight + 1 + repeated;
  return {
    what: `Connections opened for ${items.toLocaleString('en-US')} updates`,
    wanted: `at most ${limit}, the number in flight, one that mints the token, and retries`,
    got: String(opened),
    isReached: opened <= limit,
  };
}

function judgeMemory(what: string, run: ManyItemsResult['update'], data: ManyItemsResult['data']): Target {
  const factor = (run.peakBytes - run.idleBytes) / data.inMemory;
  const target = atMost(`${run.items.toLocaleString('en-US')} ${what}: peak memory above the idle n8n against input + output`, 2, factor);
  return with0Failures(target, run.items - run.succeeded);
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
