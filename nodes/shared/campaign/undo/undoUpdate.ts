import { readableFields } from '../fields/readableFields';
import { updateRecord } from '../write/updateRecord';
import { judgeChange } from './judge';
import type { Trail } from './readTrails';
import { cannotRestore, writableAgain } from './restorable';
import { alreadyRestored, leftAlone, type SkippedField, type Undoing, type UndoResult } from './undoing';

const PLAN = { onlyChanged: false, readBack: true, verify: true, trackChanges: true };

/**
 * Puts back what was in the fields of a record before an update, where they still hold what the update left there.
 *
 * @throws CampaignError `notFound` when the record has been deleted since; `invalidInput` for fields that cannot be restored, before
 *   anything is written …
 */
export async function undoUpdate(undoing: Undoing, trail: Trail): Promise<UndoResult> {
  const { client, resource, rules, finder } = undoing;
  if (trail.changes.length === 0) return alreadyRestored();
  const target = await finder.retrieve(trail, resource);
  const catalogue = await readableFields(client, resource.api, resource.name, rules.warn);

  const touched: SkippedField[] = [];
  const impossible: SkippedField[] = [];
  const toRestore: Trail['changes'][number][] = [];
  for (const change of trail.changes) {
    const judgement = await judgeChange(client, catalogue, change, target.record);
    if (judgement.is === 'toRestore') toRestore.push(change);
    if (judgement.is === 'touched') touched.push(judgement.skipped);
    if (judgement.is === 'impossible') impossible.push(judgement.skipped);
  }
  const { fields, skipped } = await writableAgain(undoing, catalogue, toRestore, 'clear');
  impossible.push(...skipped);
  if (impossible.length > 0 && !rules.skipsImpossible) throw cannotRestore(impossible);

  const left = [...touched, ...impossible];
  if (Object.keys(fields).length === 0) return left.length > 0 ? leftAlone(left, target.record) : alreadyRestored(target.record);
  const recordKey = finder.ownKeyOf(trail, resource);
  const { record, changes } = await updateRecord(client, target, { resource, catalogue, fields, plan: PLAN, recordKey });
  finder.follow(trail, resource, record, target.url);
  return { outcome: left.length > 0 ? 'partlyRestored' : 'restored', done: 'updated', changes: changes ?? [], skipped: left, record };
}
