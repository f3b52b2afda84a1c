import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../../shared/campaign/client';
import { retrieveProfiles } from '../../shared/campaign/find/profiles';
import { referToService } from '../../shared/campaign/find/services';
import { listSubscriptions, subscriptionsUrl } from '../../shared/campaign/actions/subscriptions';
import type { Item } from '../../shared/execution/item';
import type { Operation } from '../../shared/execution/operation';
import { apiOption, readApi } from '../../shared/ui/apiOption';
import { limitProperties, pageSizeOption, readLimit, readPageSize } from '../../shared/ui/options/limit';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { profileLocator, readProfile } from '../../shared/ui/profile/profileLocator';
import { simplifyProperty } from '../../shared/ui/record/simplifyOption';
import { readService, serviceLocator } from '../../shared/ui/service/serviceLocator';
import { readSubscriptionOutput } from '../../shared/ui/service/subscriptionOutput';

const of: INodeProperties = {
  displayName: 'Subscriptions Of',
  name: 'of',
  type: 'options',
  options: [
    { name: 'Profile', value: 'profile', description: 'The services that a profile is subscribed to' },
    { name: 'Service', value: 'service', description: 'The profiles that are subscribed to a service' },
  ],
  default: 'profile',
  description: 'Whose subscriptions to return',
};

/** GET of the subscriptions of a profile or of a service (Adobe: "Retrieving subscriptions"). */
export const getMany: Operation = {
  value: 'getAll',
  name: 'Get Many',
  action: 'Get many subscriptions',
  description: 'Retrieve the services of a profile, or the profiles of a service',
  properties: [
    of,
    { ...profileLocator, displayOptions: { show: { of: ['profile'] } } },
    { ...serviceLocator, displayOptions: { show: { of: ['service'] } } },
    ...limitProperties,
    simplifyProperty,
    optionsProperty(apiOption, pageSizeOption, severalMatchesOption('Return')),
  ],

  async run(client, item) {
    const limit = readLimit(item);
    const pageSize = readPageSize(item, limit);
    const shape = readSubscriptionOutput(item);

    const subscriptions: IDataObject[] = [];
    for (const url of await addresses(client, item)) {
      if (subscriptions.length === limit) break;
      for await (const subscription of listSubscriptions(client, url, pageSize)) {
        subscriptions.push(shape(subscription));
        if (subscriptions.length === limit) break;
      }
    }
    return subscriptions;
  },
};

async function addresses(client: CampaignClient, item: Item): Promise<string[]> {
  const api = await readApi(client, item);
  if (item.choice('of', 'Subscriptions Of', ['profile', 'service']) === 'service') {
    return [subscriptionsUrl(client.instance, await referToService(client, readService(item, client.instance, api)), 'service')];
  }
  const profiles = await retrieveProfiles(client, readProfile(item, client.instance, api), readSeveralMatches(item));
  return profiles.map((profile) => subscriptionsUrl(client.instance, profile, 'profile'));
}
