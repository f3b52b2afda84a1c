import type { IDataObject } from 'n8n-workflow';

import { optOut, type OptOutResult } from '../../shared/campaign/actions/optOut';
import { readableFields } from '../../shared/campaign/fields/readableFields';
import { findRecords, recordNotFound } from '../../shared/campaign/find/findRecords';
import { personKeyOf } from '../../shared/campaign/find/profiles';
import { orderKeysOf, recordKeyOf } from '../../shared/campaign/find/references';
import { pick, type CampaignRecord } from '../../shared/campaign/records';
import type { Operation } from '../../shared/execution/operation';
import { apiOption, readApi } from '../../shared/ui/apiOption';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { profileLocator, readProfile } from '../../shared/ui/profile/profileLocator';
import { includeChangesOption, readIncludeChanges, trailItem } from '../../shared/ui/record/trailOutput';

/** PATCH of all "no longer contact" fields and DELETE of all subscriptions of a profile (Adobe: "Deleting subscriptions"). */
export const unsubscribeFromEverything: Operation = {
  value: 'unsubscribeFromEverything',
  name: 'Unsubscribe From Everything',
  action: 'Unsubscribe profile from everything',
  description: 'End all subscriptions of a profile, and turn on all its "no longer contact" fields',
  writes: true,
  properties: [
    profileLocator,
    optionsProperty(apiOption, includeChangesOption('The list has the services as well'), severalMatchesOption('Unsubscribe')),
  ],

  async run(client, item) {
    const reference = readProfile(item, client.instance, await readApi(client, item));
    const severalMatches = readSeveralMatches(item);
    const trackChanges = readIncludeChanges(item);

    const recordKey = recordKeyOf(client.instance, 'profile', reference);
    return await item.inRecordOrder(orderKeysOf(client.instance, 'profile', reference, item.json), async () => {
      const catalogue = await readableFields(client, reference.api, 'profile', item.warn);
      const found = await findRecords(client, 'profile', reference, severalMatches);
      if (found.length === 0) throw recordNotFound('profile', reference);
      const outputs: IDataObject[] = [];
      for (const target of found) {
        const record = target.record ?? (await client.retrieve(target.url, target.subject));
        const { api } = reference;
        const profile = { ...target, record };
        const result = await item.inRecordOrder(
          [personKeyOf(client.instance, record)],
          async () => await optOut(client, { api, profile, catalogue, trackChanges, recordKey }),
        );
        item.tellOutcome(result.outcome);
        const done = result.outcome === 'unchanged' ? 'unchanged' : 'updated';
        const write = { resource: { api, name: 'profile' }, done, changes: result.changes, record, reference } as const;
        outputs.push({ ...describeOptOut(record, result), ...trailItem(client, item, write) });
      }
      return outputs;
    });
  },
};

function describeOptOut(record: CampaignRecord, { outcome, unsubscribedFrom, noLongerContact }: OptOutResult): IDataObject {
  return {
    outcome,
    ...pick(record, ['email', 'firstName', 'lastName']),
    unsubscribedFrom: [...unsubscribedFrom],
    noLongerContact: [...noLongerContact],
    ...pick(record, ['PKey', 'href']),
  };
}
