import { catalogueResource } from './catalogue';
import { departmentEntity, storeEntity } from './cus-store';
import { orderEntity } from './cus-order';
import { promotionEntity } from './cus-promotion';
import { entityResource } from './entityResource';
import { eventApi } from './event';
import { eventEntity, historyEntity } from './history';
import type { EntityType } from './model/entity';
import type { OtherApi } from './otherApi';
import { namespaceEntity, privacyToolEntity } from './privacy';
import { profileEntity } from './profile';
import type { Resource } from './resource';
import { resourceTypeResource } from './resource-type';
import { serviceEntity } from './service';
import { subscriptionEntity } from './subscription';
import { geoUnitEntity, orgUnitEntity } from './unit';
import { workflowApi } from './workflow';

/** The kinds of record there are. A new one is one more line here; links in its seed lead to the kinds before it. */
export const ENTITIES: readonly EntityType[] = [
  profileEntity,
  serviceEntity,
  subscriptionEntity,
  orderEntity,
  storeEntity,
  departmentEntity,
  promotionEntity,
  orgUnitEntity,
  geoUnitEntity,
  historyEntity,
  eventEntity,
  namespaceEntity,
  privacyToolEntity,
];

/** The APIs whose addresses name no resources. */
export const OTHER_APIS: readonly OtherApi[] = [workflowApi, eventApi];

/** Everything that can follow the name of one of the other APIs. */
export const RESOURCES: readonly Resource[] = [
  ...ENTITIES.filter(({ isTopLevel }) => isTopLevel).map(entityResource),
  resourceTypeResource(ENTITIES),
  catalogueResource(ENTITIES),
];
