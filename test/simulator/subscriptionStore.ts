import type { Keyring } from './campaign/keys';
import type { RecordStore, StoredRecord } from './campaign/records/store';
import { findSubscription, insertSubscription } from './campaign/subscription/table';
import type { StoredProfile } from './profileStore';
import type { StoredService } from './serviceStore';

/** A subscription as the database holds it: its links `subscriber` and `service` are ids. */
export type StoredSubscription = StoredRecord;

/** Who is subscribed to what, as a test sees it: behind the API and uncounted. */
export class SubscriptionStore {
  constructor(
    private readonly records: RecordStore,
    private readonly profiles: RecordStore,
    private readonly services: RecordStore,
    private readonly keys: Keyring,
  ) {}

  get size(): number {
    return this.records.size;
  }

  /** All subscriptions in order of creation. */
  all(): StoredSubscription[] {
    return this.records.all();
  }

  /** The services that a profile is subscribed to, in the order in which it subscribed. */
  servicesOf(profile: StoredProfile): StoredService[] {
    return this.records.findBy('subscriber', profile.id).flatMap(({ service }) => this.services.get(Number(service)) ?? []);
  }

  /** The profiles subscribed to a service, in the order in which they subscribed. */
  subscribersOf(service: StoredService): StoredProfile[] {
    return this.records.findBy('service', service.id).flatMap(({ subscriber }) => this.profiles.get(Number(subscriber)) ?? []);
  }

  /** The subscription of a profile to a service. */
  find(profile: StoredProfile, service: StoredService): StoredSubscription | undefined {
    return findSubscription(this.records, profile.id, service.id);
  }

  /** Subscribes a profile behind the clients' backs, also a second time. */
  subscribe(profile: StoredProfile, service: StoredService): StoredSubscription {
    return insertSubscription(this.records, profile, service);
  }

  /** Ends a subscription behind the clients' backs; false if there is none. */
  unsubscribe(profile: StoredProfile, service: StoredService): boolean {
    const subscription = this.find(profile, service);
    return subscription !== undefined && this.records.remove(subscription.id);
  }

  /** A PKey for a subscription. */
  keyOf(subscription: StoredSubscription): string {
    const { name, keyLength } = this.records.entity;
    return this.keys.mint(name, subscription.id, 'record', keyLength);
  }
}
