import type { IDataObject } from 'n8n-workflow';

import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { plannedChanges } from '../../shared/campaign/fields/plannedChanges';
import { invalidInput } from '../../shared/campaign/error';
import { ORGANIZATIONAL_UNITS, retrieveUnit } from '../../shared/campaign/find/organizationalUnits';
import { sendUpdate } from '../../shared/campaign/write/updateRecord';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { changeList } from '../../shared/ui/record/changeList';
import { writtenFields } from '../../shared/ui/record/output';
import { readUnit, unitLocator } from './unitLocator';

/** PATCH of an organizational unit (Adobe: "Updating organizational units"). */
export const updateUnit: Operation = {
  value: 'updateUnit',
  name: 'Update Organizational Unit',
  action: 'Update legacy organizational unit',
  description: 'Change name or label of an organizational unit (Campaign Standard only, deprecated on v8)',
  writes: true,
  properties: [
    unitLocator,
    {
      displayName: 'Label',
      name: 'label',
      type: 'string',
      default: '',
      placeholder: 'e.g. Nordics',
      description: 'The new label; a blank one stays as it is',
    },
    {
      displayName: 'Name',
      name: 'name',
      type: 'string',
      default: '',
      placeholder: 'e.g. nordics',
      description: 'The new internal name; a blank one stays as it is',
    },
    optionsProperty(),
  ],

  async run(client, item) {
    const reference = readUnit(client, item);
    const fields: IDataObject = {};
    const [label, name] = [item.text('label', 'Label'), item.text('name', 'Name')];
    if (label !== '') fields.label = label;
    if (name !== '') fields.name = name;
    if (Object.keys(fields).length === 0) throw invalidInput("'Label' and 'Name' are empty", 'Give at least one of them.');

    return await onCampaignStandard('organizational units', async () => {
      const unit = await retrieveUnit(client, reference);
      const { api, name: resource } = ORGANIZATIONAL_UNITS;
      const url = client.addressOf(unit, api, resource) ?? '';
      if (client.preview) {
        const changes = plannedChanges(undefined, fields, unit);
        const outcome = changes.length > 0 ? 'wouldUpdate' : 'unchanged';
        return [{ outcome, ...writtenFields({ ...unit, href: url }), ...changeList(changes) }];
      }
      const answer = await sendUpdate(client, { url, subject: 'organizational unit' }, undefined, fields);
      return [writtenFields({ ...answer, href: client.addressOf(answer, api, resource) ?? url })];
    });
  },
};
