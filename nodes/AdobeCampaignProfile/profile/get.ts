import { findProfiles, profileNotFound } from '../../shared/campaign/profiles';
import type { CampaignRecord } from '../../shared/campaign/records';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty } from '../../shared/ui/apiProperty';
import { outputProperties, readOutput } from '../../shared/ui/output';
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

/** GET of one profile (Adobe: "Retrieving profiles with APIs"). */
export const get: Operation = {
  value: 'get',
  name: 'Get',
  action: 'Get profile',
  description: 'Retrieve one profile by PKey, e-mail, custom key or URL',
  properties: [
    apiProperty,
    profileLocator,
    ...outputProperties,
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
        severalMatchesOption('Return'),
      ],
    },
  ],

  async run(client, item) {
    const reference = readProfile(item, client.instance);
    const shape = readOutput(item);
    const mayBeMissing = readMayBeMissing(item);

    const records: CampaignRecord[] = [];
    for (const { url, subject, record } of await findProfiles(client, reference, readSeveralMatches(item))) {
      const profile = record ?? (await client.find(url, subject));
      if (profile) records.push(profile);
    }
    if (records.length === 0 && !mayBeMissing) throw profileNotFound(reference);
    return records.map(shape);
  },
};
