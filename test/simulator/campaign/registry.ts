import { catalogueResource } from './catalogue';
import { departmentEntity, storeEntity } from './cus-store';
import { orderEntity } from './cus-order';
import { entityResource } from './entityResource';
import { eventEntity, historyEntity } from './history';
import type { EntityType } from './model/entity';
import { namespaceEntity, privacyToolEntity } from './privacy';
import { profileEntity } from './profile';
import type { Resource } from './resource';
import { resourceTypeResource } from './resource-type';
import { serviceEntity } from './service';
import { subscriptionEntity } from './subscription';
import { geoUnitEntity, orgUnitEntity } from './unit';

/** The kinds of record there are. A new one is one more line here; links in its seed lead to the kinds before it. */
export const ENTITIES: readonly EntityType[] = [
  profileEntity,
  serviceEntity,
  subscriptionEntity,
  orderEntity,
  storeEntity,
  departmentEntity,
  orgUnitEntity,
  geoUnitEntity,
  historyEntity,
  eventEntity,
  namespaceEntity,
  privacyToolEntity,
];

/** Everything that can follow an API name. */
export const RESOURCES: readonly Resource[] = [
  ...ENTITIES.filter(({ isTopLevel }) => isTopLevel).map(entityResource),
  resourceTypeResource(ENTITIES),
  catalogueResource(ENTITIES),
];
