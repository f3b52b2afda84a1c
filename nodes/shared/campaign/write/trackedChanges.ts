import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError } from '../error';
import { changes, type FieldChange } from '../fields/prepareFields';
import { settableFields } from '../fields/recordFields';
import { isLinkValue, keepableLink, leadsToSame } from '../find/linkTargets';
import type { FieldCatalogue } from '../metadata';
import { ownValue, type CampaignRecord } from '../records';

/** The fields of `sent` whose value differs between two readings of one record, links included. */
export async function trackedChanges(
  client: CampaignClient,
  catalogue: FieldCatalogue | undefined,
  sent: IDataObject,
  { before, after }: { readonly before: CampaignRecord; readonly after: CampaignRecord },
): Promise<FieldChange[]> {
  const plain = new Map(changes(catalogue, sent, before, after).map((change) => [change.field, change]));
  const tracked: FieldChange[] = [];
  for (const field of Object.keys(sent)) {
    const [old, current] = [ownValue(before, field) ?? null, ownValue(after, field) ?? null];
    if (!isLinkValue(old) && !isLinkValue(current)) tracked.push(...[plain.get(field) ?? []].flat());
    else if (!(await asFarAsKnown(leadsToSame(client, catalogue?.get(field), old, current), false)))
      tracked.push({
        field,
        before: await asFarAsKnown(keepableLink(client, catalogue?.get(field), old), old),
        after: await asFarAsKnown(keepableLink(client, catalogue?.get(field), current), current),
      });
  }
  return tracked;
}

/** All that a new record has and somebody could have written, its defaults included: who finds anything else later knows of others. */
export async function changesOfCreation(
  client: CampaignClient,
  catalogue: FieldCatalogue | undefined,
  record: CampaignRecord,
): Promise<FieldChange[]> {
  const created: FieldChange[] = [];
  for (const [field, value] of Object.entries(settableFields(catalogue, record)))
    created.push({ field, before: null, after: await asFarAsKnown(keepableLink(client, catalogue?.get(field), value), value) });
  return created;
}

/** What is written already must not look as if it were not, for what cannot be learned about it afterwards. */
async function asFarAsKnown<Value>(asked: Promise<Value>, known: Value): Promise<Value> {
  return await asked.catch((error: unknown) => {
    if (error instanceof CampaignError) return known;
    throw error;
  });
}

/** All of a record that somebody could write again, before it goes. */
export async function changesOfRemoval(
  client: CampaignClient,
  catalogue: FieldCatalogue | undefined,
  record: CampaignRecord,
): Promise<FieldChange[]> {
  const removed: FieldChange[] = [];
  for (const [field, value] of Object.entries(settableFields(catalogue, record)))
    removed.push({ field, before: await keepableLink(client, catalogue?.get(field), value), after: null });
  return removed;
}
