import type { StoredRecord } from './campaign/records/store';
import { EntityStore } from './entityStore';

/** A profile as the database holds it: real values, no key texts. A snapshot: an update makes a new object. */
export type StoredProfile = StoredRecord;

/** The profiles as a test sees them. */
export class ProfileStore extends EntityStore {
  /** The profiles with exactly this email; several can share one. */
  byEmail(email: string): StoredProfile[] {
    return this.records.findBy('email', email);
  }
}
