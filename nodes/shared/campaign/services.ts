import type { CampaignClient } from './client';
import { CampaignError } from './error';
import type { CampaignInstance } from './instance';
import type { CampaignRecord } from './records';
import { recordByKey, recordByUrl, type AddressedRecord } from './references';
import type { ApiName } from './urls';

const SERVICE = 'service';

/** Which service is meant. */
export type ServiceReference = AddressedRecord;

/**
 * A service by its name, which takes the place of the PKey in its address, by its PKey, or by its address: people paste
 * any of them.
 *
 * @throws CampaignError `invalidInput`
 */
export function serviceByKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): ServiceReference {
  return recordByKey(instance, { api, name: SERVICE }, value, field, 'name');
}

/** A service by the address that Campaign returned as `href`; the address decides about the API. */
export function serviceByUrl(instance: CampaignInstance, value: unknown, field: string): ServiceReference {
  return recordByUrl(instance, SERVICE, value, field);
}

/**
 * The service itself, retrieved once per execution however many items name it.
 *
 * @throws CampaignError `notFound` …
 */
export async function referToService(client: CampaignClient, { url, shown }: ServiceReference): Promise<CampaignRecord> {
  return await client.refer(url, `${SERVICE} with ${shown}`);
}

/**
 * The name of a service, by which its subscriptions are told.
 *
 * @throws CampaignError `unreadableAnswer` when the record does not say: subscriptions without a name would be taken for its own
 */
export function nameOfService({ name }: CampaignRecord): string {
  if (typeof name === 'string' && name !== '') return name;
  throw new CampaignError({
    reason: 'unreadableAnswer',
    message: 'Campaign does not say what the service is called',
    description: "Nothing was changed. The record has no 'name'. Check that the technical account may read services.",
  });
}
