import { readableFields } from '../fields/readableFields';
import { instant } from '../fields/values';
import type { FieldCatalogue } from '../metadata';
import { hrefIn, type CampaignRecord } from '../records';
import { endsWithPKey, listPageUrl } from '../urls';
import { changesOfRemoval } from '../write/trackedChanges';
import { fieldsThatDiffer } from './judge';
import type { Trail } from './readTrails';
import { alreadyRestored, CHANGED_SINCE, leftAlone, type SkippedField, type Undoing, type UndoResult } from './undoing';

/**
 * Deletes a record that was created, if the user says so and nobody has changed it since: a field that holds anything else than at
 * its creation, or a subscription, is somebody else's.
 */
export async function undoCreation(undoing: Undoing, trail: Trail): Promise<UndoResult> {
  const { client, resource, rules, finder } = undoing;
  const target = await finder.find(trail, resource);
  if (!target) return alreadyRestored();
  const { record, subject } = target;
  if (isAnother(trail, record) && !finder.isMadeAgain(record)) return alreadyRestored();
  const kept = { field: 'record', reason: "was created, and 'Created Records' is 'Keep'" };
  if (!rules.mayDelete) return leftAlone([kept], record);

  const catalogue = await readableFields(client, resource.api, resource.name, rules.warn);
  const touched = await touchedSince(undoing, catalogue, trail, record);
  if (touched.length > 0) return leftAlone(touched, record);
  const changes = await changesOfRemoval(client, catalogue, record);
  const reference = finder.referenceTo(trail, resource, rules.matchBy);
  if (client.preview) {
    client.preview.planRemoval(finder.ownKeyOf(trail, resource));
    return { outcome: 'restored', done: 'deleted', changes, skipped: [], record };
  }
  // What is deleted has shown itself to be a record: its own key, and not what stood in an address.
  const url = endsWithPKey(target.url) ? target.url : client.addressOf({ PKey: record.PKey }, resource.api, resource.name);
  const isGone = url !== undefined && (await client.remove(url, subject));
  finder.forget(reference, resource);
  return isGone ? { outcome: 'restored', done: 'deleted', changes, skipped: [], record } : alreadyRestored();
}

/** Databases may keep seconds only. */
const SAME_CREATION_MS = 1000;

/** Whether the record that is there was made at another time than the one of the trail: that one is gone. */
function isAnother({ created }: Trail, record: CampaignRecord): boolean {
  const [made, found] = [instant(created), instant(record.created)];
  return !Number.isNaN(made) && !Number.isNaN(found) && Math.abs(made - found) >= SAME_CREATION_MS;
}

async function touchedSince(
  { client }: Undoing,
  catalogue: FieldCatalogue | undefined,
  trail: Trail,
  record: CampaignRecord,
): Promise<SkippedField[]> {
  const created = new Map(trail.changes.map(({ field, after }) => [field, after]));
  const touched = await fieldsThatDiffer(client, catalogue, created, record);
  const subscriptions = hrefIn(record.subscriptions);
  if (subscriptions === undefined) return touched;
  const { content } = await client.page(listPageUrl(client.follow(subscriptions), 1), 'subscription');
  return content.length > 0
    ? [...touched, { field: 'subscriptions', reason: CHANGED_SINCE, expected: null, found: content.length }]
    : touched;
}
