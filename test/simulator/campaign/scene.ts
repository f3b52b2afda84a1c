import type { CampaignInstance } from './instance';
import type { EntityType, EntityView } from './model/entity';
import type { RecordStore } from './records/store';
import type { Call } from './resource';

/** Everything that an answer about the records of one entity is made from. */
export interface Scene {
  readonly call: Call;
  readonly instance: CampaignInstance;
  readonly entity: EntityType;
  readonly store: RecordStore;
  /** What the API called shows of the entity. */
  readonly view: EntityView;
}
