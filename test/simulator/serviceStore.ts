import type { StoredRecord } from './campaign/records/store';
import { EntityStore } from './entityStore';

/** A service as the database holds it: real values, no key texts. A snapshot: an update makes a new object. */
export type StoredService = StoredRecord;

/** The services as a test sees them. */
export class ServiceStore extends EntityStore {
  /** The service with this name. @throws Error if there is none */
  byName(name: string): StoredService {
    const [service] = this.records.findBy('name', name);
    if (service === undefined) throw new Error(`There is no service named ${name}`);
    return service;
  }
}
