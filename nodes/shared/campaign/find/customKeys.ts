import type { CampaignClient } from '../client';
import { CampaignError, invalidInput, isRefusal, unlessRefused } from '../error';
import { Memory } from '../memory';
import { PROOF_PAGE } from './pageSizes';
import { trimmed } from '../scalars';
import { ownValue, textOf, type CampaignRecord } from '../records';
import { collectionUrl, listPageUrl, recordUrl, type CampaignResource } from '../urls';

const proofs = new WeakMap<CampaignClient, Memory<boolean>>();

/**
 * Checks that what was found by a custom key has that key. Campaign takes any key for an address, of whatever field: a
 * column that is not the key would find another record.
 *
 * @throws CampaignError `invalidInput`
 */
export function checkKeyOf(resource: string, column: string, value: unknown, record: CampaignRecord): void {
  const found = ownValue(record, column);
  if (found === undefined || textOf(found).toLowerCase() === trimmed(String(value)).toLowerCase()) return;
  throw invalidInput(
    `'${column}' is not the custom key of ${resource}s`,
    `Campaign found a ${resource} by it whose '${column}' is '${textOf(found)}'. Nothing was written. Match on the field that your data model has for a key, or on another column or filter.`,
  );
}

/**
 * Checks, before a record is written, that records are found by a field at all. Otherwise every run would create the same
 * ones again, or change those whose key has by chance the value of another field. What is there already serves as the proof; it is asked
 * for once per execution.
 *
 * @returns whether there was anything to prove it with
 * @throws CampaignError `invalidInput`
 */
export async function checkKeyColumn(client: CampaignClient, { api, name }: CampaignResource, column: string): Promise<boolean> {
  const memory = proofs.get(client) ?? new Memory<boolean>(isFinal);
  proofs.set(client, memory);
  return await memory.recall(`${api}/${name}/${column}`, async () => {
    const { content } = await client.page(listPageUrl(collectionUrl(client.instance, api, name), PROOF_PAGE), name);
    const key = content
      .map((record) => textOf(ownValue(record, column)))
      .find((value) => /^[^/\\?#%]+$/.test(value) && !value.includes('..'));
    if (key === undefined) return false;
    const found = await client.find(recordUrl(client.instance, api, name, key), name).catch(unlessRefused(undefined));
    if (!found || textOf(ownValue(found, column)) !== key) throw notTheKey(name, column);
    return true;
  });
}

/** Whether the answer was about the field: a moment in which Campaign could not be asked says nothing. */
function isFinal(error: unknown): boolean {
  return isRefusal(error) || (error instanceof CampaignError && error.details.reason === 'invalidInput');
}

function notTheKey(resource: string, column: string): CampaignError {
  return invalidInput(
    `'${column}' is not the custom key of ${resource}s: Campaign does not find them by it`,
    "Nothing was written. Match on the field that your data model has for a key, or set 'Match On' to 'Custom Filter'.",
  );
}
