import { drawChart } from '../../bench/report/chart';
import { holdContest, type Sample, type SettingResult } from '../../bench/contest';
import type { Contestant } from '../../bench/contestants';
import { NO_CONDITIONS, type BenchSimulator } from '../../bench/processes/simulator';
import { withTables } from '../../bench/report/publish';
import { describeSetting } from '../../bench/report/report';
import { CONTESTANTS, type ContestantId, type Setting } from '../../bench/settings';
import { median, pairedRatio } from '../../bench/statistics';
import { costsOf } from '../../bench/report/costs';
import { judge } from '../../bench/report/targets';

function sample(values: Partial<Omit<Sample, 'seen'>> & { seen?: Partial<Sample['seen']> }): Sample {
  const { seen, ...own } = values;
  return {
    items: 100,
    succeeded: 100,
    failed: 0,
    milliseconds: 1000,
    cpuMilliseconds: 50,
    startBytes: 1e8,
    peakBytes: 2e8,
    ...own,
    seen: {
      requests: 100,
      throttled: 0,
      faults: 0,
      connectionsOpened: 5,
      mostInFlight: 5,
      recordsWritten: 100,
      doubles: 0,
      losses: 0,
      cpuMilliseconds: 100,
      ...seen,
    },
  };
}

function setting(id: string, contestants: Partial<Record<ContestantId, Sample[]>>): SettingResult {
  const entries = Object.entries(contestants) as Array<[ContestantId, Sample[]]>;
  return { id, name: id, contestants: entries.map(([who, samples]) => ({ id: who, name: CONTESTANTS[who], samples })) };
}

describe('the figures', () => {
  it('are medians', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
    expect(() => median([])).toThrow('median of nothing');
  });

  it('compare runs of the same round', () => {
    const samples = [10, 100, 1000].map((succeeded) => sample({ succeeded }));
    const base = [1, 20, 500].map((succeeded) => sample({ succeeded }));
    expect(pairedRatio(samples, base, ({ succeeded }) => succeeded)).toBe(5);
  });
});

describe('the contest', () => {
  /** What happens in which order while two contestants take part. */
  async function held(setting: Setting, rounds = 1): Promise<string[]> {
    const log: string[] = [];
    const call = async (name: string, input: unknown): Promise<unknown> => {
      log.push(typeof input === 'number' ? `${name} ${input}` : name);
      return name === 'observe' ? sample({}).seen : undefined;
    };
    const contestants = (['oneByOne', 'fromList'] as const).map((id): Contestant => {
      return { id, name: id, run: async (count) => (log.push(`${id} ${count}`), sample({})) };
    });
    const simulator = { process: { call: call as BenchSimulator['process']['call'] } };
    await holdContest(setting, contestants, simulator, rounds, () => {});
    return log;
  }

  it('has rows that differ before every run of a sync, warm-up included', async () => {
    const setting: Setting = { id: 'any', name: 'any', conditions: NO_CONDITIONS, items: { oneByOne: 60, fromList: 40 }, warmUpItems: 20 };
    expect(await held({ ...setting, isSync: true })).toEqual([
      ...['impose', 'prepareSync 20', 'oneByOne 20', 'prepareSync 20', 'fromList 20'],
      ...['prepareSync 60', 'impose', 'oneByOne 60', 'observe', 'prepareSync 40', 'impose', 'fromList 40', 'observe'],
    ]);
    expect(await held(setting)).not.toContain('prepareSync 20');
  });

  it('goes both ways round, and no more often than the setting wants', async () => {
    const setting: Setting = { id: 'any', name: 'any', conditions: NO_CONDITIONS, items: { oneByOne: 60, fromList: 40 }, warmUpItems: 20 };
    const runs = async (mostRounds?: number) => (await held({ ...setting, mostRounds }, 2)).filter((entry) => /[46]0$/.test(entry));
    expect(await runs()).toEqual(['oneByOne 60', 'fromList 40', 'fromList 40', 'oneByOne 60']);
    expect(await runs(1)).toEqual(['oneByOne 60', 'fromList 40']);
  });
});

