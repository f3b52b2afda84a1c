import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { invalidInput } from '../campaign/error';
import type { FoundRecord } from '../campaign/records';
import { findRecords, recordNotFound } from '../campaign/find/findRecords';
import { recordKeyOf } from '../campaign/find/references';
import { endsWithPKey, type CampaignResource } from '../campaign/urls';
import type { Operation } from '../execution/operation';
import { notFoundOption, readMayBeMissing, readSeveralMatches, severalMatchesOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import type { RecordKind } from '../ui/record/recordKind';

/** DELETE of one record (Adobe: "Methods"). */
export function deleteOperation(kind: RecordKind): Operation {
  return {
    value: 'delete',
    name: 'Delete',
    action: `Delete ${kind.name}`,
    description: `Remove one ${kind.name} for good`,
    properties: [
      ...kind.resourceProperties,
      kind.locator,
      optionsProperty(kind.apiOption, notFoundOption(kind.noun), ...(kind.mayBeSeveral ? [severalMatchesOption('Delete')] : [])),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const reference = kind.readReference(item, client.instance, resource);
      const mayBeMissing = readMayBeMissing(item);
      const severalMatches = readSeveralMatches(item);

      return await item.inRecordOrder(recordKeyOf(client.instance, resource.name, reference), async () => {
        const deleted: IDataObject[] = [];
        for (const found of await findRecords(client, resource.name, reference, severalMatches)) {
          const url = await addressToDelete(client, resource, found);
          if (url !== undefined && (await client.remove(url, found.subject))) deleted.push({ deleted: true });
        }
        if (deleted.length === 0 && !mayBeMissing) throw recordNotFound(resource.name, reference);
        return deleted;
      });
    },
  };
}

/**
 * A name or key may turn out to be a filter's, an attribute's or the description's, and then the address is not that of one
 * record: what is deleted has shown itself to be one. PKeys of descriptions do not start with @.
 *
 * @returns undefined when there is no such record
 * @throws CampaignError `invalidInput` when it is something else
 */
async function addressToDelete(
  client: CampaignClient,
  { api, name }: CampaignResource,
  { url, subject }: FoundRecord,
): Promise<string | undefined> {
  if (endsWithPKey(url)) return url;
  const record = await client.find(url, subject);
  if (!record) return undefined;
  const address = client.addressOf({ PKey: record.PKey }, api, name);
  if (address !== undefined && endsWithPKey(address)) return address;
  throw invalidInput(`What Campaign has at ${url} is no record of ${name}`, 'Nothing was deleted. Check the key, or give a PKey.');
}
