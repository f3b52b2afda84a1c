import { invalidInput, type CampaignError } from '../../campaign/error';
import type { ListFilter } from '../../campaign/filterCatalogue';
import type { GivenFilter } from '../../campaign/find/givenFilters';
import type { Row } from '../../execution/parameters';
import type { StepParameters } from '../../execution/stepParameters';

/**
 * Reads the collection 'Filters' for one item.
 *
 * @param read makes a filter of what was entered; undefined for one that an AI agent left out
 * @throws CampaignError `invalidInput`, also when an AI agent left all of them out: everybody would match
 */
export function readFilterEntries(item: StepParameters, read: (entry: Row) => GivenFilter | undefined): GivenFilter[] {
  const entries = item.rows('filters', 'Filters', 'Without it everybody would match.');
  const given = entries.map(read).filter((filter) => filter !== undefined);
  if (entries.length === 0 || given.length > 0) return given;
  throw invalidInput("All values of 'Filters' are empty", 'Everybody would match. Give a value for at least one of the filters.');
}

/** A filter that every instance has. */
export function knownFilter(filter: ListFilter): GivenFilter {
  return { kind: 'known', filter };
}

/** The error for a filter that this version does not offer. */
export function unknownFilterKind(kind: string): CampaignError {
  return invalidInput(
    `There is no filter '${kind}' in this version`,
    'The workflow may have been made with a newer version of this package: update it under Settings > Community nodes.',
  );
}

/**
 * The value of a filter as text.
 *
 * @throws CampaignError `invalidInput` when there is none
 */
export function requiredText(entry: Row, name: string, displayName: string): string {
  const text = entry.text(name, displayName);
  if (text !== '') return text;
  throw invalidInput(
    `'${displayName}' of a filter is empty`,
    'Campaign would leave the filter out and return everybody. Give a value, or remove the filter.',
  );
}
