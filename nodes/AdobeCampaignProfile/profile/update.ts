import type { IDataObject } from 'n8n-workflow';

import { findProfiles, orderKeyOf, profileNotFound } from '../../shared/campaign/profiles';
import { readableFields } from '../../shared/campaign/readableFields';
import { updateRecord, type UpdateResult } from '../../shared/campaign/updateRecord';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty } from '../../shared/ui/apiProperty';
import type { OutputShape } from '../../shared/ui/output';
import { checkGivenFields, ignoreEmptyValuesOption, unknownColumnsOption } from '../../shared/ui/givenFields';
import { maxRequestsInFlightOption, requestsPerSecondOption } from '../../shared/ui/paceOptions';
import { profileFieldsProperties, readProfileFields } from '../../shared/ui/profileFields';
import { readSeveralMatches, severalMatchesOption } from '../../shared/ui/profileLocator';
import { readBackProperties, readReadBack } from '../../shared/ui/readBack';
import { timeoutOption } from '../../shared/ui/timeoutOption';

/** PATCH of one profile (Adobe: "Updating profiles with APIs"), with the GETs around it that people want. */
export const update: Operation = {
  value: 'update',
  name: 'Update',
  action: 'Update profile',
  description: 'Change fields of a profile, and read it back if you like',
  properties: [
    apiProperty,
    ...profileFieldsProperties,
    ...readBackProperties,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        ignoreEmptyValuesOption,
        {
          displayName: 'Include Changes',
          name: 'includeChanges',
          type: 'boolean',
          default: false,
          description:
            "Whether to add a list 'changes' with field, before and after to the output. The profile is retrieved before and after the update.",
        },
        maxRequestsInFlightOption,
        requestsPerSecondOption,
        {
          displayName: 'Send Only Changed Fields',
          name: 'sendOnlyChangedFields',
          type: 'boolean',
          default: false,
          description:
            'Whether to retrieve the profile first and send only what differs. Nothing is sent when nothing differs.',
        },
        timeoutOption,
        unknownColumnsOption,
        severalMatchesOption('Update'),
      ],
    },
  ],

  async run(client, item) {
    const { reference, values, rules } = readProfileFields(item, client.instance);
    const { shape, readBack, verify } = readReadBack(item);
    const plan = {
      onlyChanged: item.flag('options.sendOnlyChangedFields'),
      readBack,
      verify,
      trackChanges: item.flag('options.includeChanges'),
    };

    return await item.inOrder(orderKeyOf(reference), async () => {
      const catalogue = await readableFields(client, reference.api, 'profile', (hint) => item.hint(hint));
      const fields = checkGivenFields(item, catalogue, values, { ...rules, api: reference.api });
      const profiles = await findProfiles(client, reference, readSeveralMatches(item));
      if (profiles.length === 0) throw profileNotFound(reference);
      const outputs: IDataObject[] = [];
      for (const profile of profiles) {
        outputs.push(present(await updateRecord(client, 'profile', profile, reference.api, catalogue, fields, plan), shape));
      }
      return outputs;
    });
  },
};

function present({ record, changes }: UpdateResult, shape: OutputShape): IDataObject {
  return changes ? { ...shape(record), changes: changes.map((change) => ({ ...change })) } : shape(record);
}
