import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { invalidInput } from '../campaign/error';
import { readableFields } from '../campaign/fields/readableFields';
import { showsKey, type FoundRecord } from '../campaign/records';
import { findRecords, recordNotFound } from '../campaign/find/findRecords';
import { orderKeysOf, recordKeyOf, type RecordReference } from '../campaign/find/references';
import { endsWithPKey, type CampaignResource } from '../campaign/urls';
import { changesOfRemoval } from '../campaign/write/trackedChanges';
import type { Item } from '../execution/item';
import type { Operation } from '../execution/operation';
import { notFoundOption, readMayBeMissing, readSeveralMatches, severalMatchesOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import { changeList } from '../ui/record/changeList';
import { includeChangesOption, readIncludeChanges, trailItem } from '../ui/record/trailOutput';
import { explainedBy, type RecordKind } from '../ui/record/recordKind';

/** DELETE of one record (Adobe: "Methods"). */
export function deleteOperation(kind: RecordKind): Operation {
  return {
    value: 'delete',
    name: 'Delete',
    action: `Delete ${kind.name}`,
    description: `Remove one ${kind.name} for good`,
    writes: true,
    properties: [
      ...kind.resourceProperties,
      kind.locator,
      optionsProperty(
        kind.apiOption,
        includeChangesOption(`The list has all that the ${kind.noun} held: enough to create it again`),
        notFoundOption(kind.noun),
        ...(kind.mayBeSeveral ? [severalMatchesOption('Delete')] : []),
      ),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const reference = kind.readReference(item, client.instance, resource);
      const mayBeMissing = readMayBeMissing(item);
      const severalMatches = readSeveralMatches(item);
      const trackChanges = readIncludeChanges(item);
      const recordKey = recordKeyOf(client.instance, resource.name, reference);

      return await item.inRecordOrder(orderKeysOf(client.instance, resource.name, reference, item.json), async () => {
        const deleted: IDataObject[] = [];
        const all = await findRecords(client, resource.name, reference, severalMatches);
        for (const found of all) {
          const target = await recordToDelete(client, resource, found);
          if (!target) continue;
          const step = { client, item, kind, resource, reference, trackChanges, count: all.length };
          deleted.push(...(client.preview ? await planned(step, target, recordKey) : await removed(step, target)));
        }
        client.preview?.planRemoval(recordKey);
        if (deleted.length === 0 && !mayBeMissing)
          return await explainedBy(kind, client, reference, recordNotFound(resource.name, reference));
        return deleted;
      });
    },
  };
}

/** All that deleting one record takes. */
interface Removal {
  readonly client: CampaignClient;
  readonly item: Item;
  readonly kind: RecordKind;
  readonly resource: CampaignResource;
  readonly reference: RecordReference;
  readonly trackChanges: boolean;
  /** How many records are meant by the same. */
  readonly count: number;
}

/** Deletes it. What it held is read at the last moment, where it is to be kept. */
async function removed(
  { client, item, resource, reference, trackChanges, count }: Removal,
  { url, subject }: FoundRecord,
): Promise<IDataObject[]> {
  const record = trackChanges ? await client.find(url, subject) : undefined;
  const catalogue = record && (await readableFields(client, reference.api, resource.name, item.warn));
  const changes = record && (await changesOfRemoval(client, catalogue, record));
  if (!(await client.remove(url, subject))) return [];
  const write = {
    resource: { ...resource, api: reference.api },
    done: 'deleted',
    changes,
    record: record ?? {},
    reference,
    count,
  } as const;
  return [{ deleted: true, ...trailItem(client, item, write) }];
}

/** What a preview shows of a record that would go: all that would be lost. */
async function planned(
  { client, item, kind, resource, reference }: Removal,
  target: FoundRecord,
  recordKey: string,
): Promise<IDataObject[]> {
  const found = target.record ?? (await client.find(target.url, target.subject));
  const record = found && client.preview?.asPlanned(recordKey, found);
  if (!record) return [];
  const catalogue = await readableFields(client, reference.api, resource.name, item.warn);
  return [{ outcome: 'wouldDelete', ...kind.output.shape(record), ...changeList(await changesOfRemoval(client, catalogue, record)) }];
}

/**
 * A name or key may turn out to be a filter's, an attribute's or the description's, and then the address is not that of one
 * record: what is deleted has shown itself to be one. PKeys of descriptions do not start with @.
 *
 * @returns undefined when there is no such record
 * @throws CampaignError `invalidInput` when it is something else
 */
async function recordToDelete(
  client: CampaignClient,
  { api, name }: CampaignResource,
  found: FoundRecord,
): Promise<FoundRecord | undefined> {
  const { url, subject } = found;
  if (endsWithPKey(url)) return found;
  const record = await client.find(url, subject);
  if (!record) return undefined;
  const address = client.addressOf({ PKey: record.PKey }, api, name);
  if (address !== undefined && endsWithPKey(address) && showsKey(url, record)) return { url: address, subject, record };
  throw invalidInput(`What Campaign has at ${url} is no record of ${name}`, 'Nothing was deleted. Check the key, or give a PKey.');
}
