import type { IDataObject } from 'n8n-workflow';

import type { FieldCatalogue } from '../metadata';
import { ownValue, type CampaignRecord } from '../records';
import { withoutUnchanged, type FieldChange } from './prepareFields';

/** All fields of something that is not there yet, as changes. */
export function asNew(fields: IDataObject): FieldChange[] {
  return Object.entries(fields).map(([field, after]) => ({ field, before: null, after }));
}

/** What sending `fields` would change in a record. Links cannot be compared, so they count as changed. */
export function plannedChanges(catalogue: FieldCatalogue | undefined, fields: IDataObject, record: CampaignRecord): FieldChange[] {
  return Object.entries(withoutUnchanged(catalogue, fields, record)).map(([field, after]) => ({
    field,
    before: ownValue(record, field) ?? null,
    after,
  }));
}
