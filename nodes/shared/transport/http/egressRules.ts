import type { NodeEgressFilter, RequestHelperFunctions } from 'n8n-workflow';

import { versionOfN8nCore } from './hostLibraries';

/** What sends need of n8n's egress rules. */
export type EgressFilter = Pick<NodeEgressFilter, 'validateUrl' | 'createSecureLookup'>;

/** Whether a URL may be asked, or the rule that forbids it. */
export type EgressVerdict = Awaited<ReturnType<EgressFilter['validateUrl']>>;

/** The egress rules of an n8n that shows them. */
export interface EgressRules {
  /** Undefined where there are no rules. */
  readonly filter: EgressFilter | undefined;
}

/** What a node is given, as far as egress rules are concerned. Old versions have no `getSecureEgressFilter`. */
export interface EgressContext {
  readonly helpers: Partial<Pick<RequestHelperFunctions, 'getSecureEgressFilter'>>;
}

/** From this n8n on there is `getSecureEgressFilter`; before it, n8n's helper took its rules from the data of the execution. */
const FIRST_WITH_FILTER = [2, 28] as const;

/**
 * Reads the rules about where this n8n may send requests (N8N_SSRF_*).
 *
 * - n8n 2.28 and newer show them to nodes.
 * - n8n 2.12 to 2.27 keep them in `additionalData.ssrfBridge`, if they are switched on, for their own helper.
 * - Older ones have none.
 *
 * @param version of n8n-core: major and minor
 * @returns undefined where there is no telling whether there are some
 */
export function egressRules(context: EgressContext, version = versionOfN8nCore()): EgressRules | undefined {
  const { getSecureEgressFilter } = context.helpers;
  // The first n8n versions that have it return undefined where there are no rules.
  if (getSecureEgressFilter) return { filter: getSecureEgressFilter.call(context.helpers) };
  if (!version || !isBefore(version, FIRST_WITH_FILTER)) return undefined;
  const data: unknown = 'additionalData' in context ? context.additionalData : undefined;
  if (typeof data !== 'object' || data === null) return undefined;
  const bridge: unknown = 'ssrfBridge' in data ? data.ssrfBridge : undefined;
  if (bridge === undefined) return { filter: undefined };
  return isEgressFilter(bridge) ? { filter: bridge } : undefined;
}

function isBefore([major, minor]: readonly [number, number], [otherMajor, otherMinor]: readonly [number, number]): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function isEgressFilter(bridge: unknown): bridge is EgressFilter {
  const functionNamed = (name: string): boolean =>
    typeof bridge === 'object' && bridge !== null && name in bridge && typeof Reflect.get(bridge, name) === 'function';
  return functionNamed('validateUrl') && functionNamed('createSecureLookup');
}
