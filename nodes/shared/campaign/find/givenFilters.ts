import type { CampaignClient } from '../client';
import type { Warn } from '../fields/readableFields';
import { isRefusal } from '../error';
import { checkFilter, type FilterCatalogue, type ListFilter } from '../filterCatalogue';
import { textOf } from '../records';
import { referToService } from './services';
import type { AddressedRecord } from './references';
import type { CampaignResource } from '../urls';

/** One that the instance has to know, with its parameters by name. */
export interface NamedFilter {
  readonly kind: 'named';
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A filter as somebody gave it, before Campaign was asked about it. */
export type GivenFilter =
  /** One that this package knows. */
  | { readonly kind: 'known'; readonly filter: ListFilter }
  | NamedFilter
  /** Profiles subscribed to a service. */
  | { readonly kind: 'subscribers'; readonly service: AddressedRecord };

/**
 * Makes filters ready for an address: names are checked, services looked up, both once per execution.
 *
 * @param warn is told when a filter goes out unchecked
 * @throws CampaignError `invalidInput`, `notFound` …
 */
export async function resolveFilters(
  client: CampaignClient,
  resource: CampaignResource,
  given: readonly GivenFilter[],
  warn: Warn,
): Promise<ListFilter[]> {
  return await Promise.all(
    given.map(async (filter) => {
      switch (filter.kind) {
        case 'known':
          return filter.filter;
        case 'named':
          return checkFilter(await readableFilters(client, resource, warn), resource.api, filter.name, filter.parameters);
        case 'subscribers': {
          const service = await referToService(client, filter.service);
          return { name: 'subscribers', parameters: { service: textOf(service.PKey) } };
        }
      }
    }),
  );
}

async function readableFilters(client: CampaignClient, { api, name }: CampaignResource, warn: Warn): Promise<FilterCatalogue | undefined> {
  try {
    return await client.filters(api, name);
  } catch (error) {
    if (!isRefusal(error)) return await Promise.reject(error);
    warn('Filters were used unchecked, because Campaign did not describe them', name);
    return undefined;
  }
}
