import type { CampaignClient } from '../client';
import { invalidInput } from '../error';
import type { CampaignRecord } from '../records';
import { recordByKey, recordByUrl, type AddressedRecord } from './references';
import { UNITS_PAGE } from './pageSizes';
import { notFound } from '../refusals';
import { trimmed } from '../scalars';
import { collectionUrl, listPageUrl, type CampaignResource } from '../urls';

/** Campaign Standard's organizational units (Adobe: "Listing organizational units"). */
export const ORGANIZATIONAL_UNITS: CampaignResource = { api: 'profileAndServicesExt', name: 'orgUnitBase' };

/** Which unit is meant: the one at an address, or the one with a name, which is no part of an address here. */
export type UnitReference = AddressedRecord | { readonly by: 'name'; readonly name: string };

/**
 * Reads a unit from what a locator holds.
 *
 * @throws CampaignError `invalidInput`
 */
export function unitReference(client: CampaignClient, mode: unknown, value: unknown, field: string): UnitReference {
  if (mode === 'url')
    return recordByUrl(client.instance, { name: ORGANIZATIONAL_UNITS.name, apis: [ORGANIZATIONAL_UNITS.api] }, value, field);
  if (mode === 'pKey') return recordByKey(client.instance, { ...ORGANIZATIONAL_UNITS, keyName: 'key' }, value, field);
  const name = typeof value === 'string' ? trimmed(value) : '';
  if (name === '') throw invalidInput(`No '${field}' is chosen`, 'Select one from the list, or give its name, PKey or URL.');
  return { by: 'name', name };
}

/** All units, page by page. */
export async function* listUnits(client: CampaignClient): AsyncGenerator<CampaignRecord, void, undefined> {
  yield* client.list(unitsUrl(client), 'organizational unit');
}

/** Address of the list of all units. */
export function unitsUrl({ instance }: CampaignClient): string {
  return listPageUrl(collectionUrl(instance, ORGANIZATIONAL_UNITS.api, ORGANIZATIONAL_UNITS.name), UNITS_PAGE);
}

/**
 * The unit itself. Units have no filter for names; there are few of them.
 *
 * @throws CampaignError `notFound` …
 */
export async function retrieveUnit(client: CampaignClient, reference: UnitReference): Promise<CampaignRecord> {
  if (reference.by === 'address') return await client.refer(reference.url, `organizational unit with ${reference.shown}`);
  for await (const unit of listUnits(client)) if (unit.name === reference.name) return unit;
  throw notFound(`organizational unit with name '${reference.name}'`);
}
