import type { Assumptions } from '../../assumptions';
import type { EntityType } from '../model/entity';
import type { FieldValue } from '../model/field';

/** Attribute values by API name. */
export type Values = Readonly<Record<string, FieldValue>>;

/** A record as the database holds it. Updates replace it whole, so a reference taken earlier is a snapshot. */
export interface StoredRecord {
  readonly id: number;
  readonly [attribute: string]: FieldValue;
}

/** Told of every update (`successor` is the record as it is now) and removal (null). */
export type RecordWatcher = (record: StoredRecord, successor: StoredRecord | null) => void;

/** The table of one entity, in memory. Lookups by id and by indexed attribute take constant time. */
export class RecordStore {
  private readonly records = new Map<number, StoredRecord>();
  private readonly indexes: ReadonlyMap<string, Map<FieldValue, Set<number>>>;
  private nextId = 1;
  private orderedIds: readonly number[] | null = null;
  private readonly watchers: RecordWatcher[] = [];
  private readonly defaults: Values;

  /** Changes with every insertion and removal. */
  membership = 0;
  /** Changes with every write. */
  version = 0;

  constructor(
    readonly entity: EntityType,
    private readonly now: () => Date,
    private readonly assumptions: Assumptions,
  ) {
    this.indexes = new Map(entity.indexed.map((attribute) => [attribute, new Map()]));
    this.defaults = defaultsOf(entity);
  }

  get size(): number {
    return this.records.size;
  }

  get(id: number): StoredRecord | undefined {
    return this.records.get(id);
  }

  /** Ids in order of creation. */
  ids(): readonly number[] {
    this.orderedIds ??= [...this.records.keys()];
    return this.orderedIds;
  }

  /** Records in order of creation. */
  all(): StoredRecord[] {
    return [...this.records.values()];
  }

  /** Records whose indexed attribute has the value, in order of creation. */
  findBy(attribute: string, value: FieldValue): StoredRecord[] {
    const ids = this.indexes.get(attribute)?.get(value) ?? [];
    return [...ids].flatMap((id) => this.records.get(id) ?? []);
  }

  /** Stores a new record: defaults, then the given values, then what the server computes. */
  insert(values: Values, now = this.now()): StoredRecord {
    const id = this.nextId;
    this.nextId += 1;
    const record = { ...this.defaults, ...this.entity.mint(id, now), ...values, id };
    Object.assign(record, this.entity.derive(record, now, this.assumptions));
    this.records.set(id, record);
    this.index(record);
    this.orderedIds = null;
    this.membership += 1;
    this.version += 1;
    return record;
  }

  /** Replaces values of a record; `derive` says whether the computed attributes follow. */
  update(record: StoredRecord, values: Values, derive = true): StoredRecord {
    const now = this.now();
    const updated = { ...record, ...values, ...this.entity.touch(now), id: record.id };
    if (derive) Object.assign(updated, this.entity.derive(updated, now, this.assumptions));
    this.unindex(record, updated);
    this.records.set(record.id, updated);
    this.index(updated);
    this.version += 1;
    this.tell(record, updated);
    return updated;
  }

  /** Removes a record; false if it is not there. */
  remove(id: number): boolean {
    const record = this.records.get(id);
    if (record === undefined) return false;
    this.unindex(record, null);
    this.records.delete(id);
    this.orderedIds = null;
    this.membership += 1;
    this.version += 1;
    this.tell(record, null);
    return true;
  }

  /** Lets other tables follow this one. */
  watch(watcher: RecordWatcher): void {
    this.watchers.push(watcher);
  }

  private tell(record: StoredRecord, successor: StoredRecord | null): void {
    for (const watcher of this.watchers) watcher(record, successor);
  }

  private index(record: StoredRecord): void {
    for (const [attribute, values] of this.indexes) {
      const value = record[attribute] ?? '';
      const ids = values.get(value);
      if (ids === undefined) values.set(value, new Set([record.id]));
      else ids.add(record.id);
    }
  }

  private unindex(record: StoredRecord, successor: StoredRecord | null): void {
    for (const [attribute, values] of this.indexes) {
      const value = record[attribute] ?? '';
      if (successor !== null && value === successor[attribute]) continue;
      const ids = values.get(value);
      ids?.delete(record.id);
      if (ids?.size === 0) values.delete(value);
    }
  }
}

function defaultsOf(entity: EntityType): Values {
  return Object.fromEntries(
    entity.fields.flatMap((field): [string, FieldValue][] => {
      // Collections, keys and the URLs made from them exist in answers only.
      if (field.type === 'collection' || field.apiName === 'PKey' || field.apiName === 'href') return [];
      if (field.type === 'link') return [[field.apiName, null]];
      if (field.type !== 'item') return [[field.apiName, field.defaultValue]];
      return [[field.apiName, Object.fromEntries(field.parts.map((part) => [part.apiName, part.defaultValue]))]];
    }),
  );
}
