import type { AssumptionName } from '../simulator';

/** What cannot be done on a side of an assumption, and what people read then. */
interface Limit {
  readonly side: string | number | boolean;
  readonly operations: RegExp;
  readonly says: RegExp;
}

/** Everything that is not here has to end rightly. */
const LIMITS: Partial<Record<AssumptionName, readonly Limit[]>> = {
  customResourceByKey: [
    {
      side: 'refused',
      operations: /^Custom Resource (Get by custom key|Create or Update|Update|Delete)$/,
      says: /is not the custom key of|no such address|did not accept the request/,
    },
  ],
  privacyNamespaceAttribute: [
    { side: 'namespace', operations: /^Legacy (Create Privacy Request|Get Privacy Data File)$/, says: /namespaceName|is not the address/ },
  ],
  phonePolicy: [{ side: 'refusesLetters', operations: /^Profile Create, a number with letters$/, says: /phone/ }],
  uniqueEmail: [{ side: true, operations: /^Profile Create, an email that is there$/, says: /email/ }],
  deleteOfSubscribed: [{ side: 'refused', operations: /^Profile Delete, a subscribed one$/, says: /did not accept the request/ }],
};

/** What the error of an operation may say; nothing at all if the operation has to end rightly. */
export function mayEndInError(name: AssumptionName, side: unknown, operation: string): RegExp {
  const found = (LIMITS[name] ?? []).find((limit) => limit.side === side && limit.operations.test(operation));
  return found?.says ?? /(?!)/;
}

/** Whether some operation cannot be done on the side. */
export function isVisible(name: AssumptionName, side: unknown): boolean {
  return (LIMITS[name] ?? []).some((limit) => limit.side === side);
}
