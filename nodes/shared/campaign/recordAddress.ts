import type { CampaignInstance } from './instance';
import type { CampaignRecord } from './records';
import { addressParts, collectionUrl, followable, recordUrl, type CampaignResource } from './urls';

/** Names and keys that cannot be read in two ways: most are like that. */
const PLAIN = /^[\w@-]+$/;

/**
 * Address of a record that came in a list or as an answer: its href, or one made from its key where it has none, or one that leads
 * anywhere but to one record of the resource: it may be written to, or deleted.
 *
 * @returns undefined where there is neither
 */
export function addressIn(instance: CampaignInstance, { href, PKey }: CampaignRecord, resource: CampaignResource): string | undefined {
  const { api, name } = resource;
  const address = typeof href === 'string' ? recordAddress(instance, href, resource) : undefined;
  return address ?? (typeof PKey === 'string' && PKey.trim() !== '' ? recordUrl(instance, api, name, PKey) : undefined);
}

function recordAddress(instance: CampaignInstance, href: string, resource: CampaignResource): string | undefined {
  if (isPlain(instance, href, resource)) return href;
  const address = followable(instance, href);
  const leadsTo = address === undefined ? undefined : addressParts(instance, address);
  return leadsTo?.resource === resource.name && leadsTo.below === undefined ? address : undefined;
}

function isPlain(instance: CampaignInstance, href: string, { api, name }: CampaignResource): boolean {
  const collection = `${collectionUrl(instance, api, name)}/`;
  return PLAIN.test(instance.organization) && href.startsWith(collection) && PLAIN.test(href.slice(collection.length));
}
