import { isOfSubscription } from '../actions/subscriptions';
import { readableFields } from '../fields/readableFields';
import { fieldsThatDiffer } from './judge';
import type { Trail } from './readTrails';
import type { Undoing } from './undoing';

/**
 * Tells which trails of a record have been undone together before. Where a record was deleted and made anew in between, they cannot be
 * told one by one: a field may hold by chance what a change has left there, in a record that is another one by now. So it is looked
 * whether the record that was deleted is back, as it was before all that was done to it.
 *
 * @param trails of one record, the newest first
 * @returns those that there is nothing left to do for: the oldest removal and all that came after it
 */
export async function undoneTogether(undoing: Undoing, trails: readonly Trail[]): Promise<readonly Trail[]> {
  const oldest = trails.map(({ done }) => done).lastIndexOf('deleted');
  const removal = trails[oldest];
  // A removal alone tells by itself.
  if (!removal || oldest === 0) return [];
  const { client, resource, rules, finder } = undoing;
  const [record, ...others] = await finder.findAll(finder.lastingReference(removal, resource), resource, 'all');
  if (!record || others.length > 0) return [];

  const expected = new Map(removal.changes.map(({ field, before }) => [field, before]));
  for (const { done, changes } of trails.slice(oldest + 1)) {
    if (done !== 'updated') continue;
    for (const change of changes) if (!isOfSubscription(change)) expected.set(change.field, change.before);
  }
  const catalogue = await readableFields(client, resource.api, resource.name, rules.warn);
  const differing = await fieldsThatDiffer(client, catalogue, expected, record.record);
  return differing.length === 0 ? trails.slice(0, oldest + 1) : [];
}
