import type { IDataObject } from 'n8n-workflow';

import { isObject, type CampaignRecord } from '../../campaign/records';
import { serviceNameOf, subscriptionChange } from '../../campaign/actions/subscriptions';
import type { CampaignClient } from '../../campaign/client';
import type { RecordReference } from '../../campaign/find/references';
import type { Item } from '../../execution/item';
import { trailItem } from '../record/trailOutput';
import { readSimplify } from '../record/simplifyOption';

/** Reads how to return subscriptions for one item. */
export function readSubscriptionOutput(item: Item): (subscription: CampaignRecord) => IDataObject {
  return readSimplify(item) ? flatten : (subscription) => subscription;
}

/** Who gets what since when, with the addresses of both for the next step; keys last, because they say nothing. */
function flatten(subscription: CampaignRecord): IDataObject {
  const service = isObject(subscription.service) ? subscription.service : {};
  const subscriber = isObject(subscription.subscriber) ? subscription.subscriber : {};
  const flat: Record<string, IDataObject[string]> = {
    serviceName: serviceNameOf(subscription),
    serviceLabel: service.label,
    email: subscriber.email,
    firstName: subscriber.firstName,
    lastName: subscriber.lastName,
    created: subscription.created,
    expirationDate: subscription.expirationDate,
    serviceHref: service.href,
    profileHref: subscriber.href,
    PKey: subscription.PKey,
    href: subscription.href,
  };
  return Object.fromEntries(Object.entries(flat).filter(([, value]) => value !== undefined));
}

/**
 * What became of a profile's subscription to a service. Names come from profile and service: Campaign's answer to a new
 * subscription leaves some of them out.
 */
export function describeSubscription(
  outcome: 'subscribed' | 'unsubscribed' | 'unchanged' | 'wouldSubscribe' | 'wouldUnsubscribe',
  profile: CampaignRecord,
  service: CampaignRecord,
  subscription: CampaignRecord = {},
): IDataObject {
  const { PKey, href } = subscription;
  return {
    outcome,
    ...flatten({ service, subscriber: profile, created: subscription.created }),
    ...(PKey === undefined ? {} : { PKey }),
    ...(href === undefined ? {} : { href }),
  };
}

/** A subscription that was made or ended. */
export interface SubscriptionWrite {
  readonly done: 'subscribed' | 'unsubscribed' | 'unchanged';
  readonly profile: CampaignRecord;
  /** Of the service. */
  readonly name: string;
  readonly reference: RecordReference;
  /** Whether somebody asked for it, which is read before anything is written. */
  readonly trackChanges: boolean;
}

/** The service as a change, and the trail that Undo Changes needs; where somebody asked for them, and in a preview. */
export function subscriptionTrail(client: CampaignClient, item: Item, write: SubscriptionWrite): IDataObject {
  const { done, profile, name, reference, trackChanges } = write;
  if (!client.preview && !trackChanges) return {};
  const changes = done === 'unchanged' ? [] : [subscriptionChange(name, done === 'subscribed' ? 'made' : 'ended')];
  const resource = { api: reference.api, name: 'subscription' };
  return trailItem(client, item, { resource, done, changes, record: profile, reference });
}
