import { entityResource } from './entityResource';
import type { EntityType } from './model/entity';
import { profileEntity } from './profile';
import type { Resource } from './resource';
import { resourceTypeResource } from './resource-type';

/** The kinds of record that have a table. A new one is one more line here. */
export const ENTITIES: readonly EntityType[] = [profileEntity];

/** Everything that can follow an API name. */
export const RESOURCES: readonly Resource[] = [...ENTITIES.map(entityResource), resourceTypeResource(ENTITIES)];
