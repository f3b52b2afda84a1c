import type { KeyContext, Keyring } from './campaign/keys';
import type { RecordStore, StoredRecord, Values } from './campaign/records/store';

/** The records of one entity as a test sees them: behind the API, uncounted and unthrottled. */
export class EntityStore {
  constructor(
    protected readonly records: RecordStore,
    private readonly keys: Keyring,
  ) {}

  get size(): number {
    return this.records.size;
  }

  /** All records in order of creation. */
  all(): StoredRecord[] {
    return this.records.all();
  }

  get(id: number): StoredRecord | undefined {
    return this.records.get(id);
  }

  /** The first record that the predicate takes. */
  find(predicate: (record: StoredRecord) => boolean): StoredRecord | undefined {
    return this.records.all().find(predicate);
  }

  /** Adds a record; attributes not given get their defaults, computed ones are computed. Values are not checked. */
  add(values: Values): StoredRecord {
    return this.records.insert(values);
  }

  /** Changes a record behind the clients' backs. Values are not checked. @throws Error if it does not exist */
  update(id: number, values: Values): StoredRecord {
    const record = this.records.get(id);
    if (record === undefined) throw new Error(`There is no ${this.records.entity.name} with id ${id}`);
    return this.records.update(record, values);
  }

  /** Removes records by id or by themselves. Returns how many were there. */
  remove(...records: readonly (number | StoredRecord)[]): number {
    const ids = records.map((record) => (typeof record === 'number' ? record : record.id));
    return ids.filter((id) => this.records.remove(id)).length;
  }

  /** A PKey for a record, as it would read in the given place of an answer. */
  keyOf(record: StoredRecord, context: KeyContext = 'record'): string {
    const { name, keyLength } = this.records.entity;
    return this.keys.mint(name, record.id, context, keyLength);
  }

  /** The record that any of its PKeys stands for. */
  byKey(key: string): StoredRecord | undefined {
    const target = this.keys.open(key);
    return target?.type === this.records.entity.name ? this.records.get(target.id) : undefined;
  }
}
