import type { CampaignClient } from '../client';
import { invalidInput, unlessRefused } from '../error';
import { keyAt, type FoundRecord } from '../records';
import { endsWithPKey, type CampaignResource } from '../urls';

/** What filters and fields can be called. */
const NAME = /^\p{L}[\p{L}\p{N}_]*$/u;

/**
 * Makes sure that an address is that of one record before something is written there unread: in the place of a key, Campaign takes the
 * name of a filter or of a field for a list. Whoever has seen the record need not ask.
 *
 * @returns undefined for a PKey, of which nobody needs to be asked
 * @throws CampaignError `invalidInput` for such a name
 */
export function checkIsRecord(client: CampaignClient, resource: CampaignResource, target: FoundRecord): Promise<void> | undefined {
  return endsWithPKey(target.url) ? undefined : checkNoList(client, resource, target);
}

async function checkNoList(client: CampaignClient, { api, name }: CampaignResource, { url, subject }: FoundRecord): Promise<void> {
  // A server may fold away the format that an answer is asked for in, and what stands behind a semicolon.
  const key = keyAt(url)
    .normalize('NFKC')
    .replace(/;.*$|\.json$/i, '');
  if (!NAME.test(key)) return;
  const names = await listNames(client, { api, name }).catch(unlessRefused(undefined));
  if (!names) await client.retrieve(url, subject);
  if (names?.has(key))
    throw invalidInput(
      `'${key}' is no key of a ${name}, but a list of them: Campaign has a filter or a field of this name`,
      `Nothing was sent. Choose the ${name} by another key, or by its PKey.`,
    );
}

async function listNames(client: CampaignClient, { api, name }: CampaignResource): Promise<{ has(key: string): boolean }> {
  const [filters, fields] = [await client.filters(api, name), await client.fields(api, name)];
  return { has: (key) => filters.has(key) || fields.has(key) };
}
