import type { CampaignClient } from '../campaign/client';
import { checkKeyOf } from '../campaign/find/customKeys';
import type { RecordReference } from '../campaign/find/references';
import type { FoundRecord } from '../campaign/records';
import { endsWithPKey, type CampaignResource } from '../campaign/urls';
import { checkIsRecord } from '../campaign/write/checkKey';
import type { RecordKind } from '../ui/record/recordKind';

/** Whose record a column says is meant. */
export interface MeantByColumn {
  readonly resource: CampaignResource;
  readonly reference: RecordReference;
  /** Undefined where the record was chosen in another way. */
  readonly column: string | undefined;
  readonly value: unknown;
}

/**
 * Campaign takes any key for an address, of whatever field: a column that is not the key finds the record whose key has by chance the
 * same value. What shows that it is the key is asked for once a run; where nothing does, each record is looked at before it is written.
 *
 * @returns the record, which may be written
 * @throws CampaignError `invalidInput`
 */
export async function meantByColumn(
  client: CampaignClient,
  kind: RecordKind,
  { resource, reference, column, value }: MeantByColumn,
  target: FoundRecord,
): Promise<FoundRecord> {
  // What a list shows was found by the column itself.
  const isByKey = target.isListed !== true && reference.by === 'address' && !endsWithPKey(reference.url);
  if (column === undefined || !isByKey || (await kind.matching.checkColumn?.(client, resource, column)) !== false) return target;
  if (!target.record) await checkIsRecord(client, resource, target);
  const record = target.record ?? (await client.find(target.url, target.subject));
  if (record) checkKeyOf(resource.name, column, value, record);
  return { ...target, record };
}
