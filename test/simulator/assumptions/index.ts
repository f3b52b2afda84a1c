import { isDeepStrictEqual } from 'node:util';
import { ACCESS_CHOICES } from './access';
import type { Choice } from './choice';
import { EXECUTION_CHOICES } from './execution';
import { FILTERS_CHOICES } from './filters';
import { LISTS_CHOICES } from './lists';
import { RECORDS_CHOICES } from './records';
import { WRITES_CHOICES } from './writes';

/**
 * Everything about Adobe Campaign that neither its documentation nor a recorded answer settles. The simulator has to
 * pick something; each pick is a switch here, so that a test can show that a client survives the other possibility.
 * A test that rests on one of these says so. Where two are possible, the first one is harder on clients.
 */
export const CHOICES = {
  ...ACCESS_CHOICES,
  ...LISTS_CHOICES,
  ...FILTERS_CHOICES,
  ...RECORDS_CHOICES,
  ...WRITES_CHOICES,
  ...EXECUTION_CHOICES,
} as const;

type ValueOf<Of> = Of extends Choice<infer Value> ? Value : never;

/** A value for every switch. */
export type Assumptions = { -readonly [Name in keyof typeof CHOICES]: ValueOf<(typeof CHOICES)[Name]> };

export type AssumptionName = keyof Assumptions;

/** The simulator's own picks. */
export const DEFAULT_ASSUMPTIONS: Readonly<Assumptions> = picks(CHOICES);

/** The names of all switches, by topic. */
export const ASSUMPTION_NAMES: readonly AssumptionName[] = Object.keys(CHOICES).filter((name) => isAssumption(name));

/** Whether there is a switch of this name. */
export function isAssumption(name: string): name is AssumptionName {
  return Object.hasOwn(CHOICES, name);
}

/**
 * The switches that a report or a person has set.
 * @throws Error in a sentence for a switch that there is not, or a value that it cannot have
 */
export function parseAssumptions(values: Readonly<Record<string, unknown>>): Partial<Assumptions> {
  for (const [name, value] of Object.entries(values)) {
    if (!isAssumption(name)) throw new Error(`There is no assumption ${name}.`);
    const { sides, isOpen }: Choice<unknown> = CHOICES[name];
    const isPossible = isOpen ? sides.some((side) => isAlike(side, value)) : sides.includes(value);
    if (!isPossible) throw new Error(`${JSON.stringify(value)} is no side of the assumption ${name}.`);
  }
  // Each value was held against its own switch: more than the library's types can say.
  return { ...values };
}

/** Whether an open choice can have the value: of one kind with a side of it. */
function isAlike(side: unknown, value: unknown): boolean {
  if (side === null || value === null) return side === value;
  if (Array.isArray(side)) return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  if (typeof side !== 'object') return typeof value === typeof side;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return (
    isDeepStrictEqual(Object.keys(side).sort(), Object.keys(value).sort()) && Object.values(value).every((word) => typeof word === 'string')
  );
}

function picks<Of extends Readonly<Record<string, Choice<unknown>>>>(choices: Of): { [Name in keyof Of]: ValueOf<Of[Name]> } {
  const entries = Object.entries(choices).map(([name, { sides }]) => [name, sides[0]]);
  // Every name with the first of its own sides: more than the library's types can say.
  return Object.fromEntries(entries) as { [Name in keyof Of]: ValueOf<Of[Name]> };
}
