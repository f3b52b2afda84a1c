import { readableFields } from '../fields/readableFields';
import type { FieldCatalogue } from '../metadata';
import { ownValue, type CampaignRecord } from '../records';
import { upsertRecord } from '../write/upsertRecord';
import { holdsStill } from './judge';
import type { Trail } from './readTrails';
import { cannotRestore, writableAgain } from './restorable';
import { alreadyRestored, leftAlone, type SkippedField, type Undoing, type UndoResult } from './undoing';

const PLAN = { onlyChanged: true, readBack: false, verify: false, trackChanges: true };

/**
 * Creates a record again that was deleted, from what it held, unless there is one with its email or key: then that one is left
 * alone. It gets a new key, and nothing that was not in its fields comes back, e.g. its subscriptions.
 *
 * @param twin tells it from others with its email or key that were deleted together: none of them is looked for, see `Twins`
 * @throws CampaignError `invalidInput` for a trail without email and key, and for fields that cannot be restored …
 */
export async function undoRemoval(undoing: Undoing, trail: Trail, twin?: number): Promise<UndoResult> {
  const { client, resource, rules, finder } = undoing;
  const reference = finder.lastingReference(trail, resource);
  const catalogue = await readableFields(client, resource.api, resource.name, rules.warn);
  const impossible: SkippedField[] = [];
  const fieldsAgain = async () => {
    const writable = trail.changes.filter(({ field }) => isWritableAgain(catalogue, field, impossible));
    const { fields, skipped } = await writableAgain(undoing, catalogue, writable, 'leaveOut');
    impossible.push(...skipped);
    if (impossible.length > 0 && !rules.skipsImpossible) throw cannotRestore(impossible);
    return fields;
  };
  const results = await upsertRecord(client, {
    resource,
    catalogue,
    behavior: 'createOnly',
    plan: PLAN,
    recordKey: `${finder.keyOf(reference, resource)}${twin ?? ''}`,
    forCreate: fieldsAgain,
    forUpdate: () => ({}),
    find: twin === undefined ? async () => await finder.findAll(reference, resource, 'all') : nobodyOnce(),
    onCreated: (record) => {
      // By the email that twins share, nobody knows which of them an earlier trail means.
      if (twin === undefined) finder.remember(reference, resource, record);
    },
  });
  const [first] = results;
  if (first && first.outcome !== 'unchanged') {
    const outcome = impossible.length > 0 ? 'partlyRestored' : 'restored';
    return { outcome, done: 'created', changes: first.changes ?? [], skipped: impossible, record: first.record };
  }
  for (const { record } of results)
    if ((await fieldsUnlikeBefore(undoing, catalogue, trail, record)).length === 0) return alreadyRestored(record);
  return leftAlone(first ? await fieldsUnlikeBefore(undoing, catalogue, trail, first.record) : [], first?.record);
}

/** What is looked for a second time got lost on its way, and may be any of those that are there. */
function nobodyOnce(): () => Promise<never[]> {
  let isAsked = false;
  return async () => {
    if (isAsked) return await Promise.reject(new Error('Nobody can tell the twins apart'));
    isAsked = true;
    return [];
  };
}

function isWritableAgain(catalogue: FieldCatalogue | undefined, name: string, impossible: SkippedField[]): boolean {
  const field = catalogue?.get(name);
  if (!catalogue || (field && !field.readOnly)) return true;
  impossible.push({ field: name, reason: field ? 'has become read-only' : 'is no field of Campaign any more' });
  return false;
}

/** Fields in which a record that is there differs from what the one that was deleted held. */
export async function fieldsUnlikeBefore(
  { client }: Undoing,
  catalogue: FieldCatalogue | undefined,
  trail: Trail,
  record: CampaignRecord,
): Promise<SkippedField[]> {
  const fields: SkippedField[] = [];
  for (const { field, before } of trail.changes) {
    const found = ownValue(record, field) ?? null;
    if (!(await holdsStill(client, catalogue?.get(field), before, found)))
      fields.push({ field, reason: 'differs in the record that is there', expected: before, found });
  }
  return fields;
}
