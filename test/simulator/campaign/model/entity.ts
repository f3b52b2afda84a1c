import type { Assumptions } from '../../assumptions';
import type { Dialect } from '../../options';
import type { ProblemSubject } from '../errors';
import type { Filter } from '../collection/filter';
import type { KeyLength } from '../keys';
import type { CampaignInstance } from '../instance';
import type { StoredRecord, Values } from '../records/store';
import type { SubCollection } from '../resource';
import { isAvailable, type ApiName, type Field } from './field';

/** A kind of record: its attributes, its filters and how the server completes it. */
export interface EntityType extends ProblemSubject {
  /** Identifies the type in keys and metadata. */
  readonly id: number;
  readonly label: string;
  readonly help: string;
  readonly keyLength: KeyLength;
  readonly fields: readonly Field[];
  readonly filters: readonly Filter[];
  /** Attribute that can stand for the PKey in URLs of the APIs that show it; null: none defined. */
  readonly customKey: string | null;
  /** Attributes that the store looks up without a scan. */
  readonly indexed: readonly string[];
  /** What the server computes from the other attributes. */
  readonly derive: (values: Values, now: Date) => Values;
  /** Status of the answer to a POST. */
  readonly createStatus: (assumptions: Assumptions) => number;
  /** Whether lists show the record; null: they show all. */
  readonly isListed: ((record: StoredRecord, assumptions: Assumptions) => boolean) | null;
  /** Throws a CampaignProblem for a record that cannot be deleted. */
  readonly checkRemoval: (record: StoredRecord, instance: CampaignInstance) => void;
  /** Below a record, for example `subscriptions`. */
  readonly subCollections: Readonly<Record<string, SubCollection>>;
  /** Server-made attributes of a new record. */
  readonly mint: (id: number, now: Date) => Values;
  /** Server-made attributes that change with every write. */
  readonly touch: (now: Date) => Values;
}

/** What one API of one dialect shows of an entity. */
export interface EntityView {
  readonly api: ApiName;
  /** In the order in which records print them: by name, upper case first. */
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  readonly filters: ReadonlyMap<string, Filter>;
}

const views = new WeakMap<EntityType, Map<string, EntityView>>();

/** The attributes and filters that an API of a dialect knows; made once. */
export function viewOf(entity: EntityType, api: ApiName, dialect: Dialect): EntityView {
  const ofEntity = views.get(entity) ?? new Map<string, EntityView>();
  views.set(entity, ofEntity);
  const known = ofEntity.get(`${api} ${dialect}`);
  if (known !== undefined) return known;

  const fields = entity.fields
    .filter((field) => isAvailable(field.availability, api, dialect))
    .sort((one, other) => (one.apiName < other.apiName ? -1 : 1));
  const view: EntityView = {
    api,
    fields,
    byName: new Map(fields.map((field) => [field.apiName, field])),
    filters: new Map(
      entity.filters.filter((filter) => isAvailable(filter.availability, api, dialect)).map((filter) => [filter.names[dialect], filter]),
    ),
  };
  ofEntity.set(`${api} ${dialect}`, view);
  return view;
}

/** Whether a write may touch the attribute, and what happens if it does. */
export function accessOf(field: Field, dialect: Dialect, assumptions: Assumptions): Field['access'] {
  if (assumptions.writableAfterAll.includes(field.apiName)) return 'writable';
  if (field.access === 'ignored' && dialect === 'acs' && assumptions.acsServerOwnedDates === 'rejected') return 'readOnly';
  return field.access;
}
