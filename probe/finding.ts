import type { AssumptionName, Assumptions, Dialect } from '../test/simulator';
import type { Subjects } from './subjects';
import type { Tenant } from './tenant';

/** What a probe learned about one assumption. */
export type Finding<Value> =
  /** The instance behaves as this side of the assumption. */
  | { readonly kind: 'observed'; readonly value: Value; readonly note?: string }
  /** The instance does something that no side of the assumption describes. */
  | { readonly kind: 'neither'; readonly note: string }
  /** This instance, or this way of asking, cannot tell. */
  | { readonly kind: 'notAnswerable'; readonly note: string };

/** What a probe asks with. */
export interface Asking {
  readonly tenant: Tenant;
  readonly dialect: Dialect | null;
  /** The profile and the service of the probe's own; null unless it may write. */
  readonly subjects: Subjects | null;
}

/** Asks an instance which side of an assumption is true. */
export interface ReadingProbe<Value> {
  readonly stage: 'read';
  /** The generation of Campaign that the assumption is about; both if left out. */
  readonly dialect?: Dialect;
  readonly ask: (asking: Asking) => Promise<Finding<Value>>;
}

/**
 * Asks with a profile and a service of the probe's own. `opening`: before they are there; `removal`: takes the profile away;
 * `afterwards`: takes the service away, and looks.
 */
export interface WritingProbe<Value> {
  readonly stage: 'opening' | 'write' | 'removal' | 'afterwards';
  readonly dialect?: Dialect;
  readonly ask: (subjects: Subjects, asking: Asking) => Promise<Finding<Value>>;
}

/** Why an assumption has no probe. */
export interface NoProbe {
  readonly stage: 'none';
  readonly why: string;
}

export type Probe<Value> = ReadingProbe<Value> | WritingProbe<Value> | NoProbe;

/** A probe, or the reason for none, for each of some assumptions. */
export type ProbesOf<Names extends AssumptionName> = { readonly [Name in Names]: Probe<Assumptions[Name]> };

/** The instance behaves like this. */
export function observed<Value>(value: Value, note?: string): Finding<Value> {
  return { kind: 'observed', value, ...(note === undefined ? {} : { note }) };
}

/** The instance does something else. */
export function neither(note: string): Finding<never> {
  return { kind: 'neither', note };
}

/** This instance cannot tell. */
export function notAnswerable(note: string): Finding<never> {
  return { kind: 'notAnswerable', note };
}

/** There is no probe, for this reason. */
export function noProbe(why: string): NoProbe {
  return { stage: 'none', why };
}
