import type { Operation } from '../execution/operation';
import type { RecordKind } from '../ui/record/recordKind';
import { countOperation } from './count';
import { createOperation } from './create';
import { createOrUpdateOperation } from './createOrUpdate';
import { deleteOperation } from './delete';
import { getOperation } from './get';
import { getManyOperation } from './getMany';
import { undoChangesOperation } from './undoChanges';
import { updateOperation } from './update';

/** All that can be done with a kind of record, in alphabetical order. */
export function recordOperations(kind: RecordKind): Operation[] {
  return [
    countOperation(kind),
    createOperation(kind),
    createOrUpdateOperation(kind),
    deleteOperation(kind),
    getOperation(kind),
    getManyOperation(kind),
    undoChangesOperation(kind),
    updateOperation(kind),
  ];
}
