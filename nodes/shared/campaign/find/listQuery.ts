import { invalidInput } from '../error';
import type { ListFilter } from '../filterCatalogue';
import type { CampaignInstance } from '../instance';
import { alikeField, titleOf } from '../fields/names';
import type { FieldCatalogue } from '../metadata';
import { filterUrl, type CampaignResource } from '../urls';

/** The order of a list (Adobe: "Sorting"). */
export interface SortOrder {
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
}

/** Which records of a resource are wanted, and in which order. */
export interface ListQuery {
  /** All of them hold. */
  readonly filters: readonly ListFilter[];
  readonly sort?: SortOrder;
}

/**
 * Address of a list's first page.
 *
 * @param pageSize records a page; Campaign may give fewer
 * @throws CampaignError `invalidInput` when two filters cannot stand in one address
 */
export function listUrl(instance: CampaignInstance, resource: CampaignResource, { filters, sort }: ListQuery, pageSize: number): string {
  return filterUrl(
    instance,
    resource,
    filters.map(({ name }) => name),
    {
      ...combineParameters(filters),
      ...(sort ? { _order: sort.direction === 'descending' ? `${sort.field} desc` : sort.field } : {}),
      _lineCount: String(pageSize),
      // Without it, lists of more than 100,000 records have one page only (Adobe: "Pagination").
      _forcePagination: 'true',
    },
  );
}

/**
 * Checks a sort field, because Campaign answers an unsortable one without saying so.
 *
 * @param catalogue the resource's fields; undefined where Campaign does not tell them
 * @throws CampaignError `invalidInput`
 */
export function checkSort(catalogue: FieldCatalogue | undefined, sort: SortOrder): void {
  if (!catalogue || catalogue.get(sort.field)?.sortable) return;
  const sortable = [...catalogue.values()].filter((field) => field.sortable).map(({ name }) => name);
  const alike = catalogue.has(sort.field) ? undefined : alikeField(sort.field, catalogue);
  throw invalidInput(
    catalogue.has(sort.field)
      ? `Campaign cannot sort by '${sort.field}'`
      : `There is no field '${sort.field}' to sort by${alike ? `: did you mean ${titleOf(alike)}?` : ''}`,
    sortable.length > 0 ? `Sort by one of: ${sortable.join(', ')}.` : 'This resource has no field to sort by: remove the sort order.',
  );
}

/** All filters of one address share its query. */
function combineParameters(filters: readonly ListFilter[]): Record<string, string> {
  const names = new Set<string>();
  const parameters = new Map<string, string>();
  for (const filter of filters) {
    if (names.has(filter.name))
      throw invalidInput(`Filter '${filter.name}' is there twice`, 'Campaign takes each filter once: remove one of the two.');
    names.add(filter.name);
    for (const [name, value] of Object.entries(filter.parameters)) {
      if ((parameters.get(name) ?? value) !== value) {
        throw invalidInput(
          `Two filters want different values for '${name}'`,
          'Campaign takes one value for both: give them the same one, or filter in two steps.',
        );
      }
      parameters.set(name, value);
    }
  }
  return Object.fromEntries(parameters);
}
