import type { IDataObject } from 'n8n-workflow';

import { optOut, type OptOutResult } from '../../shared/campaign/actions/optOut';
import { readableFields } from '../../shared/campaign/fields/readableFields';
import { findRecords, recordNotFound } from '../../shared/campaign/find/findRecords';
import { orderKeysOf, recordKeyOf } from '../../shared/campaign/find/references';
import { pick, type CampaignRecord } from '../../shared/campaign/records';
import type { Operation } from '../../shared/execution/operation';
import { apiOption, readApi } from '../../shared/ui/apiOption';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { profileLocator, readProfile } from '../../shared/ui/profile/profileLocator';

/** PATCH of all "no longer contact" fields and DELETE of all subscriptions of a profile (Adobe: "Deleting subscriptions"). */
export const unsubscribeFromEverything: Operation = {
  value: 'unsubscribeFromEverything',
  name: 'Unsubscribe From Everything',
  action: 'Unsubscribe profile from everything',
  description: 'End all subscriptions of a profile, and turn on all its "no longer contact" fields',
  writes: true,
  properties: [
    profileLocator,
    optionsProperty(
      apiOption,
      {
        displayName: 'Include Changes',
        name: 'includeChanges',
        type: 'boolean',
        default: false,
        description: 'Whether to add the fields that changed, with their values before and after',
      },
      severalMatchesOption('Unsubscribe'),
    ),
  ],

  async run(client, item) {
    const reference = readProfile(item, client.instance, await readApi(client, item));
    const severalMatches = readSeveralMatches(item);
    const trackChanges = item.flag('options.includeChanges', 'Include Changes');

    const recordKey = recordKeyOf(client.instance, 'profile', reference);
    return await item.inRecordOrder(orderKeysOf(client.instance, 'profile', reference, item.json), async () => {
      const catalogue = await readableFields(client, reference.api, 'profile', (hint) => item.hint(hint));
      const found = await findRecords(client, 'profile', reference, severalMatches);
      if (found.length === 0) throw recordNotFound('profile', reference);
      const outputs: IDataObject[] = [];
      for (const target of found) {
        const record = target.record ?? (await client.retrieve(target.url, target.subject));
        const result = await optOut(client, { api: reference.api, profile: { ...target, record }, catalogue, trackChanges, recordKey });
        item.tellOutcome(result.outcome);
        outputs.push(describeOptOut(record, result));
      }
      return outputs;
    });
  },
};

function describeOptOut(record: CampaignRecord, { outcome, unsubscribedFrom, noLongerContact, changes }: OptOutResult): IDataObject {
  return {
    outcome,
    ...pick(record, ['email', 'firstName', 'lastName']),
    unsubscribedFrom: [...unsubscribedFrom],
    noLongerContact: [...noLongerContact],
    ...(changes ? { changes: changes.map((change) => ({ ...change })) } : {}),
    ...pick(record, ['PKey', 'href']),
  };
}
