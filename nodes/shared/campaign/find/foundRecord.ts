import type { CampaignClient } from '../client';
import { CampaignError } from '../error';
import type { CampaignRecord, FoundRecord } from '../records';
import type { CampaignResource } from '../urls';

/**
 * A row of a list as the record that was looked for. One that nobody can address is no record: passed over, it would make somebody who
 * is there look missing, and be created once more.
 *
 * @param subject what was looked for, in words
 * @throws CampaignError `unreadableAnswer`
 */
export function foundRecord(client: CampaignClient, { api, name }: CampaignResource, record: CampaignRecord, subject: string): FoundRecord {
  const url = client.addressOf(record, api, name);
  if (url !== undefined) return { url, subject, record };
  throw new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign's list of ${name}s has a row without a key`,
    description: `Nothing was concluded from it about the ${subject}. Check that the technical account may read ${name}s, and that nothing between n8n and Adobe changes answers.`,
  });
}
