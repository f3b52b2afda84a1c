import type { Keyring } from './campaign/keys';
import type { RecordStore } from './campaign/records/store';
import { EntityStore } from './entityStore';

/** The tables of all resources, as a test sees them. */
export class ResourceStores {
  constructor(
    private readonly tables: ReadonlyMap<string, RecordStore>,
    private readonly keys: Keyring,
  ) {}

  /** The records of a resource, for example `cusOrder`. @throws Error if there is no such resource */
  get(name: string): EntityStore {
    const table = this.tables.get(name);
    if (table === undefined) throw new Error(`There is no resource named ${name}`);
    return new EntityStore(table, this.keys);
  }
}
