import type { IDataObject } from 'n8n-workflow';

import { namingTargets } from '../campaign/find/filterTargets';
import { resolveFilters } from '../campaign/find/givenFilters';
import { checkSort, listUrl } from '../campaign/find/listQuery';
import { readableFields } from '../campaign/fields/readableFields';
import type { Operation } from '../execution/operation';
import { limitProperties, pageSizeOption, readLimit, readPageSize } from '../ui/options/limit';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelectionOf, outputProperties, readOutput } from '../ui/record/output';
import type { RecordKind } from '../ui/record/recordKind';
import { hintAtLetterCase } from '../ui/filters/letterCase';
import { readSort, sortProperty } from '../ui/filters/sort';

/** GET of a list of records, page by page (Adobe: "Retrieving profiles", "Filtering", "Sorting", "Pagination"). */
export function getManyOperation(kind: RecordKind): Operation {
  return {
    value: 'getAll',
    name: 'Get Many',
    action: `Get many ${kind.names}`,
    description: `Retrieve all ${kind.names}, or those that match filters`,
    properties: [
      ...kind.resourceProperties,
      ...limitProperties,
      kind.filters,
      sortProperty,
      ...outputProperties(kind.output),
      optionsProperty(kind.apiOption, pageSizeOption),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const { api, name } = resource;
      const limit = readLimit(item);
      const pageSize = readPageSize(item, limit);
      const sort = readSort(item);
      const shape = readOutput(item, kind.output);
      const given = kind.readFilters(item, client.instance, api);

      if (sort) checkSort(await readableFields(client, api, name, item.warn), sort);
      await checkSelectionOf(item, async () => await readableFields(client, resource.api, resource.name, item.warn));
      const filters = await resolveFilters(client, resource, given, item.warn);
      const url = listUrl(client.instance, resource, { filters, sort }, pageSize);

      const records: IDataObject[] = [];
      for await (const record of namingTargets(filters, client.list(url, name))) {
        records.push(shape(record));
        if (records.length === limit) break;
      }
      if (records.length === 0) hintAtLetterCase(item, filters);
      return records;
    },
  };
}
