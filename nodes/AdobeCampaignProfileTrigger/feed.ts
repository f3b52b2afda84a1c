import type { Feed } from './changes/reading';
import { fingerprint } from './changes/version';
import type { CampaignClient } from '../shared/campaign/client';
import type { Warn } from '../shared/campaign/fields/readableFields';
import { namingTargets } from '../shared/campaign/find/filterTargets';
import { resolveFilters, type GivenFilter } from '../shared/campaign/find/givenFilters';
import { listUrl } from '../shared/campaign/find/listQuery';
import { followableUrl } from '../shared/campaign/urls';
import type { TriggerSettings } from './settings';

/** Filters may be exact to the second. */
const SINCE_MARGIN_MS = 1000;

/** Which profiles the list is to have. */
export interface WantedProfiles {
  readonly given: readonly GivenFilter[];
  /** What changed before does not matter, in ms since 1970. */
  readonly floor: number;
}

/**
 * The list of profiles that a poll reads: newest first, or what a custom filter says has changed since the floor.
 *
 * @param warn is told when a filter goes out unchecked
 * @throws CampaignError `invalidInput`, `notFound` … for filters that cannot be used
 */
export async function openFeed(
  client: CampaignClient,
  { api, pageSize, sinceFilter, timeField }: TriggerSettings,
  { given, floor }: WantedProfiles,
  warn: Warn,
): Promise<Feed> {
  const profiles = { api, name: 'profile' };
  const since: GivenFilter[] = sinceFilter
    ? [{ kind: 'named', name: sinceFilter.name, parameters: { [sinceFilter.parameter]: campaignTime(floor - SINCE_MARGIN_MS) } }]
    : [];
  const filters = await resolveFilters(client, profiles, [...given, ...since], warn);
  const query = { filters, ...(sinceFilter ? {} : { sort: { field: timeField, direction: 'descending' } as const }) };
  return {
    isSorted: sinceFilter === undefined,
    // As somebody gave them: what filters are resolved to has keys, which read differently every time.
    list: fingerprint(JSON.stringify([api, timeField, sinceFilter, given])),
    pages: (start, attempt) =>
      namingTargets(
        filters,
        client.pages(
          start === undefined
            ? listUrl(client.instance, profiles, query, sizeFor(pageSize, attempt))
            : followableUrl(client.instance, start).href,
          'profile',
        ),
      ),
  };
}

/** Pages that break elsewhere in every second reading: what sat on a break is then seen whole. */
function sizeFor(pageSize: number, attempt: number): number {
  return attempt % 2 === 0 ? pageSize : Math.max(1, Math.floor((pageSize * 2) / 3));
}

function campaignTime(milliseconds: number): string {
  return new Date(Math.max(0, milliseconds)).toISOString().replace('T', ' ');
}
