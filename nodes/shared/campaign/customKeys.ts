import type { CampaignClient } from './client';
import { isRefusal } from './client';
import { invalidInput, type CampaignError } from './error';
import { Memory } from './memory';
import type { CampaignRecord } from './records';
import type { CampaignResource } from './references';
import { listPageUrl, collectionUrl, recordUrl } from './urls';

const SAMPLE_SIZE = 5;

const proofs = new WeakMap<CampaignClient, Memory<void>>();

/**
 * Checks that what was found by a custom key has that key: Campaign does not say which field the key is in.
 *
 * @throws CampaignError `invalidInput`
 */
export function checkKeyOf(column: string, value: unknown, record: CampaignRecord): void {
  if (String(record[column] ?? '').trim() !== String(value).trim()) throw notTheKey(column);
}

/**
 * Checks, before a record is created, that records are found by a field at all. Otherwise every run would create the same
 * ones again. What is there already serves as the proof; it is asked for once per execution.
 *
 * @throws CampaignError `invalidInput`
 */
export async function checkKeyColumn(client: CampaignClient, { api, name }: CampaignResource, column: string): Promise<void> {
  const memory = proofs.get(client) ?? new Memory<void>(() => true);
  proofs.set(client, memory);
  await memory.recall(`${api}/${name}/${column}`, async () => {
    const { content } = await client.page(listPageUrl(collectionUrl(client.instance, api, name), SAMPLE_SIZE), name);
    const key = content.map((record) => String(record[column] ?? '')).find((value) => /^[^/\\?#%]+$/.test(value) && !value.includes('..'));
    if (key === undefined) return;
    const found = await client.find(recordUrl(client.instance, api, name, key), name).catch((error: unknown) => {
      if (isRefusal(error)) return undefined;
      throw error;
    });
    if (!found || String(found[column] ?? '') !== key) throw notTheKey(column);
  });
}

function notTheKey(column: string): CampaignError {
  return invalidInput(
    `'${column}' is not the key of this resource: Campaign does not find records by it`,
    "Match on the field that your data model has as the key, or set 'Match On' to 'Custom Filter'.",
  );
}
