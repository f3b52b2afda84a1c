import type { CampaignClient } from '../client';
import { CampaignError, isDoubt, isRefusal } from '../error';
import type { CampaignInstance } from '../instance';
import type { FieldChange } from '../fields/prepareFields';
import { WHOLE_LIST_PAGE } from '../find/pageSizes';
import { hrefIn, isObject, type CampaignRecord } from '../records';
import { addressParts, followable, followableUrl, listPageUrl } from '../urls';

const SUBSCRIPTION = 'subscription';
const SUBSCRIPTIONS = 'subscriptions';

/**
 * Where the subscriptions of a profile or service are listed, as the record itself says: its key there reads
 * differently from its own (Adobe: "API must-reads").
 *
 * @throws CampaignError `unreadableAnswer` when the record does not say
 */
export function subscriptionsUrl(instance: CampaignInstance, record: CampaignRecord, resource: 'profile' | 'service'): string {
  const href = hrefIn(record.subscriptions);
  const url = href === undefined ? '' : followableUrl(instance, href).href;
  // What is sent there makes a subscription; anywhere else it would make something else.
  const leadsTo = addressParts(instance, url);
  if (leadsTo?.below === SUBSCRIPTIONS && leadsTo.keyBelow === undefined) return url;
  throw new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign does not say where the subscriptions of the ${resource} are`,
    description: "The record has no 'subscriptions', or one that leads elsewhere. Check that the technical account may read subscriptions.",
  });
}

/** The subscriptions at an address, page by page, each page when somebody wants it. */
export async function* listSubscriptions(
  client: CampaignClient,
  url: string,
  pageSize = WHOLE_LIST_PAGE,
): AsyncGenerator<CampaignRecord, void, undefined> {
  yield* client.list(listPageUrl(url, pageSize), SUBSCRIPTION);
}

/** The subscriptions of a profile to one service, told by the service's name: keys of one service read differently everywhere. */
export async function findSubscriptions(client: CampaignClient, url: string, serviceName: string): Promise<CampaignRecord[]> {
  const found: CampaignRecord[] = [];
  for await (const subscription of listSubscriptions(client, url)) {
    if (serviceNameOf(subscription) === serviceName) found.push(subscription);
  }
  return found;
}

/** The name of the service that a subscription is for; Campaign leaves one of the two places empty at times. */
export function serviceNameOf({ service, serviceName }: CampaignRecord): string {
  const linked = isObject(service) && typeof service.name === 'string' ? service.name : '';
  return linked || (typeof serviceName === 'string' ? serviceName : '');
}

/** A subscription that was made or ended, as a change of its profile. */
export function subscriptionChange(serviceName: string, end: 'made' | 'ended'): FieldChange {
  const [before, after] = end === 'made' ? [null, serviceName] : [serviceName, null];
  return { field: SUBSCRIPTION, before, after };
}

/** Whether a change is one of a subscription. */
export function isOfSubscription({ field }: FieldChange): boolean {
  return field === SUBSCRIPTION;
}

/** A subscription, and whether it is the one that was just made. */
export interface SubscriptionMade {
  readonly subscription: CampaignRecord;
  readonly isNew: boolean;
}

/**
 * POST of a subscription (Adobe: "Subscribing to a service"). It is not repeated when its answer is lost; but what it should
 * have made can be looked for. So it is after a refusal: somebody else may have been first, and Campaign v8 does not say why it refuses.
 *
 * @param url where the profile's subscriptions are
 * @throws CampaignError what the POST ended with, when there is no such subscription
 */
export async function subscribeTo(
  client: CampaignClient,
  url: string,
  service: CampaignRecord,
  serviceName: string,
): Promise<SubscriptionMade> {
  try {
    return { subscription: await client.create(url, { service: { PKey: service.PKey } }, SUBSCRIPTION), isNew: true };
  } catch (error) {
    if (!isDoubt(error) && !isRefusal(error)) return await Promise.reject(error);
    const [subscription] = await findSubscriptions(client, url, serviceName).catch(() => []);
    if (!subscription) return await Promise.reject(error);
    return { subscription, isNew: isDoubt(error) };
  }
}

/**
 * DELETE of a subscription (Adobe: "Deleting subscriptions"). Nothing else is ever deleted here: a page of Adobe's shows
 * a procedure at whose end the service itself is gone.
 *
 * @returns whether it was there
 * @throws CampaignError `unreadableAnswer` when its address is not one of a subscription
 */
export async function unsubscribeFrom(client: CampaignClient, subscription: CampaignRecord): Promise<boolean> {
  const { href } = subscription;
  const url = (typeof href === 'string' ? followable(client.instance, href) : undefined) ?? '';
  const leadsTo = addressParts(client.instance, url);
  if (leadsTo?.below === SUBSCRIPTIONS && leadsTo.keyBelow !== undefined) return await client.remove(url, SUBSCRIPTION);
  throw new CampaignError({
    reason: 'unreadableAnswer',
    message: "Campaign's answer has no address of a subscription to delete",
    description: 'Nothing was deleted. Unsubscribe the profile in Campaign itself, and tell the maintainers of this package about it.',
    facts: { href },
  });
}
