import { CampaignError, restated } from '../error';
import type { ListFilter } from '../filterCatalogue';

/** Filters of profiles that take the key of another record, and what that record is (Adobe: "Profile data model"). */
const TARGETS: ReadonlyMap<string, { readonly parameter: string; readonly noun: string; readonly title: string }> = new Map([
  ['byStaticAudience', { parameter: 'audience', noun: 'audience', title: 'Audience PKey' }],
  ...['hasReceivedDelivery', 'hasOpenedDelivery', 'hasClickedDelivery'].map(
    (name) => [name, { parameter: 'delivery', noun: 'delivery', title: 'Delivery PKey' }] as const,
  ),
]);

/**
 * The records or pages of a filtered list. Where the key that a filter takes leads nowhere, Campaign answers as if the list were
 * missing: what is missing is named.
 *
 * @param filters those of the list
 * @throws CampaignError `notFound`, `unknownKey` …
 */
export async function* namingTargets<Element>(
  filters: readonly ListFilter[],
  list: AsyncGenerator<Element, void, undefined>,
): AsyncGenerator<Element, void, undefined> {
  try {
    yield* list;
  } catch (error) {
    throw namedTarget(filters, error);
  }
}

/** The same error, or the one that names what a filter's key should have led to. */
export function namedTarget(filters: readonly ListFilter[], error: unknown): unknown {
  if (!(error instanceof CampaignError) || !['notFound', 'unknownKey'].includes(error.details.reason)) return error;
  const given = filters.flatMap(({ name, parameters }) => {
    const target = TARGETS.get(name);
    const key = target && parameters[target.parameter];
    return target && key !== undefined ? [{ ...target, key }] : [];
  });
  if (given.length === 0) return error;
  const missing = given.map(({ noun, key }) => `${noun} with PKey '${key}'`).join(', or no ');
  const titles = given.map(({ title }) => `'${title}'`).join(' and ');
  return restated(error, {
    message: `There is no ${missing}`,
    description: `Check ${titles} under 'Filters'. Campaign's keys belong to one instance and are not for keeping: take the PKey from an earlier step.`,
  });
}
