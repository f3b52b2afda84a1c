import type { Session } from './session';

/** One row of the table of compatibility. */
export interface Check {
  /** What works, in words for a user. */
  name: string;
  /** @returns what was seen, in a few words @throws Error that says what was not as it should be */
  readonly run: (session: Session) => Promise<string>;
}

/** @throws Error with the message unless the condition holds */
export function expectThat(condition: boolean, message: string, seen?: unknown): asserts condition {
  if (!condition) throw new Error(seen === undefined ? message : `${message}: ${JSON.stringify(seen).slice(0, 300)}`);
}
