import { entityResource } from './entityResource';
import { eventApi } from './event';
import type { EntityType } from './model/entity';
import type { OtherApi } from './otherApi';
import { profileEntity } from './profile';
import type { Resource } from './resource';
import { resourceTypeResource } from './resource-type';
import { serviceEntity } from './service';
import { subscriptionEntity } from './subscription';
import { workflowApi } from './workflow';

/** The kinds of record that have a URL of their own. A new one is one more line here. */
const TOP_LEVEL: readonly EntityType[] = [profileEntity, serviceEntity];

/** The kinds of record that have a table. */
export const ENTITIES: readonly EntityType[] = [...TOP_LEVEL, subscriptionEntity];

/** The APIs beside the two that serve profiles. */
export const OTHER_APIS: readonly OtherApi[] = [workflowApi, eventApi];

/** Everything that can follow the name of a profile API. */
export const RESOURCES: readonly Resource[] = [...TOP_LEVEL.map(entityResource), resourceTypeResource(ENTITIES)];
