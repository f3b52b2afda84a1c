import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { isRefusalOfLookUp } from '../error';
import { isObject, textOf, type CampaignRecord } from '../records';
import { isEmpty } from '../scalars';
import type { CampaignField } from '../metadata';
import { followable, pathBelow, recordUrl } from '../urls';
import { profileByEmail, retrieveProfiles } from './profiles';
import { serviceByKey } from './services';

const EXTENDED = 'profileAndServicesExt';

/** A link as Campaign prints it, or as a trail keeps it: with what its target is known by for longer than a key lasts. */
export function isLinkValue(value: unknown): value is IDataObject {
  return isObject(value) && (typeof value.PKey === 'string' || typeof value.href === 'string');
}

/**
 * Adds to a link what its target can be found by later: the email of a profile, the name of a service. Of other targets Campaign tells
 * nothing that lasts but the address.
 */
export async function keepableLink(client: CampaignClient, field: CampaignField | undefined, value: unknown): Promise<unknown> {
  if (!isLinkValue(value)) return value;
  const target = await linkedRecord(client, field, value);
  const resource = field?.target ?? (typeof value.href === 'string' ? resourceAt(client, value.href) : '');
  if (resource === 'profile' && !isEmpty(target?.email)) return { ...value, email: target?.email };
  if (resource === 'service' && !isEmpty(target?.name)) return { ...value, name: target?.name };
  return value;
}

/**
 * The target of a link, by its address, and where that leads nowhere any more by email or name.
 *
 * @returns undefined when there is no telling
 */
export async function findLinkTarget(
  client: CampaignClient,
  field: CampaignField | undefined,
  value: IDataObject,
): Promise<CampaignRecord | undefined> {
  const addressed = await linkedRecord(client, field, value);
  if (addressed) return addressed;
  if (!isEmpty(value.email)) {
    const reference = profileByEmail(EXTENDED, textOf(value.email), 'The link');
    return await unlessLookUpRefused(async () => (await retrieveProfiles(client, reference, 'fail'))[0]);
  }
  if (isEmpty(value.name)) return undefined;
  const { url, shown } = serviceByKey(client.instance, EXTENDED, textOf(value.name), 'The link');
  return await unlessLookUpRefused(async () => await client.find(url, `service with ${shown}`));
}

/** Whether two links lead to one record; keys and addresses of one record read differently in every answer. */
export async function leadsToSame(
  client: CampaignClient,
  field: CampaignField | undefined,
  left: unknown,
  right: unknown,
): Promise<boolean> {
  if (!isLinkValue(left) || !isLinkValue(right)) return isEmpty(left) && isEmpty(right);
  const [one, other] = [await findLinkTarget(client, field, left), await findLinkTarget(client, field, right)];
  if (one && other) return looksOf(one) === looksOf(other);
  // Some links are printed without an address.
  return !isEmpty(left.title) && left.title === right.title;
}

/** Some links are printed with the key of their target alone. */
async function linkedRecord(
  client: CampaignClient,
  field: CampaignField | undefined,
  { href, PKey }: IDataObject,
): Promise<CampaignRecord | undefined> {
  const printed = typeof href === 'string' ? followable(client.instance, href) : undefined;
  const isKnown = typeof PKey === 'string' && (field?.target === 'profile' || field?.target === 'service');
  const url = printed ?? (isKnown ? recordUrl(client.instance, EXTENDED, field.target ?? '', PKey) : undefined);
  return url === undefined ? undefined : await unlessLookUpRefused(async () => await client.find(url, 'target of the link'));
}

async function unlessLookUpRefused<Result>(lookUp: () => Promise<Result>): Promise<Result | undefined> {
  return await lookUp().catch(async (error: unknown) => (isRefusalOfLookUp(error) ? undefined : await Promise.reject(error)));
}

function resourceAt(client: CampaignClient, href: string): string {
  const url = followable(client.instance, href);
  return url === undefined ? '' : (pathBelow(client.instance, new URL(url)).split('/')[1] ?? '');
}

/** All that a record says of itself in plain values, but for its keys. */
function looksOf(record: CampaignRecord): string {
  return JSON.stringify(Object.entries(record).filter(([name, value]) => name !== 'PKey' && name !== 'href' && typeof value !== 'object'));
}
