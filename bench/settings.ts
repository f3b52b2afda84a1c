import { NO_CONDITIONS, type Conditions } from './processes/simulator';

/** Who takes part. */
export const CONTESTANTS = {
  httpRequest: 'n8n HTTP Request node',
  loop: "Minimal node: a loop around n8n's helper",
  adobeSdk: "Adobe's SDK for Campaign Standard, one after the other (plain Node)",
  automatic: 'This package, automatic mapping',
  expressions: 'This package, one expression per field plus key',
  evaluated: "This package, the same with a field that n8n's engine evaluates",
  undici: 'Raw undici, as many in flight as this package (plain Node)',
  httpSync: 'n8n HTTP Request nodes: search, If, PATCH',
  oneByOne: 'This package, Create or Update one by one',
  fromList: 'This package, Create or Update from the list',
} as const;

export type ContestantId = keyof typeof CONTESTANTS;

/** Requests that this package keeps in flight at the most, and therefore raw undici as well. */
export { MOST_IN_FLIGHT } from '../nodes/shared/transport/pace/inFlightWindow';

/**
 * Conditions, and how many items each contestant updates in them: slow ones get fewer, so that a run ends today. Who has no number
 * does not take part.
 */
export interface Setting {
  readonly id: string;
  readonly name: string;
  readonly conditions: Conditions;
  readonly items: Readonly<Partial<Record<ContestantId, number>>>;
  /** Everybody's first items, without the conditions and not counted: code gets compiled, a token minted. */
  readonly warmUpItems: number;
  /** More rounds than this would tell nothing new: a cap sets the time, or it is not the time that matters. */
  readonly mostRounds?: number;
  /** Whether the rows are known by email, and what they hold is there already for all but one in twenty. */
  readonly isSync?: boolean;
}

/** Of a nightly sync one row in so many differs from what is there. */
export const CHANGED_ONE_IN = 20;

const everybody = (count: number): Setting['items'] => ({
  httpRequest: count,
  loop: count,
  adobeSdk: count,
  automatic: count,
  expressions: count,
  undici: count,
});

const warmUpItems = 200;
/**
 * Where a cap is to be met: a process that was let send as fast as it could would have many in flight when the cap comes, all of which
 * are refused. Hardly anybody meets a cap like that.
 */
const fewWarmUpItems = 5;

/** In this order; n8n is started afresh for each, so that nothing learned in one helps in the next. */
export const SETTINGS: readonly Setting[] = [
  {
    id: 'noLatency',
    name: 'No latency',
    conditions: NO_CONDITIONS,
    items: { httpRequest: 2_000, loop: 1_000, adobeSdk: 1_000, automatic: 10_000, expressions: 10_000, evaluated: 2_000, undici: 10_000 },
    warmUpItems,
  },
  {
    id: 'dragged',
    name: 'No latency, fields dragged onto the parameters',
    conditions: NO_CONDITIONS,
    items: { automatic: 10_000, expressions: 10_000 },
    warmUpItems,
  },
  {
    id: 'latency50',
    name: '50 ms latency',
    conditions: { ...NO_CONDITIONS, latencyMs: 50 },
    items: { httpRequest: 2_000, loop: 100, adobeSdk: 100, automatic: 20_000, expressions: 20_000, undici: 20_000 },
    warmUpItems,
  },
  {
    id: 'faults',
    name: '1% faults (503 and resets)',
    conditions: { ...NO_CONDITIONS, faultRate: 0.01 },
    items: { ...everybody(2_000), loop: 1_000, adobeSdk: 1_000 },
    warmUpItems,
    mostRounds: 1,
  },
  {
    id: 'cap100',
    name: 'Hidden cap of 100 requests/s',
    conditions: { ...NO_CONDITIONS, requestsPerSecond: 100 },
    items: everybody(2_000),
    warmUpItems: fewWarmUpItems,
    mostRounds: 1,
  },
  {
    id: 'cap13',
    name: 'Hidden cap of 13 requests/s',
    conditions: { ...NO_CONDITIONS, requestsPerSecond: 13 },
    items: everybody(400),
    warmUpItems: fewWarmUpItems,
    mostRounds: 1,
  },
  {
    id: 'nightlySync',
    name: 'Nightly sync: 5% of the rows differ, hidden cap of 100 requests/s',
    conditions: { ...NO_CONDITIONS, requestsPerSecond: 100 },
    items: { httpSync: 2_000, oneByOne: 20_000, fromList: 20_000 },
    warmUpItems,
    mostRounds: 1,
    isSync: true,
  },
];

/** Items of the run that looks at memory. */
export const MANY_ITEMS = 100_000;

/** The same in little, for a look whether everything works. */
export const QUICK_SETTINGS: readonly Setting[] = SETTINGS.map((setting) => ({
  ...setting,
  items: Object.fromEntries(
    Object.keys(setting.items).map((id) => [id, id === 'loop' ? 25 : setting.conditions.requestsPerSecond === 13 ? 20 : 100]),
  ),
  warmUpItems: 10,
}));
