import type { IDataObject } from 'n8n-workflow';

import type { FieldChange } from '../../campaign/fields/prepareFields';

/** The list `changes` of an output item; nothing where nobody asked for it. */
export function changeList(changes: readonly FieldChange[] | undefined): IDataObject {
  return changes ? { changes: changes.map((change) => ({ ...change })) } : {};
}
