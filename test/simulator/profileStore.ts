import type { KeyContext, Keyring } from './campaign/keys';
import type { RecordStore, StoredRecord, Values } from './campaign/records/store';

/** A profile as the database holds it: real values, no key texts. A snapshot: an update makes a new object. */
export type StoredProfile = StoredRecord;

/** The profiles as a test sees them: behind the API, uncounted and unthrottled. */
export class ProfileStore {
  constructor(
    private readonly records: RecordStore,
    private readonly keys: Keyring,
  ) {}

  get size(): number {
    return this.records.size;
  }

  /** All profiles in order of creation. */
  all(): StoredProfile[] {
    return this.records.all();
  }

  get(id: number): StoredProfile | undefined {
    return this.records.get(id);
  }

  /** The first profile that the predicate takes. */
  find(predicate: (profile: StoredProfile) => boolean): StoredProfile | undefined {
    return this.records.all().find(predicate);
  }

  /** The profiles with exactly this e-mail; several can share one. */
  byEmail(email: string): StoredProfile[] {
    return this.records.findBy('email', email);
  }

  /** Adds a profile; attributes not given get their defaults, computed ones are computed. Values are not checked. */
  add(values: Values): StoredProfile {
    return this.records.insert(values);
  }

  /** Changes a profile behind the clients' backs. Values are not checked. @throws Error if it does not exist */
  update(id: number, values: Values): StoredProfile {
    const profile = this.records.get(id);
    if (profile === undefined) throw new Error(`There is no profile with id ${id}`);
    return this.records.update(profile, values);
  }

  /** Removes profiles by id or by themselves. Returns how many were there. */
  remove(...profiles: readonly (number | StoredProfile)[]): number {
    const ids = profiles.map((profile) => (typeof profile === 'number' ? profile : profile.id));
    return ids.filter((id) => this.records.remove(id)).length;
  }

  /** A PKey for a profile, as it would read in the given place of an answer. */
  keyOf(profile: StoredProfile, context: KeyContext = 'record'): string {
    return this.keys.mint('profile', profile.id, context);
  }

  /** The profile that any of its PKeys stands for. */
  byKey(key: string): StoredProfile | undefined {
    const target = this.keys.open(key);
    return target?.type === 'profile' ? this.records.get(target.id) : undefined;
  }
}
