import type { IDataObject } from 'n8n-workflow';

import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { retrieveUnit } from '../../shared/campaign/find/organizationalUnits';
import { findRecords, recordNotFound } from '../../shared/campaign/find/findRecords';
import { orderKeysOf } from '../../shared/campaign/find/references';
import { checkIsRecord } from '../../shared/campaign/write/checkKey';
import { sendUpdate } from '../../shared/campaign/write/updateRecord';
import type { Operation } from '../../shared/execution/operation';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/options/matchOptions';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { writtenFields } from '../../shared/ui/record/output';
import { profileLocator } from '../../shared/ui/profile/profileLocator';
import { readExtendedProfile } from './extendedProfile';
import { readUnit, unitLocator } from './unitLocator';

/** PATCH of a profile with a link to its unit (Adobe: "Assigning organizational units"). */
export const assignUnit: Operation = {
  value: 'assignUnit',
  name: 'Assign Organizational Unit',
  action: 'Assign legacy organizational unit to profile',
  description: 'Put a profile into an organizational unit (Campaign Standard only, deprecated on v8)',
  writes: true,
  properties: [profileLocator, unitLocator, optionsProperty(severalMatchesOption('Update'))],

  async run(client, item) {
    const reference = readExtendedProfile(item, client.instance);
    const unit = readUnit(client, item);
    const severalMatches = readSeveralMatches(item);

    return await item.inRecordOrder(orderKeysOf(client.instance, 'profile', reference, item.json), async () => {
      const { PKey, title } = await onCampaignStandard('organizational units', async () => await retrieveUnit(client, unit));
      const profiles = await findRecords(client, 'profile', reference, severalMatches);
      if (profiles.length === 0) throw recordNotFound('profile', reference);
      const outputs: IDataObject[] = [];
      for (const { url, subject, record } of profiles) {
        if (client.preview) {
          const found = record ?? (await client.retrieve(url, subject));
          const changes = [{ field: 'orgUnit', before: found.orgUnit ?? null, after: title }];
          outputs.push({ outcome: 'wouldUpdate', organizationalUnit: title, ...writtenFields({ ...found, href: url }), changes });
          continue;
        }
        if (!record) await checkIsRecord(client, { api: reference.api, name: 'profile' }, { url, subject });
        const answer = await sendUpdate(client, { url, subject }, undefined, { orgUnit: { PKey } });
        outputs.push({
          organizationalUnit: title,
          ...writtenFields({ ...answer, href: client.addressOf(answer, reference.api, 'profile') ?? url }),
        });
      }
      return outputs;
    });
  },
};
