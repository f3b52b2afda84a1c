import type { IDataObject } from 'n8n-workflow';

import { resolveFilters } from '../../shared/campaign/givenFilters';
import { checkSort, listUrl } from '../../shared/campaign/listQuery';
import { readableFields } from '../../shared/campaign/readableFields';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty, readApi } from '../../shared/ui/apiProperty';
import { limitProperties, pageSizeOption, readLimit, readPageSize } from '../../shared/ui/limit';
import { outputProperties, readOutput } from '../../shared/ui/output';
import { maxRequestsInFlightOption, requestsPerSecondOption } from '../../shared/ui/paceOptions';
import { profileFiltersProperty, readProfileFilters } from '../../shared/ui/profileFilters';
import { readSort, sortProperty } from '../../shared/ui/sort';
import { timeoutOption } from '../../shared/ui/timeoutOption';

/** GET of a list of profiles, page by page (Adobe: "Retrieving profiles", "Filtering", "Sorting", "Pagination"). */
export const getMany: Operation = {
  value: 'getAll',
  name: 'Get Many',
  action: 'Get many profiles',
  description: 'Retrieve all profiles, or those that match filters',
  properties: [
    apiProperty,
    ...limitProperties,
    profileFiltersProperty,
    sortProperty,
    ...outputProperties,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [maxRequestsInFlightOption, pageSizeOption, requestsPerSecondOption, timeoutOption],
    },
  ],

  async run(client, item) {
    const api = readApi(item);
    const limit = readLimit(item);
    const pageSize = readPageSize(item, limit);
    const sort = readSort(item);
    const shape = readOutput(item);
    const given = readProfileFilters(item, client.instance);

    if (sort) checkSort(await readableFields(client, api, 'profile', (hint) => item.hint(hint)), sort);
    const filters = await resolveFilters(client, api, 'profile', given, (hint) => item.hint(hint));
    const url = listUrl(client.instance, api, 'profile', { filters, sort }, pageSize);

    const profiles: IDataObject[] = [];
    for await (const record of client.list(url, 'profile')) {
      profiles.push(shape(record));
      if (profiles.length === limit) break;
    }
    return profiles;
  },
};
