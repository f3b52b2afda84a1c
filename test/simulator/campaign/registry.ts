import { entityResource } from './entityResource';
import type { EntityType } from './model/entity';
import { profileEntity } from './profile';
import type { Resource } from './resource';
import { resourceTypeResource } from './resource-type';
import { serviceEntity } from './service';
import { subscriptionEntity } from './subscription';

/** The kinds of record that have a URL of their own. A new one is one more line here. */
const TOP_LEVEL: readonly EntityType[] = [profileEntity, serviceEntity];

/** The kinds of record that have a table. */
export const ENTITIES: readonly EntityType[] = [...TOP_LEVEL, subscriptionEntity];

/** Everything that can follow an API name. */
export const RESOURCES: readonly Resource[] = [...TOP_LEVEL.map(entityResource), resourceTypeResource(ENTITIES)];
