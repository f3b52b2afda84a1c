import type { RecordStore, StoredRecord, Values } from '../records/store';

/** The link of a subscription that leads to the record it stands below. */
export type End = 'service' | 'subscriber';

/** The subscription of a profile to a service. */
export function findSubscription(subscriptions: RecordStore, profileId: number, serviceId: number): StoredRecord | undefined {
  return subscriptions.findBy('subscriber', profileId).find(({ service }) => service === serviceId);
}

/** Subscribes a profile to a service; `values` are further attributes of the subscription. */
export function insertSubscription(
  subscriptions: RecordStore,
  profile: StoredRecord,
  service: StoredRecord,
  values: Values = {},
): StoredRecord {
  return subscriptions.insert({ ...values, subscriber: profile.id, service: service.id, ...describe(profile, service) });
}

/** Makes subscriptions follow their profiles and services: they take over new titles, and go when either end goes. */
export function followEnds(subscriptions: RecordStore, profiles: RecordStore, services: RecordStore): void {
  const follow = (end: End) => (record: StoredRecord, successor: StoredRecord | null) => {
    for (const subscription of subscriptions.findBy(end, record.id)) {
      const profile = profiles.get(Number(subscription.subscriber));
      const service = services.get(Number(subscription.service));
      if (successor === null || profile === undefined || service === undefined) subscriptions.remove(subscription.id);
      else subscriptions.update(subscription, describe(profile, service));
    }
  };
  profiles.watch(follow('subscriber'));
  services.watch(follow('service'));
}

function describe(profile: StoredRecord, service: StoredRecord): Values {
  return { serviceName: String(service.name), title: `${String(service.title)} / ${String(profile.title)}` };
}
