import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { readableFields } from '../campaign/fields/readableFields';
import { findRecords, recordNotFound } from '../campaign/find/findRecords';
import { removedLinks } from '../campaign/find/links';
import { orderKeysOf, recordKeyOf } from '../campaign/find/references';
import { updateRecord, type UpdateResult } from '../campaign/write/updateRecord';
import type { Item } from '../execution/item';
import type { Operation } from '../execution/operation';
import { emptyValuesOption, fieldsOptions, readOnlyChanged, sendOnlyChangedFieldsOption } from '../ui/record/fieldsProperties';
import { checkGivenFields, readGivenFields, takeColumns, tellEmptied } from '../ui/record/givenFields';
import { readSeveralMatches, severalMatchesOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelection } from '../ui/record/output';
import { lookUpOption } from '../ui/options/lookUpOption';
import { readUpdateMatch } from '../ui/record/matchedRecord';
import { readBackOption, readBackProperties, readReadBack } from '../ui/record/readBack';
import { identifyByOption, readRecordFields, recordFieldsProperties } from '../ui/record/recordFields';
import { includeChangesOption, readIncludeChanges, trailItem } from '../ui/record/trailOutput';
import { explainedBy, type RecordKind } from '../ui/record/recordKind';
import { lookUpFromList, withListed } from './lookUp';
import { inPersonOrder } from './inPersonOrder';
import { meantByColumn } from './meantByColumn';

/** PATCH of one record (Adobe: "Updating profiles with APIs"), with the GETs around it that people want. */
export function updateOperation(kind: RecordKind): Operation {
  return {
    value: 'update',
    name: 'Update',
    action: `Update ${kind.name}`,
    description: `Change fields of a ${kind.name}, and read it back if you like`,
    writes: true,
    properties: [
      ...kind.resourceProperties,
      ...recordFieldsProperties(kind),
      ...readBackProperties(kind.output),
      optionsProperty(
        kind.apiOption,
        ...fieldsOptions,
        emptyValuesOption,
        identifyByOption(kind),
        includeChangesOption(`The ${kind.noun} is retrieved before and after the update`),
        readBackOption(kind.output),
        lookUpOption(kind.names),
        sendOnlyChangedFieldsOption(
          false,
          `Whether to retrieve the ${kind.noun} first and send only what differs. Nothing is sent when nothing differs.`,
        ),
        ...(kind.mayBeSeveral ? [severalMatchesOption('Update')] : []),
      ),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const taken = await takeColumns(client, item, resource, readGivenFields(item));
      const { reference, column, values, links, rules } = readRecordFields(kind, item, {
        instance: client.instance,
        resource,
        given: taken,
      });
      const { shape, readBack, verify } = readReadBack(item, kind.output);
      const plan = {
        onlyChanged: readOnlyChanged(item, false),
        readBack,
        verify,
        trackChanges: readIncludeChanges(item),
      };
      const recordKey = recordKeyOf(client.instance, resource.name, reference);

      // A record that is known by its key is not looked up but for its content, and what is told of a change is asked for anew.
      const isWorth = plan.onlyChanged || (reference.by === 'email' && !plan.trackChanges);
      const match = (other: Item) => readUpdateMatch(kind, other, { instance: client.instance, resource, catalogue: taken.catalogue });
      const takeListed = await lookUpFromList(client, item, { kind, resource, match, shape, reference, isWorth });

      return await item.inRecordOrder(orderKeysOf(client.instance, resource.name, reference, item.json), async () => {
        const known = reference.api === resource.api ? taken.catalogue : undefined;
        const catalogue = known ?? (await readableFields(client, reference.api, resource.name, item.warn));
        if (readBack) checkSelection(item, catalogue);
        const linked = await links.resolve(client, resource, catalogue);
        const fields = checkGivenFields(
          item,
          catalogue,
          { ...values, ...linked },
          {
            ...rules,
            api: reference.api,
            removedLinks: removedLinks(linked),
            // A model that left out all there is to change has to hear of it.
            mayBeBlank: !item.isTool,
          },
        );
        const update = { resource: { ...resource, api: reference.api }, catalogue, fields, plan, recordKey };
        const meant = { resource: update.resource, reference, column, value: column === undefined ? undefined : taken.values[column] };
        return await withListed(await takeListed(), async (listed) => {
          const records = listed ? [listed] : await findRecords(client, resource.name, reference, readSeveralMatches(item));
          if (records.length === 0) throw recordNotFound(resource.name, reference);
          const outputs: IDataObject[] = [];
          for (const record of records) {
            const found = await meantByColumn(client, kind, meant, record);
            const result = await inPersonOrder({ client, item, update }, found, (target) => updateRecord(client, target, update));
            tellEmptied(item, client, result.sent);
            const done = result.isSent ? 'updated' : 'unchanged';
            item.tellOutcome(done);
            const write = { resource: update.resource, done, changes: result.changes, record: result.record, reference } as const;
            outputs.push({ ...plannedOutcome(client, result), ...shape(result.record, fields), ...trailItem(client, item, write) });
          }
          return outputs;
        }).catch(async (error: unknown) => await explainedBy(kind, client, reference, error));
      });
    },
  };
}

/** Only a preview says what becomes of the record: an update that is made is no surprise. */
function plannedOutcome({ preview }: CampaignClient, { isSent }: UpdateResult): IDataObject {
  return preview ? { outcome: isSent ? 'wouldUpdate' : 'unchanged' } : {};
}
