import type { Sample, SettingResult } from '../contest';
import type { ManyItemsResult } from '../manyItems';
import { cpuPerItem, itemsPerSecond, median, pairedRatio } from '../statistics';
import { costsOf } from './costs';
import type { Target } from './targets';

/** Everything that one run of the benchmark found, as it goes into `results.json`. */
export interface Report {
  readonly takenAt: string;
  /** What it ran on and with. */
  readonly machine: Readonly<Record<string, string>>;
  readonly repetitions: number;
  readonly settings: readonly SettingResult[];
  readonly manyItems?: ManyItemsResult;
  readonly targets: readonly Target[];
  /** What could not be measured, and why. */
  readonly notes: readonly string[];
}

/** The report as Markdown, for the terminal and for docs/performance.md. */
export function describeReport({ takenAt, machine, repetitions, settings, manyItems, targets, notes }: Report): string {
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const sections = [
    `Taken on ${takenAt.slice(0, 10)}: ${facts.join(', ')}. Medians of ${repetitions} runs, where it does not say otherwise.`,
    ...settings.map(describeSetting),
    ...(manyItems === undefined ? [] : [describeManyItems(manyItems)]),
    ...describeCosts(settings, manyItems),
    ...(targets.length === 0 ? [] : [describeTargets(targets)]),
    ...notes,
  ];
  return sections.join('\n\n');
}

/** One setting as a table. */
export function describeSetting({ name, contestants }: SettingResult): string {
  const base = contestants.find(({ id }) => id === 'httpRequest' || id === 'httpSync')?.samples ?? [];
  const rows = contestants.map(({ name: contestant, samples }) => {
    const middle = (of: (sample: Sample) => number): number => median(samples.map(of));
    return [
      contestant,
      whole(middle(({ items }) => items)),
      whole(middle(itemsPerSecond)),
      base.length === 0 ? '' : `${pairedRatio(samples, base, itemsPerSecond).toFixed(2)}x`,
      middle(cpuPerItem).toFixed(2),
      whole(middle(({ peakBytes }) => megabytes(peakBytes))),
      whole(middle(({ failed }) => failed)),
      middle(({ seen, items }) => seen.requests / items).toFixed(2),
      whole(middle(({ seen }) => seen.throttled)),
      whole(middle(({ seen }) => seen.connectionsOpened)),
      `${whole(middle(({ seen, milliseconds }) => (seen.cpuMilliseconds / Math.max(milliseconds, 1)) * 100))}%`,
    ];
  });
  const columns = [
    'Who',
    'Items',
    'Items/s',
    'vs HTTP Request',
    'CPU ms/item',
    'Peak MB',
    'Failed',
    'Requests/row',
    '429s',
    'Connections',
    'Simulator busy',
  ];
  const rounds = Math.max(...contestants.map(({ samples }) => samples.length));
  return `### ${name}\n\n${rounds === 1 ? 'One run each.\n\n' : ''}${table(columns, rows)}`;
}

function describeManyItems({ update, sync, engineAlone, data }: ManyItemsResult): string {
  const row = (name: string, run: ManyItemsResult['update']): string[] => {
    const above = run.peakBytes - run.idleBytes;
    return [
      name,
      whole(run.succeeded),
      (run.milliseconds / 1000).toFixed(1),
      whole(megabytes(run.idleBytes)),
      whole(megabytes(above)),
      `${(above / data.inMemory).toFixed(2)}x`,
      whole(run.seen.connectionsOpened),
    ];
  };
  const columns = ['What', 'Updated', 'Seconds', 'Idle MB', 'Peak MB above idle', 'Against the data', 'Connections'];
  const sizes = `Input and output together: ${whole(megabytes(data.inMemory))} MB in memory, ${whole(megabytes(data.asJson))} MB as JSON.`;
  const rows = [
    row('This package, automatic mapping', update),
    row('This package, Create or Update from the list, as many profiles', sync),
    row('n8n alone, with a step that asks nobody', engineAlone),
  ];
  return `### ${whole(update.items)} items at once\n\n${table(columns, rows)}\n\n${sizes}`;
}

/** Nothing where there is nothing to tell. */
function describeCosts(settings: readonly SettingResult[], manyItems: ManyItemsResult | undefined): string[] {
  const rows = costsOf(settings, manyItems).map(({ what, milliseconds }) => [what, milliseconds.toFixed(3)]);
  return rows.length === 0 ? [] : [`### Where the CPU time goes, without latency\n\n${table(['What', 'CPU ms/item'], rows)}`];
}

function describeTargets(targets: readonly Target[]): string {
  const rows = targets.map(({ what, wanted, got, isReached }) => [what, wanted, got, isReached ? 'reached' : '**not reached**']);
  return `### Targets\n\n${table(['What', 'Wanted', 'Got', ''], rows)}`;
}

function table(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const lines = [columns, columns.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function megabytes(bytes: number): number {
  return bytes / 1e6;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
