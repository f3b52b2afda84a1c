import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { checkKeyOf } from '../campaign/find/customKeys';
import { CampaignError } from '../campaign/error';
import type { CampaignRecord, FoundRecord } from '../campaign/records';
import type { FieldRules } from '../campaign/fields/prepareFields';
import { readableFields } from '../campaign/fields/readableFields';
import { findRecords, recordNotFound } from '../campaign/find/findRecords';
import { removedLinks } from '../campaign/find/links';
import { recordKeyOf, type RecordReference } from '../campaign/find/references';
import type { CampaignResource } from '../campaign/urls';
import { upsertRecord, type UpsertResult } from '../campaign/write/upsertRecord';
import type { Item } from '../execution/item';
import type { Operation } from '../execution/operation';
import { emptyValuesOption, fieldsOptions, readOnlyChanged, sendOnlyChangedFieldsOption } from '../ui/record/fieldsProperties';
import { checkGivenFields, readGivenFields, takeColumns, tellEmptied } from '../ui/record/givenFields';
import { notFoundOption, readMayBeMissing, readSeveralMatches, severalFoundOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelection } from '../ui/record/output';
import { readBackOption, readBackProperties, readReadBack } from '../ui/record/readBack';
import { explainedBy, type RecordKind } from '../ui/record/recordKind';
import { includeChangesOption, readIncludeChanges, trailItem } from '../ui/record/trailOutput';
import { lookUpOption } from '../ui/options/lookUpOption';
import { readUpsertMatch } from '../ui/record/matchedRecord';
import { matchOnOption, readUpsertFields, resolveMatch, upsertFieldsProperties } from '../ui/record/upsertFields';
import { lookUpFromList, withListed } from './lookUp';

const BEHAVIOR_OPTION: INodeProperties = {
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
};

