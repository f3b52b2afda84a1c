import type { IDataObject } from 'n8n-workflow';

import { invalidInput, type CampaignError } from '../error';
import { prepareFields, type FieldChange } from '../fields/prepareFields';
import { findLinkTarget, isLinkValue } from '../find/linkTargets';
import type { FieldCatalogue } from '../metadata';
import { isEmpty } from '../scalars';
import { keptValue } from './judge';
import type { SkippedField, Undoing } from './undoing';

/**
 * Makes what was there before ready to be written again: links lead to the keys that their targets have today.
 *
 * @param emptyValues what blank ones do: empty a field of a record that is there, nothing in a new one
 * @returns the fields, and those whose link leads nowhere any more
 * @throws CampaignError `invalidInput` for values that Campaign does not take
 */
export async function writableAgain(
  { client, resource: { api } }: Undoing,
  catalogue: FieldCatalogue | undefined,
  changes: readonly FieldChange[],
  emptyValues: 'clear' | 'leaveOut',
): Promise<{ fields: IDataObject; skipped: SkippedField[] }> {
  const values: IDataObject = {};
  const removedLinks: string[] = [];
  const skipped: SkippedField[] = [];
  for (const { field, before } of changes) {
    if (isLinkValue(before)) {
      const target = await findLinkTarget(client, catalogue?.get(field), before);
      if (target) values[field] = { PKey: target.PKey };
      else skipped.push({ field, reason: 'leads to a record that is gone' });
    } else {
      if (catalogue?.get(field)?.kind === 'link' && isEmpty(before)) removedLinks.push(field);
      values[field] = keptValue(catalogue?.get(field), before) as IDataObject[string];
    }
  }
  if (Object.keys(values).length === 0) return { fields: {}, skipped };
  const rules = { api, zone: 'utc', longText: 'send', nestedFields: 'send', unknownFields: 'refuse', readOnlyFields: 'refuse' } as const;
  const { fields } = prepareFields(catalogue, values, { ...rules, wereHeld: true, emptyValues, removedLinks });
  return { fields, skipped };
}

/** The error for fields that cannot be restored, when the user has not said that they may be left out. */
export function cannotRestore(skipped: readonly SkippedField[]): CampaignError {
  return invalidInput(
    `Field ${skipped.map(({ field, reason }) => `'${field}' ${reason}`).join('; ')}`,
    "Nothing was undone for this item. To restore the other fields, set 'When a Field Cannot Be Restored' under 'Options' to 'Skip'.",
  );
}
