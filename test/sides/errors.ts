import type { AssumptionName } from '../simulator';

/** Which operations cannot be done on a side of an assumption, and what people read then. Everything else has to end rightly. */
const ERRORS: Partial<Record<AssumptionName, readonly { readonly side: unknown; readonly operations: RegExp; readonly says: RegExp }[]>> =
  {};

/** What the error of an operation may say; nothing at all if the operation has to end rightly. */
export function mayEndInError(name: AssumptionName, side: unknown, operation: string): RegExp {
  const found = (ERRORS[name] ?? []).find((entry) => entry.side === side && entry.operations.test(operation));
  return found?.says ?? /(?!)/;
}

/** Whether some operation cannot be done on the side. */
export function isVisible(name: AssumptionName, side: unknown): boolean {
  return (ERRORS[name] ?? []).some((entry) => entry.side === side);
}
