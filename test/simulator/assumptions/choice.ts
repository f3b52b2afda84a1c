/** One thing that nobody has settled: what the simulator picks, and the other possibilities. */
export interface Choice<Value> {
  /** The simulator's own pick first. */
  readonly sides: readonly [Value, ...Value[]];
  /** Whether values beyond the sides can be chosen, as for a status or a text. */
  readonly isOpen: boolean;
}

/** One of these and nothing else. */
export function oneOf<const Value extends string | number | boolean>(pick: Value, ...others: readonly Value[]): Choice<Value> {
  return { sides: [pick, ...others], isOpen: false };
}

/** Something such as these: any value of the kind can be chosen. */
export function such<Value>(pick: Value, ...others: readonly Value[]): Choice<Value> {
  return { sides: [pick, ...others], isOpen: true };
}
