import { NO_CONDITIONS, type Conditions } from './simulator';

/** Who takes part. */
export const CONTESTANTS = {
  httpRequest: 'n8n HTTP Request node',
  loop: "Minimal node: a loop around n8n's helper",
  adobeSdk: "Adobe's SDK for Campaign Standard, one after the other (plain Node)",
  automatic: 'This package, automatic mapping',
  expressions: 'This package, one expression per field plus key',
  undici: 'Raw undici, as many in flight as this package (plain Node)',
} as const;

export type ContestantId = keyof typeof CONTESTANTS;

/** Requests that this package keeps in flight at the most, and therefore raw undici as well. */
export { MOST_IN_FLIGHT } from '../nodes/shared/transport/pace/inFlightWindow';

/** Conditions, and how many items each contestant updates in them: slow ones get fewer, so that a run ends today. */
export interface Setting {
  readonly id: string;
  readonly name: string;
  readonly conditions: Conditions;
  readonly items: Readonly<Record<ContestantId, number>>;
  /** Everybody's first items, without the conditions and not counted: code gets compiled, a token minted. */
  readonly warmUpItems: number;
}

const everybody = (count: number): Setting['items'] => ({
  httpRequest: count,
  loop: count,
  adobeSdk: count,
  automatic: count,
  expressions: count,
  undici: count,
});

const warmUpItems = 200;

/** In this order; n8n is started afresh for each, so that nothing learned in one helps in the next. */
export const SETTINGS: readonly Setting[] = [
  {
    id: 'noLatency',
    name: 'No latency',
    conditions: NO_CONDITIONS,
    items: { httpRequest: 2_000, loop: 1_000, adobeSdk: 1_000, automatic: 10_000, expressions: 2_000, undici: 10_000 },
    warmUpItems,
  },
  {
    id: 'latency50',
    name: '50 ms latency',
    conditions: { ...NO_CONDITIONS, latencyMs: 50 },
    items: { ...everybody(2_000), loop: 100, adobeSdk: 100 },
    warmUpItems,
  },
  {
    id: 'faults',
    name: '1% faults (503 and resets)',
    conditions: { ...NO_CONDITIONS, faultRate: 0.01 },
    items: { ...everybody(2_000), loop: 1_000, adobeSdk: 1_000 },
    warmUpItems,
  },
  {
    id: 'cap100',
    name: 'Hidden cap of 100 requests/s',
    conditions: { ...NO_CONDITIONS, requestsPerSecond: 100 },
    items: everybody(2_000),
    warmUpItems,
  },
  {
    id: 'cap13',
    name: 'Hidden cap of 13 requests/s',
    conditions: { ...NO_CONDITIONS, requestsPerSecond: 13 },
    items: everybody(400),
    warmUpItems,
  },
];

/** Items of the run that looks at memory. */
export const MANY_ITEMS = 100_000;

/** The same in little, for a look whether everything works. */
export const QUICK_SETTINGS: readonly Setting[] = SETTINGS.map((setting) => ({
  ...setting,
  items: { ...everybody(setting.conditions.requestsPerSecond === 13 ? 20 : 100), loop: 25 },
  warmUpItems: 10,
}));
