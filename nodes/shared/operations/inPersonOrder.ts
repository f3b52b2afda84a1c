import type { CampaignClient } from '../campaign/client';
import { personKeyOf } from '../campaign/find/profiles';
import type { FoundRecord } from '../campaign/records';
import { endsWithPKey } from '../campaign/urls';
import type { Update } from '../campaign/write/updateRecord';
import type { Item } from '../execution/item';
import { watchRecords } from '../execution/recordOrder';

/** An update of one item. */
interface ItemUpdate {
  readonly client: CampaignClient;
  readonly item: Item;
  readonly update: Update;
}

/**
 * Lets nobody else of this process write to a profile between the look at it and the write that goes by the look: who it is shows when
 * it was read, however its key reads. What is not looked at, or shows by its email or custom key who is meant, needs no more order.
 */
export function inPersonOrder<Result>(
  made: ItemUpdate,
  target: FoundRecord,
  work: (target: FoundRecord) => Promise<Result>,
): Promise<Result> {
  const { plan, resource } = made.update;
  const isLookedAt = plan.onlyChanged || plan.trackChanges;
  const goesByLook = resource.name === 'profile' && isLookedAt && endsWithPKey(target.url) && !made.client.preview;
  return goesByLook ? inOrderOfPerson(made, target, work) : work(target);
}

async function inOrderOfPerson<Result>(
  { client, item }: ItemUpdate,
  target: FoundRecord,
  work: (target: FoundRecord) => Promise<Result>,
): Promise<Result> {
  const begun = new Set<string>();
  const stopListening = watchRecords((key) => begun.add(key));
  let ordered: Promise<Result>;
  try {
    const record = target.record ?? (await client.retrieve(target.url, target.subject));
    const person = personKeyOf(client.instance, record);
    // Whoever began meanwhile may have written since.
    const known = begun.has(person) ? { ...target, record: undefined } : { ...target, record };
    ordered = item.inRecordOrder([person], async () => await work(known));
  } finally {
    stopListening();
  }
  return await ordered;
}
