import type { CampaignInstance } from './instance';
import type { EntityType, EntityView } from './model/entity';
import type { RecordStore, Values } from './records/store';
import type { Call } from './resource';

/** Where the records of an answer stand: in a whole table, or below one record. */
export interface Place {
  /** Path after the API name, for example `profile` or `profile/<PKey>/subscriptions`. */
  readonly path: string;
  /** Path in the URLs of the records, where that is another one. */
  readonly recordPath?: string;
  /** Only records whose indexed attribute has this value belong here; null: all of the table. */
  readonly scope: { readonly attribute: string; readonly value: number } | null;
  /** Attributes whose value depends on the place and not on the record. */
  readonly shown: Values;
}

/** Everything that an answer about the records of one entity is made from. */
export interface Scene {
  readonly call: Call;
  readonly instance: CampaignInstance;
  readonly entity: EntityType;
  readonly store: RecordStore;
  /** What the API called shows of the entity. */
  readonly view: EntityView;
  readonly place: Place;
}
