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
 * @returns what gives a record back that may be written, and throws CampaignError `invalidInput` for another one; undefined where no
 *   column says which record is meant, or says it by a PKey or an email
 */
export function meantByColumn(client: CampaignClient, kind: RecordKind, meant: MeantByColumn): CheckFound | undefined {
  const { reference, column } = meant;
  if (column === undefined || reference.by !== 'address' || endsWithPKey(reference.url)) return undefined;
  return async (target) => await checkFound(client, kind, { ...meant, column }, target);
}

/** See `meantByColumn`. */
export type CheckFound = (target: FoundRecord) => Promise<FoundRecord>;

async function checkFound(
  client: CampaignClient,
  kind: RecordKind,
  { resource, column, value }: MeantByColumn & { readonly column: string },
  target: FoundRecord,
): Promise<FoundRecord> {
  // What a list shows was found by the column itself.
  if (target.isListed === true || (await kind.matching.checkColumn?.(client, resource, column)) !== false) return target;
  if (!target.record) await checkIsRecord(client, resource, target);
  const record = target.record ?? (await client.find(target.url, target.subject));
  if (record) checkKeyOf(resource.name, column, value, record);
  return { ...target, record };
}
