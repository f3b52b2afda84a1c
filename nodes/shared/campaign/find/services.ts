import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError, invalidInput, isRefusal, restated } from '../error';
import type { CampaignInstance } from '../instance';
import { Memory } from '../memory';
import { textOf, type CampaignRecord } from '../records';
import { recordByKey, recordByUrl, type AddressedRecord, type RecordReference } from './references';
import { filterUrl, recordUrl, type ApiName, type CampaignResource } from '../urls';

const SERVICE = 'service';

/**
 * A service by its name, which takes the place of the PKey in its address, by its PKey, or by its address: people paste
 * any of them.
 *
 * @throws CampaignError `invalidInput`
 */
export function serviceByKey(instance: CampaignInstance, api: ApiName, value: unknown, field: string): AddressedRecord {
  return recordByKey(instance, { api, name: SERVICE, keyName: 'name' }, value, field);
}

/** A service by the address that Campaign returned as `href`; the address decides about the API. */
export function serviceByUrl(instance: CampaignInstance, value: unknown, field: string): AddressedRecord {
  return recordByUrl(instance, { name: SERVICE }, value, field);
}

/**
 * The service itself, retrieved once per execution however many items name it.
 *
 * @throws CampaignError `notFound` …
 */
export async function referToService(client: CampaignClient, service: AddressedRecord): Promise<CampaignRecord> {
  const { url, shown } = service;
  return await client.refer(url, `${SERVICE} with ${shown}`).catch(async (error: unknown) => {
    throw await explainUnknownService(client, service, error);
  });
}

const named = new WeakMap<CampaignClient, Memory<readonly string[]>>();

/**
 * Tells whether what was given for the name of a service is its label, which is what people see.
 *
 * @returns the error to show in the place of one that says that there is no such service, or the same
 */
export async function explainUnknownService(client: CampaignClient, reference: RecordReference, error: unknown): Promise<unknown> {
  if (!(error instanceof CampaignError) || error.details.reason !== 'notFound') return error;
  if (reference.by !== 'address' || reference.key === undefined) return error;
  const { api, key } = reference;
  const memory = named.get(client) ?? new Memory<readonly string[]>(isRefusal);
  named.set(client, memory);
  const names = await memory.recall(key, async () => await namesByLabel(client, api, key)).catch(() => []);
  const found =
    names.length === 0
      ? "A service is meant by its internal name, and not by its label: choose it 'From List', or look at its name there."
      : `'${key}' is the label of a service, and its name is '${names.join("' or '")}': give the name, or choose the service 'From List'.`;
  return restated(error, { description: found });
}

async function namesByLabel(client: CampaignClient, api: ApiName, label: string): Promise<string[]> {
  const url = filterUrl(client.instance, { api, name: SERVICE }, ['byText'], { text: label, _lineCount: '25' });
  const { content } = await client.page(url, SERVICE);
  const isMeant = (text: unknown): boolean => textOf(text).trim().toLowerCase() === label.trim().toLowerCase();
  return content.flatMap((service) => (isMeant(service.label) && textOf(service.name) !== '' ? [textOf(service.name)] : []));
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

/**
 * Checks the name of a new service: Campaign puts an underscore in place of every character that a name cannot have, and
 * then nobody finds the service by the name that was given (Adobe: "Data model best practices").
 *
 * @throws CampaignError `invalidInput`
 */
export function checkServiceName({ name }: IDataObject): void {
  if (typeof name !== 'string' || /^[A-Za-z0-9_]*$/.test(name)) return;
  const changed = name.replace(/[^A-Za-z0-9_]/g, '_');
  throw invalidInput(
    `'${name}' cannot be the name of a service: Campaign would make '${changed}' of it`,
    "Nothing was sent. Use letters of the English alphabet, digits and underscores in 'name'; 'label' takes any text.",
  );
}

/**
 * Tells whether a new service was refused because its name is taken: Campaign v8 does not say so.
 *
 * @returns the error to show in its place, or the same
 */
export async function explainTakenName(
  client: CampaignClient,
  { api }: CampaignResource,
  { name }: IDataObject,
  error: unknown,
): Promise<unknown> {
  if (!isRefusal(error) || !(error instanceof CampaignError) || typeof name !== 'string' || name === '') return error;
  const existing = await client.find(recordUrl(client.instance, api, SERVICE, name), SERVICE).catch(() => undefined);
  if (!existing) return error;
  return new CampaignError(
    {
      ...error.details,
      message: `There is a service named '${name}' already`,
      description: "Nothing was created. Give another name, or use 'Create or Update' to change the service that is there.",
    },
    error,
  );
}
