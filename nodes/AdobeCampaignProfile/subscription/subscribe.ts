import type { IDataObject } from 'n8n-workflow';

import { CampaignError } from '../../shared/campaign/error';
import { personKeyOf, retrieveProfiles } from '../../shared/campaign/find/profiles';
import { orderKeysOf, recordKeyOf } from '../../shared/campaign/find/references';
import { nameOfService, referToService } from '../../shared/campaign/find/services';
import { findSubscriptions, subscribeTo, subscriptionsUrl } from '../../shared/campaign/actions/subscriptions';
import type { Operation } from '../../shared/execution/operation';
import { apiOption, readApi } from '../../shared/ui/apiOption';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { profileLocator, readProfile } from '../../shared/ui/profile/profileLocator';
import { readService, serviceLocator } from '../../shared/ui/service/serviceLocator';
import { includeChangesOption, readIncludeChanges } from '../../shared/ui/record/trailOutput';
import { describeSubscription, subscriptionTrail } from '../../shared/ui/service/subscriptionOutput';

/** POST of a subscription, unless there is one already (Adobe: "Subscribing to a service"). */
export const subscribe: Operation = {
  value: 'subscribe',
  name: 'Subscribe',
  action: 'Subscribe profile to service',
  description: 'Subscribe a profile to a service',
  writes: true,
  properties: [
    profileLocator,
    serviceLocator,
    optionsProperty(
      includeChangesOption('The list has the service'),
      apiOption,
      {
        displayName: 'When Already Subscribed',
        name: 'alreadySubscribed',
        type: 'options',
        options: [
          { name: 'Fail', value: 'fail', description: 'Stop, and say who is subscribed to what' },
          { name: 'Skip', value: 'skip', description: 'Leave the subscription as it is, and return it' },
        ],
        default: 'skip',
        description: 'What to do when the profile has the service already',
      },
      severalMatchesOption('Subscribe'),
    ),
  ],

  async run(client, item) {
    const api = await readApi(client, item);
    const reference = readProfile(item, client.instance, api);
    const chosen = readService(item, client.instance, api);
    const severalMatches = readSeveralMatches(item);
    const trackChanges = readIncludeChanges(item);
    const mayBeThere = item.choice('options.alreadySubscribed', 'When Already Subscribed', ['skip', 'fail']) === 'skip';

    const recordKey = recordKeyOf(client.instance, 'profile', reference);

    return await item.inRecordOrder(orderKeysOf(client.instance, 'profile', reference, item.json), async () => {
      const service = await referToService(client, chosen);
      const name = nameOfService(service);
      const outputs: IDataObject[] = [];
      for (const profile of await retrieveProfiles(client, reference, severalMatches)) {
        const { subscription, isNew } = await item.inRecordOrder([personKeyOf(client.instance, profile)], async () => {
          const url = subscriptionsUrl(client.instance, profile, 'profile');
          const [existing] = await findSubscriptions(client, url, name);
          if (client.preview) {
            const isThere = client.preview.wouldBeThere(`${recordKey} ${name}`, existing !== undefined);
            client.preview.planPresence(`${recordKey} ${name}`, true);
            return { subscription: existing, isNew: !isThere };
          }
          return existing ? { subscription: existing, isNew: false } : await subscribeTo(client, url, service, name);
        });
        if (!isNew && !mayBeThere) throw alreadySubscribed(reference.shown, name);
        const done = isNew ? 'subscribed' : 'unchanged';
        const outcome = isNew && client.preview ? 'wouldSubscribe' : done;
        item.tellOutcome(outcome);
        const trail = subscriptionTrail(client, item, { done, profile, name, reference, trackChanges });
        outputs.push({ ...describeSubscription(outcome, profile, service, subscription), ...trail });
      }
      return outputs;
    });
  },
};

function alreadySubscribed(profile: string, service: string): CampaignError {
  return new CampaignError({
    reason: 'alreadyDone',
    message: `The profile with ${profile} is subscribed to '${service}' already`,
    description: "Nothing was changed. Set 'When Already Subscribed' to 'Skip' to go on with such profiles.",
  });
}