/** Campaign has no such call: a look first, then POST or PATCH (Adobe: "Creating profiles", "Updating profiles with APIs"). */
export function createOrUpdateOperation(kind: RecordKind): Operation {
  const { name, noun } = kind;
  return {
    value: 'upsert',
    name: 'Create or Update',
    action: `Create or update ${name}`,
    description: `Create a new ${name}, or update the current one if it already exists (upsert)`,
    writes: true,
    properties: [
      ...kind.resourceProperties,
      ...upsertFieldsProperties(kind),
      ...readBackProperties(kind.output),
      optionsProperty(
        kind.apiOption,
        BEHAVIOR_OPTION,
        ...fieldsOptions,
        emptyValuesOption,
        includeChangesOption(`The ${noun} is retrieved again after an update`),
        matchOnOption(kind),
        readBackOption(kind.output),
        lookUpOption(kind.names),
        sendOnlyChangedFieldsOption(
          true,
          `Whether to send only what differs, and nothing when nothing differs. This is on unless you turn it off: the ${noun} is looked up anyway.`,
        ),
        notFoundOption(noun, `What to do when there is no such ${noun} and 'Behavior' is 'Update Only'`),
        severalFoundOption(noun),
      ),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const { api } = resource;
      const taken = await takeColumns(client, item, resource, readGivenFields(item));
      const given = readUpsertFields(kind, item, {
        instance: client.instance,
        resource,
        given: taken,
      });
      const { matchingColumn, values, links, rules } = given;
      const behavior = item.choice('options.behavior', 'Behavior', ['createOrUpdate', 'createOnly', 'updateOnly']);
      const { shape, readBack, verify } = readReadBack(item, kind.output);
      const onlyChanged = readOnlyChanged(item, true);
      const severalMatches = behavior === 'createOnly' ? 'first' : readSeveralMatches(item);
      const reference = await resolveMatch(client, resource, given.match);
      const key = recordKeyOf(client.instance, resource.name, reference);
      const trackChanges = readIncludeChanges(item);
      const mayBeMissing = readMayBeMissing(item);
      const match = (other: Item) => readUpsertMatch(kind, other, { instance: client.instance, resource, catalogue: taken.catalogue });
      const takeListed = await lookUpFromList(client, item, { kind, resource, match, shape, reference, isWorth: true });

      return await item.inRecordOrder([key], async () => {
        const catalogue = taken.catalogue ?? (await readableFields(client, api, resource.name, item.warn));
        const linked = await links.resolve(client, resource, catalogue);
        if (readBack) checkSelection(item, catalogue);
        const prepare = (more: Partial<FieldRules>): IDataObject =>
          checkGivenFields(item, catalogue, { ...values, ...linked }, { ...rules, api, ...more });
        let isNew: IDataObject | undefined;
        const upsert = async (listed: FoundRecord | undefined): Promise<UpsertResult[]> =>
          await upsertRecord(client, {
            resource,
            catalogue,
            behavior,
            recordKey: key,
            plan: { onlyChanged, readBack, verify, trackChanges },
            forCreate: async () => {
              if (item.mayBeCreated(key)) throw perhapsCreatedBefore(resource.name, reference);
              if (matchingColumn !== undefined) await kind.matching.checkColumn?.(client, resource, matchingColumn);
              // A new record has nothing to be emptied.
              const fields = prepare({ emptyValues: 'leaveOut', nestedFields: 'send' });
              kind.checkNew?.(fields);
              isNew = matchingColumn === undefined ? fields : await findableAgain({ client, item, kind, resource }, matchingColumn, fields);
              return isNew;
            },
            forUpdate: () => without(prepare({ removedLinks: removedLinks(linked) }), matchingColumn),
            onCreated: (record) => {
              const url = client.addressOf(record, api, resource.name);
              if (url !== undefined) item.rememberCreated(key, url);
            },
            find: async () => {
              if (listed) return [listed];
              const found = await findRecords(client, resource.name, reference, severalMatches);
              const url = item.createdBefore(key);
              if (found.length > 0 || url === undefined) return found;
              const subject = `${resource.name} with ${reference.shown}`;
              const record = await client.find(url, subject);
              return record && isStill(reference, record) ? [{ url, subject, record }] : [];
            },
            check: (record) => {
              if (reference.by === 'address' && matchingColumn !== undefined)
                checkKeyOf(resource.name, matchingColumn, values[matchingColumn], record);
            },
          });
        const results = await withListed(await takeListed?.(), upsert).catch(async (error: unknown) => {
          if (error instanceof CampaignError && error.details.reason === 'outcomeUnknown') item.rememberDoubt(key);
          throw isNew && kind.explainRefusal ? await kind.explainRefusal(client, resource, isNew, error) : error;
        });
        if (results.length === 0 && !mayBeMissing)
          return await explainedBy(kind, client, reference, recordNotFound(resource.name, reference));

        return results.map(({ outcome, record, sent, written, changes }): IDataObject => {
          tellEmptied(item, client, sent);
          item.tellOutcome(outcome);
          const matched = matchingColumn === undefined ? {} : { [matchingColumn]: values[matchingColumn] };
          const done = outcome === 'created' || outcome === 'updated' ? outcome : 'unchanged';
          const trail = trailItem(client, item, { resource, done, changes, record, reference });
          return { outcome, ...shape(record, { ...(matched as IDataObject), ...written }), ...trail };
        });
      });
    },
  };
}

/** Who is stored in a form in which nobody looks for them would be created again by the next run. */
async function findableAgain(
  { client, item, kind, resource }: { client: CampaignClient; item: Item; kind: RecordKind; resource: CampaignResource },
  column: string,
  given: IDataObject,
): Promise<IDataObject> {
  const fields = (await kind.matching.asFound?.(client, resource, column, given)) ?? given;
  if (fields[column] !== given[column])
    item.tally('Stored in small letters, because this Campaign finds records letter by letter', [column]);
  return fields;
}

/** Somebody may have given a record that was created for an email another one since. */
function isStill(reference: RecordReference, { email }: CampaignRecord): boolean {
  return reference.by !== 'email' || (typeof email === 'string' && email.toLowerCase() === reference.email.toLowerCase());
}

/** The answer to an earlier item got lost, and a list may show a new record late: sending it again could create it twice. */
function perhapsCreatedBefore(resource: string, { shown }: RecordReference): CampaignError {
  return new CampaignError({
    reason: 'outcomeUnknown',
    message: `An earlier item may have created the ${resource} with ${shown}, but its answer got lost`,
    description: `Nothing was sent for this item. Look whether the ${resource} is there, and run the item again.`,
  });
}

function without(fields: IDataObject, name: string | undefined): IDataObject {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
