import { resolveFilters } from '../campaign/find/givenFilters';
import { listUrl } from '../campaign/find/listQuery';
import type { Operation } from '../execution/operation';
import { optionsProperty } from '../ui/options/optionsProperty';
import type { AnyReference, RecordKind } from '../ui/record/recordKind';

/** The number of records in a list (Adobe: "Counting"). */
export function countOperation<Reference extends AnyReference>(kind: RecordKind<Reference>): Operation {
  return {
    value: 'count',
    name: 'Count',
    action: `Count ${kind.names}`,
    description: `Tell how many ${kind.names} there are, or how many match filters`,
    properties: [...kind.resourceProperties, kind.filters, optionsProperty()],

    async run(client, item) {
      const { api, name } = await kind.readResource(client, item);
      const given = kind.readFilters(item, client.instance, api);
      const filters = await resolveFilters(client, api, name, given, (hint) => item.hint(hint));
      return [{ count: await client.count(listUrl(client.instance, api, name, { filters }, 1), name) }];
    },
  };
}
