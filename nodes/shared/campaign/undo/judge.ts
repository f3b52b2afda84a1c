import type { CampaignClient } from '../client';
import { asPrinted, type FieldChange } from '../fields/prepareFields';
import { isBlank, settableFields } from '../fields/recordFields';
import { canBeEmptied, convertValue, holds } from '../fields/values';
import { isLinkValue, leadsToSame } from '../find/linkTargets';
import type { CampaignField, FieldCatalogue } from '../metadata';
import { ownValue, type CampaignRecord } from '../records';
import { isEmpty, numberIn } from '../scalars';
import { CHANGED_SINCE, type SkippedField } from './undoing';

/** What can be done about one change. */
export type Judgement =
  | { readonly is: 'toRestore' | 'asBefore' }
  | { readonly is: 'touched' | 'impossible'; readonly skipped: SkippedField };

/** Tells whether a field still holds what a write left there, so that what was there before may be put back. */
export async function judgeChange(
  client: CampaignClient,
  catalogue: FieldCatalogue | undefined,
  { field: name, before, after }: FieldChange,
  record: CampaignRecord,
): Promise<Judgement> {
  const field = catalogue?.get(name);
  if (catalogue && !field) return impossible(name, 'is no field of Campaign any more');
  const found = ownValue(record, name) ?? null;
  if (!(await holdsStill(client, field, after, found)))
    return (await holdsStill(client, field, before, found))
      ? { is: 'asBefore' }
      : { is: 'touched', skipped: { field: name, reason: CHANGED_SINCE, expected: after, found } };
  if (field?.readOnly) return impossible(name, 'has become read-only');
  if (field && isEmpty(before) && !canBeEmptied(field)) return impossible(name, 'has no empty value');
  return { is: 'toRestore' };
}

/**
 * Whether a value of a trail, which may come from a table of text, is what a record holds.
 *
 * @param field undefined where Campaign does not describe it
 */
export async function holdsStill(
  client: CampaignClient,
  field: CampaignField | undefined,
  kept: unknown,
  found: unknown,
): Promise<boolean> {
  if (field?.kind === 'link' || isLinkValue(kept) || isLinkValue(found)) return await leadsToSame(client, field, kept, found);
  if (isBlank(kept) || isBlank(found)) return isBlank(kept) && isBlank(found);
  const isText = field?.kind === 'string' && typeof kept === 'string';
  const conversion = field && !isText ? convertValue(field, keptValue(field, kept), 'utc') : { value: kept };
  return holds(field && asPrinted(field), 'value' in conversion ? conversion.value : kept, found) === true;
}

/** A value of a trail as Campaign had it: the text of a table has the digits that were written there, and no thousands. */
export function keptValue(field: CampaignField | undefined, kept: unknown): unknown {
  const number = field?.kind === 'number' ? numberIn(kept) : undefined;
  return typeof number === 'number' ? number : kept;
}

/**
 * The fields in which a record differs from what it is expected to be. A field that is not expected to hold anything has to be empty.
 *
 * @param expected values by field
 */
export async function fieldsThatDiffer(
  client: CampaignClient,
  catalogue: FieldCatalogue | undefined,
  expected: ReadonlyMap<string, unknown>,
  record: CampaignRecord,
): Promise<SkippedField[]> {
  const differing: SkippedField[] = [];
  for (const field of new Set([...expected.keys(), ...Object.keys(settableFields(catalogue, record))])) {
    const [kept, found] = [expected.get(field) ?? null, ownValue(record, field) ?? null];
    if (!(await holdsStill(client, catalogue?.get(field), kept, found)))
      differing.push({ field, reason: CHANGED_SINCE, expected: kept, found });
  }
  return differing;
}

function impossible(field: string, reason: string): Judgement {
  return { is: 'impossible', skipped: { field, reason } };
}
