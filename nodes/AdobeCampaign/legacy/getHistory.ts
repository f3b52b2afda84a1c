import type { IDataObject } from 'n8n-workflow';

import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { CampaignError } from '../../shared/campaign/error';
import { retrieveProfiles } from '../../shared/campaign/find/profiles';
import { WHOLE_LIST_PAGE } from '../../shared/campaign/find/pageSizes';
import { hrefIn, textOf } from '../../shared/campaign/records';
import { followableUrl, listPageUrl, recordUrl } from '../../shared/campaign/urls';
import type { Operation } from '../../shared/execution/operation';
import { limitProperties, readLimit } from '../../shared/ui/options/limit';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { profileLocator } from '../../shared/ui/profile/profileLocator';
import { readExtendedProfile } from './extendedProfile';

/** GET of the marketing history of a profile (Adobe: "Interacting with marketing history"). */
export const getHistory: Operation = {
  value: 'getHistory',
  name: 'Get Marketing History',
  action: 'Get legacy marketing history',
  description: 'Retrieve what a profile was sent and did (Campaign Standard only, deprecated on v8)',
  properties: [
    profileLocator,
    {
      displayName: 'Return',
      name: 'returns',
      type: 'options',
      options: [
        { name: 'Events', value: 'events', description: 'One item for each event' },
        { name: 'Summary', value: 'summary', description: 'One item with counts and first dates' },
      ],
      default: 'events',
      description: 'How much of the history to return',
    },
    ...limitProperties.map((property) => ({
      ...property,
      displayOptions: { show: { ...property.displayOptions?.show, returns: ['events'] } },
    })),
    optionsProperty(severalMatchesOption('Return')),
  ],

  async run(client, item) {
    const reference = readExtendedProfile(item, client.instance);
    const isSummary = item.choice('returns', 'Return', ['events', 'summary']) === 'summary';
    const limit = isSummary ? Infinity : readLimit(item);

    const outputs: IDataObject[] = [];
    for (const profile of await retrieveProfiles(client, reference, readSeveralMatches(item))) {
      const url = recordUrl(client.instance, 'profileAndServices', 'history', textOf(profile.PKey));
      const history = await onCampaignStandard('marketing histories', async () => await client.retrieve(url, 'marketing history'));
      if (isSummary) {
        outputs.push(history);
        continue;
      }
      const events = hrefIn(history.events);
      if (events === undefined) throw withoutEvents();
      for await (const event of client.list(listPageUrl(followableUrl(client.instance, events).href, WHOLE_LIST_PAGE), 'event')) {
        outputs.push(event);
        if (outputs.length === limit) return outputs;
      }
    }
    return outputs;
  },
};

function withoutEvents(): CampaignError {
  return new CampaignError({
    reason: 'unreadableAnswer',
    message: 'Campaign does not say where the events of the profile are',
    description: "The marketing history has no 'events'. Check that the technical account may read them.",
  });
}
