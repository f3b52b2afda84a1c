import type { IDataObject } from 'n8n-workflow';

import { readableFields } from '../campaign/fields/readableFields';
import { findRecords, recordNotFound } from '../campaign/find/findRecords';
import { removedLinks } from '../campaign/find/links';
import { recordKeyOf } from '../campaign/find/references';
import { updateRecord, type UpdateResult } from '../campaign/write/updateRecord';
import type { Item } from '../execution/item';
import type { Operation } from '../execution/operation';
import {
  checkGivenFields,
  dateOrderOption,
  emptyValuesOption,
  fieldsFromOption,
  longTextOption,
  readGivenFields,
  takeColumns,
  tellEmptied,
  unknownColumnsOption,
} from '../ui/record/givenFields';
import { readSeveralMatches, severalMatchesOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelection, type OutputShape } from '../ui/record/output';
import { readBackOption, readBackProperties, readReadBack } from '../ui/record/readBack';
import { identifyByOption, readRecordFields, recordFieldsProperties } from '../ui/record/recordFields';
import { lookUpOption } from '../ui/options/lookUpOption';
import { readUpdateMatch } from '../ui/record/matchedRecord';
import type { RecordKind } from '../ui/record/recordKind';
import { lookUpFromList, withListed } from './lookUp';

/** PATCH of one record (Adobe: "Updating profiles with APIs"), with the GETs around it that people want. */
export function updateOperation(kind: RecordKind): Operation {
  return {
    value: 'update',
    name: 'Update',
    action: `Update ${kind.name}`,
    description: `Change fields of a ${kind.name}, and read it back if you like`,
    properties: [
      ...kind.resourceProperties,
      ...recordFieldsProperties(kind),
      ...readBackProperties(kind.output),
      optionsProperty(
        kind.apiOption,
        dateOrderOption,
        emptyValuesOption,
        fieldsFromOption,
        identifyByOption(kind),
        longTextOption,
        readBackOption(kind.output),
        lookUpOption(kind.names),
        {
          displayName: 'Include Changes',
          name: 'includeChanges',
          type: 'boolean',
          default: false,
          description: `Whether to add a list 'changes' with field, before and after to the output. The ${kind.noun} is retrieved before and after the update.`,
        },
        {
          displayName: 'Send Only Changed Fields',
          name: 'sendOnlyChangedFields',
          type: 'boolean',
          default: false,
          description: `Whether to retrieve the ${kind.noun} first and send only what differs. Nothing is sent when nothing differs.`,
        },
        unknownColumnsOption,
        ...(kind.mayBeSeveral ? [severalMatchesOption('Update')] : []),
      ),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const taken = await takeColumns(client, item, resource, readGivenFields(item));
      const { reference, values, links, rules } = readRecordFields(kind, item, {
        instance: client.instance,
        resource,
        given: taken,
      });
      const { shape, readBack, verify } = readReadBack(item, kind.output);
      const plan = {
        onlyChanged: item.flag('options.sendOnlyChangedFields', 'Send Only Changed Fields'),
        readBack,
        verify,
        trackChanges: item.flag('options.includeChanges', 'Include Changes'),
      };

      // A record that is known by its key is not looked up but for its content, and what is told of a change is asked for anew.
      const isWorth = plan.onlyChanged || (reference.by === 'email' && !plan.trackChanges);
      const match = (other: Item) => readUpdateMatch(kind, other, { instance: client.instance, resource, catalogue: taken.catalogue });
      const takeListed = await lookUpFromList(client, item, { kind, resource, match, shape, reference, isWorth });

      return await item.inRecordOrder(recordKeyOf(client.instance, resource.name, reference), async () => {
        const catalogue = await readableFields(client, reference.api, resource.name, (hint) => item.hint(hint));
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
          },
        );
        const update = { resource: { ...resource, api: reference.api }, catalogue, fields, plan };
        return await withListed(await takeListed(), async (listed) => {
          const records = listed ? [listed] : await findRecords(client, resource.name, reference, readSeveralMatches(item));
          if (records.length === 0) throw recordNotFound(resource.name, reference);
          const outputs: IDataObject[] = [];
          for (const record of records) {
            const result = await updateRecord(client, record, update);
            tellEmptied(item, result.sent);
            item.tellOutcome(result.isSent ? 'updated' : 'unchanged');
            outputs.push(updatedItem(result, (found) => shape(found, fields)));
          }
          return outputs;
        });
      });
    },
  };
}

function updatedItem({ record, changes }: UpdateResult, shape: OutputShape): IDataObject {
  return changes ? { ...shape(record), changes: changes.map((change) => ({ ...change })) } : shape(record);
}
