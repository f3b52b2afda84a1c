import type { Assumptions } from '../../assumptions';
import type { DataPolicy, Dialect } from '../../options';
import type { ProblemSubject } from '../errors';
import type { Filter } from '../collection/filter';
import type { KeyLength } from '../keys';
import type { CampaignInstance } from '../instance';
import type { StoredRecord, Values } from '../records/store';
import type { SubCollection } from '../resource';
import type { Scene } from '../scene';
import type { JsonObject } from '../records/write';
import { isAvailable, type ApiName, type Field, type ScalarField } from './field';

/** A kind of record: its attributes, its filters and how the server completes it. Made by `defineEntity`. */
export interface EntityType extends ProblemSubject {
  /** Identifies the type in metadata. */
  readonly id: number;
  /** The APIs that know it. */
  readonly apis: readonly ApiName[];
  /** The generations of Campaign that have it. */
  readonly dialects: readonly Dialect[];
  /** Whether its records have a collection of their own, or stand below others only. */
  readonly isTopLevel: boolean;
  /** What can be done with its records. */
  readonly methods: readonly ('GET' | 'POST' | 'PATCH' | 'DELETE')[];
  /** Name of the entity that holds its records, if they are another one's, seen differently. */
  readonly table: string;
  /** The records of a new instance; links are ids, counted from 1. */
  readonly seed: readonly Values[];
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
  readonly derive: (values: Values, now: Date, assumptions: Assumptions) => Values;
  /** Status of the answer to a POST. */
  readonly createStatus: (assumptions: Assumptions) => number;
  /** Whether lists show the record; null: they show all. */
  readonly isListed: ((record: StoredRecord, assumptions: Assumptions) => boolean) | null;
  /** Throws a CampaignProblem for a record that cannot be deleted. */
  readonly checkRemoval: (record: StoredRecord, instance: CampaignInstance) => void;
  /** Translates what a client sends. */
  readonly readBody: (body: JsonObject, assumptions: Assumptions) => JsonObject;
  /** Completes an answer with what is not stored. */
  readonly present: ((rendered: JsonObject, record: StoredRecord, scene: Scene) => JsonObject) | null;
  /** Below a record, for example `subscriptions`; collections with an `inverse` need no entry. */
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

/** Whether an API of this instance serves the entity. */
export function isServed(entity: EntityType, api: ApiName, { dialect, settings }: CampaignInstance): boolean {
  return entity.apis.includes(api) && entity.dialects.includes(dialect) && !settings.unpublishedResources.includes(entity.name);
}

/** Whether a customer made the resource: Adobe gives their names a prefix. */
export function isCustomResource({ name }: ProblemSubject): boolean {
  return name.startsWith('cus');
}

/** What decides the data policies of an instance. */
type PolicyRules = Pick<CampaignInstance, 'settings' | 'assumptions'>;

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

/** The data policy of a text attribute of this instance; '' for none. */
export function policyOf(field: ScalarField & { type: 'string' }, { settings, assumptions }: PolicyRules): DataPolicy {
  const given = Object.hasOwn(settings.dataPolicies, field.apiName) ? settings.dataPolicies[field.apiName] : undefined;
  if (given !== undefined) return given;
  if (field.dataPolicy === 'smartCase' && !assumptions.smartCaseNames) return '';
  if (field.dataPolicy === 'phone' && assumptions.phonePolicy === 'none') return '';
  return field.dataPolicy;
}

/** Whether a write may touch the attribute, and what happens if it does. */
export function accessOf(field: Field, dialect: Dialect, assumptions: Assumptions): Field['access'] {
  if (assumptions.writableAfterAll.includes(field.apiName)) return 'writable';
  if (field.access === 'ignored' && dialect === 'acs' && assumptions.acsServerOwnedDates === 'rejected') return 'readOnly';
  return field.access;
}
