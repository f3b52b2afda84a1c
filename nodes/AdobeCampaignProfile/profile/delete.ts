import type { IDataObject } from 'n8n-workflow';

import { findProfiles, orderKeyOf, profileNotFound } from '../../shared/campaign/profiles';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty } from '../../shared/ui/apiProperty';
import { maxRequestsInFlightOption, requestsPerSecondOption } from '../../shared/ui/paceOptions';
import {
  notFoundOption,
  profileLocator,
  readMayBeMissing,
  readProfile,
  readSeveralMatches,
  severalMatchesOption,
} from '../../shared/ui/profileLocator';
import { timeoutOption } from '../../shared/ui/timeoutOption';

/** DELETE of one profile (Adobe: "Methods"). */
export const remove: Operation = {
  value: 'delete',
  name: 'Delete',
  action: 'Delete profile',
  description: 'Remove one profile for good',
  properties: [
    apiProperty,
    profileLocator,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        maxRequestsInFlightOption,
        requestsPerSecondOption,
        timeoutOption,
        notFoundOption,
        severalMatchesOption('Delete'),
      ],
    },
  ],

  async run(client, item) {
    const reference = readProfile(item, client.instance);
    const mayBeMissing = readMayBeMissing(item);
    const severalMatches = readSeveralMatches(item);

    return await item.inOrder(orderKeyOf(reference), async () => {
      const deleted: IDataObject[] = [];
      for (const { url, subject } of await findProfiles(client, reference, severalMatches)) {
        if (await client.remove(url, subject)) deleted.push({ deleted: true });
      }
      if (deleted.length === 0 && !mayBeMissing) throw profileNotFound(reference);
      return deleted;
    });
  },
};
