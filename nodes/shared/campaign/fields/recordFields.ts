import type { IDataObject } from 'n8n-workflow';

import { isComputed, type FieldCatalogue } from '../metadata';
import { hrefIn, isObject, type CampaignRecord } from '../records';
import { isEmpty } from '../scalars';

/**
 * What somebody could have written of a record: the fields that have a value and that Campaign does not set itself.
 *
 * @param catalogue the resource's fields; undefined where Campaign does not tell them
 */
export function settableFields(catalogue: FieldCatalogue | undefined, record: CampaignRecord): IDataObject {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => !isBlank(value) && isSettable(catalogue, name) && !isCollectionLink(value)),
  );
}

/** Nothing, or an object such as `location` with nothing in its parts. */
export function isBlank(value: unknown): boolean {
  return isObject(value) ? Object.values(value).every(isBlank) : isEmpty(value);
}

function isSettable(catalogue: FieldCatalogue | undefined, name: string): boolean {
  const field = catalogue?.get(name);
  return catalogue ? field !== undefined && !field.readOnly : !isComputed(name);
}

/** Campaign prints a collection as its address alone, a link with the key of its target. */
export function isCollectionLink(value: unknown): boolean {
  return isObject(value) && hrefIn(value) !== undefined && value.PKey === undefined;
}
