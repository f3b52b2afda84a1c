import { invalidInput, type CampaignError } from '../../campaign/error';
import type { ListFilter } from '../../campaign/filterCatalogue';
import type { GivenFilter } from '../../campaign/find/givenFilters';
import { isObject } from '../../campaign/records';
import { show } from '../../campaign/fields/values';
import type { StepParameters } from '../../execution/stepParameters';
import { textOf } from './filterByName';

/** One filter as the editor stores it. */
export type FilterEntry = Readonly<Record<string, unknown>>;

/**
 * Reads the collection 'Filters' for one item.
 *
 * @param read makes a filter of the name of its choice and what was entered there
 * @throws CampaignError `invalidInput`
 */
export function readFilterEntries(item: StepParameters, read: (kind: string, entry: FilterEntry) => GivenFilter): GivenFilter[] {
  const collection = item.value('filters', {});
  return Object.entries(asObject(collection)).flatMap(([kind, entries]) =>
    // n8n stores a single entry as an object, e.g. when an AI agent fills it in.
    (Array.isArray(entries) ? (entries as unknown[]) : [entries]).map((entry) => read(kind, asObject(entry))),
  );
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
 * @param field the parameter's display name
 * @throws CampaignError `invalidInput` when there is none
 */
export function requiredText(value: unknown, field: string): string {
  const text = textOf(value, `'${field}'`);
  if (text !== '') return text;
  throw invalidInput(
    `'${field}' of a filter is empty`,
    'Campaign would leave the filter out and return everybody. Give a value, or remove the filter.',
  );
}

/** What an expression or an AI agent gives instead of a filter must not pass for none. */
function asObject(value: unknown): FilterEntry {
  if (isObject(value)) return value;
  throw invalidInput(
    `'Filters' has ${show(value)} where a filter should be`,
    'Without it everybody would match. Add the filters one by one, or remove them.',
  );
}
