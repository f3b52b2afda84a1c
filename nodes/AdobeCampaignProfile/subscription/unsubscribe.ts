import type { IDataObject } from 'n8n-workflow';

import { CampaignError } from '../../shared/campaign/error';
import { personKeyOf, retrieveProfiles } from '../../shared/campaign/find/profiles';
import { orderKeysOf, recordKeyOf } from '../../shared/campaign/find/references';
import { nameOfService, referToService } from '../../shared/campaign/find/services';
import { findSubscriptions, subscriptionsUrl, unsubscribeFrom } from '../../shared/campaign/actions/subscriptions';
import type { Operation } from '../../shared/execution/operation';
import { apiOption, readApi } from '../../shared/ui/apiOption';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { profileLocator, readProfile } from '../../shared/ui/profile/profileLocator';
import { readService, serviceLocator } from '../../shared/ui/service/serviceLocator';
import { includeChangesOption, readIncludeChanges } from '../../shared/ui/record/trailOutput';
import { describeSubscription, subscriptionTrail } from '../../shared/ui/service/subscriptionOutput';

/** DELETE of a subscription, found by the name of its service (Adobe: "Deleting subscriptions"). */
export const unsubscribe: Operation = {
  value: 'unsubscribe',
  name: 'Unsubscribe',
  action: 'Unsubscribe profile from service',
  description: 'Unsubscribe a profile from a service',
  writes: true,
  properties: [
    profileLocator,
    serviceLocator,
    optionsProperty(
      includeChangesOption('The list has the service'),
      apiOption,
      {
        displayName: 'When Not Subscribed',
        name: 'notSubscribed',
        type: 'options',
        options: [
          { name: 'Fail', value: 'fail', description: 'Stop, and say who is not subscribed to what' },
          { name: 'Skip', value: 'skip', description: 'Go on: the profile does not have the service, as wanted' },
        ],
        default: 'skip',
        description: 'What to do when the profile does not have the service',
      },
      severalMatchesOption('Unsubscribe'),
    ),
  ],

  async run(client, item) {
    const api = await readApi(client, item);
    const reference = readProfile(item, client.instance, api);
    const chosen = readService(item, client.instance, api);
    const severalMatches = readSeveralMatches(item);
    const trackChanges = readIncludeChanges(item);
    const mayBeMissing = item.choice('options.notSubscribed', 'When Not Subscribed', ['skip', 'fail']) === 'skip';

    const recordKey = recordKeyOf(client.instance, 'profile', reference);

    return await item.inRecordOrder(orderKeysOf(client.instance, 'profile', reference, item.json), async () => {
      const service = await referToService(client, chosen);
      const name = nameOfService(service);
      const outputs: IDataObject[] = [];
      for (const profile of await retrieveProfiles(client, reference, severalMatches)) {
        const isChanged = await item.inRecordOrder([personKeyOf(client.instance, profile)], async () => {
          const subscriptions = await findSubscriptions(client, subscriptionsUrl(client.instance, profile, 'profile'), name);
          if (client.preview) {
            const isThere = client.preview.wouldBeThere(`${recordKey} ${name}`, subscriptions.length > 0);
            client.preview.planPresence(`${recordKey} ${name}`, false);
            return isThere;
          }
          let isDone = false;
          for (const subscription of subscriptions) isDone = (await unsubscribeFrom(client, subscription)) || isDone;
          return isDone;
        });
        if (!isChanged && !mayBeMissing) throw notSubscribed(reference.shown, name);
        const done = isChanged ? 'unsubscribed' : 'unchanged';
        const outcome = isChanged && client.preview ? 'wouldUnsubscribe' : done;
        item.tellOutcome(outcome);
        const trail = subscriptionTrail(client, item, { done, profile, name, reference, trackChanges });
        outputs.push({ ...describeSubscription(outcome, profile, service), ...trail });
      }
      return outputs;
    });
  },
};

function notSubscribed(profile: string, service: string): CampaignError {
  return new CampaignError({
    reason: 'alreadyDone',
    message: `The profile with ${profile} is not subscribed to '${service}'`,
    description: "Nothing was changed. Set 'When Not Subscribed' to 'Skip' to go on with such profiles.",
  });
}
