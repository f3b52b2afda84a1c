import type { IDataObject } from 'n8n-workflow';

import { CampaignError, invalidInput } from '../../shared/campaign/error';
import type { FieldRules } from '../../shared/campaign/fields';
import { findProfiles, orderKeyOf, profileNotFound, type ProfileReference } from '../../shared/campaign/profiles';
import { readableFields } from '../../shared/campaign/readableFields';
import type { CampaignRecord } from '../../shared/campaign/records';
import { upsertRecord } from '../../shared/campaign/upsertRecord';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty } from '../../shared/ui/apiProperty';
import { checkGivenFields, ignoreEmptyValuesOption, unknownColumnsOption } from '../../shared/ui/givenFields';
import { maxRequestsInFlightOption, requestsPerSecondOption } from '../../shared/ui/paceOptions';
import { notFoundOption, readMayBeMissing, readSeveralMatches, severalMatchesOption } from '../../shared/ui/profileLocator';
import { readBackProperties, readReadBack } from '../../shared/ui/readBack';
import { timeoutOption } from '../../shared/ui/timeoutOption';
import { readUpsertFields, resolveMatch, upsertFieldsProperties } from '../../shared/ui/upsertFields';

/** Campaign has no such call: a look first, then POST or PATCH (Adobe: "Creating profiles", "Updating profiles with APIs"). */
export const createOrUpdate: Operation = {
  value: 'upsert',
  name: 'Create or Update',
  action: 'Create or update profile',
  description: 'Create a new profile, or update the current one if it already exists (upsert)',
  properties: [
    apiProperty,
    ...upsertFieldsProperties,
    {
      displayName: 'Behavior',
      name: 'behavior',
      type: 'options',
      options: [
        { name: 'Create Only', value: 'createOnly', description: 'Create what is missing, and leave what is there as it is' },
        { name: 'Create or Update', value: 'createOrUpdate', description: 'Create what is missing, and update what is there' },
        { name: 'Update Only', value: 'updateOnly', description: 'Update what is there, and create nothing' },
      ],
      default: 'createOrUpdate',
      description: 'What may be done',
    },
    ...readBackProperties,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        ignoreEmptyValuesOption,
        maxRequestsInFlightOption,
        requestsPerSecondOption,
        {
          displayName: 'Send Only Changed Fields',
          name: 'sendOnlyChangedFields',
          type: 'boolean',
          default: true,
          description:
            'Whether to send only what differs, and nothing when nothing differs. This is on unless you turn it off: the profile is looked up anyway.',
        },
        timeoutOption,
        unknownColumnsOption,
        { ...notFoundOption, description: "What to do when there is no such profile and 'Behavior' is 'Update Only'" },
        severalMatchesOption('Update'),
      ],
    },
  ],

  async run(client, item) {
    const given = readUpsertFields(item, client.instance);
    const { api, matchingColumn, values, rules } = given;
    const behavior = item.choice('behavior', 'Behavior', ['createOrUpdate', 'createOnly', 'updateOnly']);
    const { shape, readBack, verify } = readReadBack(item);
    const onlyChanged = item.value('options.sendOnlyChangedFields', true) !== false;
    const severalMatches = behavior === 'createOnly' ? 'first' : readSeveralMatches(item);
    const reference = await resolveMatch(client, given);
    const key = orderKeyOf(reference);

    return await item.inOrder(key, async () => {
      const catalogue = await readableFields(client, api, 'profile', (hint) => item.hint(hint));
      const prepare = (emptyValues: FieldRules['emptyValues']): IDataObject => checkGivenFields(item, catalogue, values, { ...rules, api, emptyValues });
      const results = await upsertRecord(client, {
        api,
        resource: 'profile',
        catalogue,
        behavior,
        plan: { onlyChanged, readBack, verify, trackChanges: false },
        // A new profile has nothing to be emptied.
        forCreate: () => {
          if (item.mayBeCreated(key)) throw perhapsCreatedBefore(reference);
          return prepare('leaveOut');
        },
        forUpdate: () => without(prepare(rules.emptyValues), matchingColumn),
        find: async () => {
          const found = await findProfiles(client, reference, severalMatches);
          const url = item.createdBefore(key);
          return found.length === 0 && url !== undefined ? [{ url, subject: `profile with ${reference.shown}` }] : found;
        },
        check: (record) => {
          if (reference.by === 'address' && matchingColumn !== undefined) checkCustomKey(matchingColumn, values[matchingColumn], record);
        },
        onCreated: (record) => {
          const url = client.addressOf(record, api, 'profile');
          if (url !== undefined) item.rememberCreated(key, url);
        },
      }).catch(async (error: unknown) => {
        if (error instanceof CampaignError && error.details.reason === 'outcomeUnknown') item.rememberDoubt(key);
        return await Promise.reject(error);
      });
      if (results.length === 0 && !readMayBeMissing(item)) throw profileNotFound(reference);

      return results.map(({ outcome, record }): IDataObject => {
        const matched = matchingColumn === undefined || readBack ? {} : { [matchingColumn]: values[matchingColumn] };
        return { outcome, ...(matched as IDataObject), ...shape(record) };
      });
    });
  },
};

/** The answer to an earlier item got lost, and a list may show a new profile late: sending it again could create it twice. */
function perhapsCreatedBefore({ shown }: ProfileReference): CampaignError {
  return new CampaignError({
    reason: 'outcomeUnknown',
    message: `An earlier item may have created the profile with ${shown}, but its answer got lost`,
    description: 'Nothing was sent for this item. Look whether the profile is there, and run the item again.',
  });
}

/** Campaign takes any custom key for an address, of whatever field: a column that is not the key would find somebody else. */
function checkCustomKey(column: string, value: unknown, record: CampaignRecord): void {
  const found = record[column];
  if (found === undefined || String(found).toLowerCase() === String(value).trim().toLowerCase()) return;
  throw invalidInput(
    `'${column}' is not the custom key of profiles`,
    `Campaign found a profile by it whose '${column}' is '${String(found)}'. Nothing was written. Match on the field that your data model has for a key, or on email.`,
  );
}

function without(fields: IDataObject, name: string | undefined): IDataObject {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