describe('the targets', () => {
  const verdicts = (results: SettingResult[]): boolean[] => judge(results, undefined, 5).map(({ isReached }) => isReached);

  it('are judged for what was run only', () => {
    expect(judge([], undefined, 5)).toEqual([]);
  });

  it.each<[string, Parameters<typeof sample>[0], boolean]>([
    ['is reached at 1.1 times the shortest time', { milliseconds: 1100 }, true],
    ['is missed when it takes too long', { milliseconds: 1200 }, false],
    ['is missed with one failed item', { succeeded: 99, failed: 1 }, false],
    ['is missed with too many 429s', { seen: { requests: 104, throttled: 4 } }, false],
  ])('a hidden cap %s', (_, values, isReached) => {
    expect(verdicts([setting('cap100', { automatic: [sample(values)] })])).toEqual([isReached]);
  });

  it.each([
    ['no failures', 100, true],
    ['a failure', 99, false],
  ])('50 ms latency with %s', (_, succeeded, isReached) => {
    const same = [sample({ succeeded: 100 })];
    const results = [
      setting('latency50', {
        httpRequest: [sample({ succeeded: 50 })],
        automatic: [sample({ succeeded })],
        expressions: same,
        undici: same,
      }),
    ];
    expect(verdicts(results)).toEqual([isReached, true, true]);
    const slow = [sample({ succeeded: 94 })];
    const missed = [setting('latency50', { httpRequest: slow, automatic: same, expressions: slow, undici: [sample({ succeeded: 110 })] })];
    expect(verdicts(missed)).toEqual([false, false, false]);
  });

  it.each<[string, Parameters<typeof sample>[0], boolean[]]>([
    ['is reached', { seen: { requests: 6 }, milliseconds: 70 }, [true, true, true]],
    ['is missed with a double', { seen: { requests: 6, doubles: 1 }, milliseconds: 70 }, [false, true, true]],
    ['is missed with a loss', { seen: { requests: 6, losses: 1 }, milliseconds: 70 }, [false, true, true]],
    ['is missed with too many requests', { seen: { requests: 7 }, milliseconds: 70 }, [false, true, true]],
    ['is missed when it takes too long', { seen: { requests: 6 }, milliseconds: 90 }, [true, false, false]],
  ])('a nightly sync %s', (_, values, reached) => {
    const results = [setting('nightlySync', { fromList: [sample(values)], oneByOne: [sample({ milliseconds: 1000 })] })];
    expect(verdicts(results)).toEqual(reached);
  });

  it('without latency: speed of both ways, CPU, connections', () => {
    const fast = setting('noLatency', {
      httpRequest: [sample({ milliseconds: 25_000 })],
      automatic: [sample({ cpuMilliseconds: 13 })],
      expressions: [sample({ milliseconds: 4000 })],
      undici: [sample({ cpuMilliseconds: 10 })],
    });
    expect(verdicts([fast])).toEqual([true, true, true, true]);

    const slow = setting('noLatency', {
      httpRequest: [sample({ milliseconds: 11_000 })],
      automatic: [sample({ cpuMilliseconds: 15, seen: { connectionsOpened: 7 } })],
      expressions: [sample({ milliseconds: 4000 })],
      undici: [sample({ cpuMilliseconds: 10 })],
    });
    expect(verdicts([slow])).toEqual([false, false, false, false]);
  });

  it('many items: memory above the idle engine, all updated', () => {
    const run = { ...sample({ peakBytes: 2.9e8 }), idleBytes: 1e8 };
    const judged = (inMemory: number) => judge([], { update: run, sync: run, engineAlone: run, data: { inMemory, asJson: 1e8 } }, 5);
    expect(judged(1e8)).toMatchObject(Array(2).fill({ got: '1.90x, 0 failed', isReached: true }));
    expect(judged(0.9e8)).toMatchObject(Array(2).fill({ isReached: false }));
  });
});

describe('the report', () => {
  const results = setting('noLatency', {
    httpRequest: [sample({ milliseconds: 10_000 })],
    automatic: [sample({ succeeded: 99, failed: 1, seen: { throttled: 7 } })],
  });

  it('has a row for each contestant, the HTTP Request node as the measure', () => {
    const rows = describeSetting(results).split('\n').slice(6);
    expect(rows).toEqual([
      `| ${CONTESTANTS.httpRequest} | 100 | 10 | 1.00x | 0.50 | 200 | 0 | 1.00 | 0 | 5 | 1% |`,
      `| ${CONTESTANTS.automatic} | 100 | 99 | 9.90x | 0.50 | 200 | 1 | 1.00 | 7 | 5 | 10% |`,
    ]);
  });

  it('says what an item costs whom, as far as they took part', () => {
    const cpu = (cpuMilliseconds: number) => [sample({ cpuMilliseconds })];
    const costs = (...settings: SettingResult[]) => costsOf(settings, undefined).map(({ milliseconds }) => Number(milliseconds.toFixed(2)));
    const all = { httpRequest: cpu(1000), loop: cpu(700), automatic: cpu(25), expressions: cpu(27), evaluated: cpu(127), undici: cpu(15) };
    expect(costs(setting('noLatency', all))).toEqual([0.15, 0.1, 0.02, 1, 6.85, 3]);
    expect(costs(setting('noLatency', { automatic: cpu(25), undici: cpu(15) }))).toEqual([0.15, 0.1]);
    expect(costs(setting('latency50', all))).toEqual([]);
  });

  it('says where there was one run only', () => {
    expect(describeSetting(results)).toContain('One run each.');
    const twice = setting('noLatency', { automatic: [sample({}), sample({})] });
    expect(describeSetting(twice)).not.toContain('One run');
  });

  it('draws a bar for each contestant, the fastest one the longest', () => {
    const widths = [...drawChart([results]).matchAll(/<rect x="\d+" y="\d+" width="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths[1]).toBeGreaterThan(9 * (widths[0] ?? 0));
  });

  it('replaces the tables of the page, whatever is in them, and nothing else', () => {
    const page = 'before\n<!-- results of npm run bench -->\nold\n<!-- end of the results -->\nafter\n';
    const written = withTables(withTables(page, "$1 costs $'"), 'new');
    expect(written).toBe('before\n<!-- results of npm run bench -->\n\nnew\n\n<!-- end of the results -->\nafter\n');
    expect(withTables('<!-- results of npm run bench -->\n<!-- end of the results -->', 'new')).toContain('\nnew\n');
    expect(() => withTables('no markers', 'new')).toThrow('put them back');
  });
});
