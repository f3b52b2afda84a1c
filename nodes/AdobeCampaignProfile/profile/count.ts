import { resolveFilters } from '../../shared/campaign/givenFilters';
import { listUrl } from '../../shared/campaign/listQuery';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty, readApi } from '../../shared/ui/apiProperty';
import { maxRequestsInFlightOption, requestsPerSecondOption } from '../../shared/ui/paceOptions';
import { profileFiltersProperty, readProfileFilters } from '../../shared/ui/profileFilters';
import { timeoutOption } from '../../shared/ui/timeoutOption';

/** The number of profiles in a list (Adobe: "Counting"). */
export const count: Operation = {
  value: 'count',
  name: 'Count',
  action: 'Count profiles',
  description: 'Tell how many profiles there are, or how many match filters',
  properties: [
    apiProperty,
    profileFiltersProperty,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [maxRequestsInFlightOption, requestsPerSecondOption, timeoutOption],
    },
  ],

  async run(client, item) {
    const api = readApi(item);
    const given = readProfileFilters(item, client.instance);
    const filters = await resolveFilters(client, api, 'profile', given, (hint) => item.hint(hint));
    return [{ count: await client.count(listUrl(client.instance, api, 'profile', { filters }, 1), 'profile') }];
  },
};
