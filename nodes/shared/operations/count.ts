import { namedTarget } from '../campaign/find/filterTargets';
import { resolveFilters } from '../campaign/find/givenFilters';
import { listUrl } from '../campaign/find/listQuery';
import { COUNT_PAGE } from '../campaign/find/pageSizes';
import type { Operation } from '../execution/operation';
import { hintAtLetterCase } from '../ui/filters/letterCase';
import { optionsProperty } from '../ui/options/optionsProperty';
import type { RecordKind } from '../ui/record/recordKind';

/** The number of records in a list (Adobe: "Counting"). */
export function countOperation(kind: RecordKind): Operation {
  return {
    value: 'count',
    name: 'Count',
    action: `Count ${kind.names}`,
    description: `Tell how many ${kind.names} there are, or how many match filters`,
    properties: [...kind.resourceProperties, kind.filters, optionsProperty(kind.apiOption)],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const given = kind.readFilters(item, client.instance, resource.api);
      const filters = await resolveFilters(client, resource, given, item.warn);
      const count = await client
        .count(listUrl(client.instance, resource, { filters }, COUNT_PAGE), resource.name)
        .catch((error: unknown) => {
          throw namedTarget(filters, error);
        });
      if (count === 0) hintAtLetterCase(item, filters);
      return [{ count }];
    },
  };
}
