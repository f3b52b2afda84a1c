import { isOfSubscription } from '../actions/subscriptions';
import { referToService, serviceByKey } from '../find/services';
import { CampaignError } from '../error';
import type { Trail } from './readTrails';
import { cannotRestore } from './restorable';
import { leftAlone, type SkippedField, type Undoing, type UndoResult } from './undoing';
import { serviceIn, undoSubscription } from './undoSubscription';
import { undoUpdate } from './undoUpdate';

/**
 * Takes back what Unsubscribe From Everything did: the fields first, as it did itself, then the subscriptions. What is done already is
 * left alone, so that it can be run again where something came in between.
 *
 * @throws CampaignError `invalidInput` for a service or field that is gone, before anything is written …
 */
export async function undoOptOut(undoing: Undoing, trail: Trail): Promise<UndoResult> {
  const gone: SkippedField[] = [];
  const services: Trail[] = [];
  for (const change of trail.changes.filter(isOfSubscription)) {
    const name = serviceIn(change);
    if (await isThere(undoing, name)) services.push({ ...trail, changes: [change] });
    else gone.push({ field: change.field, reason: `to '${name}' has no service any more`, expected: change.after, found: null });
  }
  if (gone.length > 0 && !undoing.rules.skipsImpossible) throw cannotRestore(gone);

  const fields = trail.changes.filter((change) => !isOfSubscription(change));
  const results = [await undoUpdate(undoing, { ...trail, changes: fields })];
  for (const one of services) results.push(await undoSubscription(undoing, one));
  if (gone.length > 0) results.push(leftAlone(gone));
  return together(results);
}

async function isThere({ client, resource }: Undoing, name: string): Promise<boolean> {
  return await referToService(client, serviceByKey(client.instance, resource.api, name, 'Service in the trail')).then(
    () => true,
    async (error: unknown) => (error instanceof CampaignError && error.details.reason === 'notFound' ? false : await Promise.reject(error)),
  );
}

function together(results: readonly UndoResult[]): UndoResult {
  const changes = results.flatMap((result) => result.changes);
  const skipped = results.flatMap((result) => result.skipped);
  const outcome =
    changes.length === 0 ? (skipped.length > 0 ? 'skipped' : 'alreadyRestored') : skipped.length > 0 ? 'partlyRestored' : 'restored';
  const record = results.find((result) => result.record !== undefined)?.record;
  return { outcome, done: changes.length > 0 ? 'updated' : 'unchanged', changes, skipped, record };
}
