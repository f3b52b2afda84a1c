import type { Answer } from '../answers';
import { refuse } from './errors';
import { isServed, viewOf, type EntityType } from './model/entity';
import { answerRecords } from './records/answer';
import { endpointOf, type Resource } from './resource';

/** The resource that serves an entity in the APIs that know it, as long as it is published. */
export function entityResource(entity: EntityType): Resource {
  const place = { path: entity.name, scope: null, shown: {} };
  return {
    name: entity.name,
    apis: entity.apis,
    answer: (call, instance): Answer => {
      const store = instance.stores.get(entity.table);
      if (store === undefined || !isServed(entity, call.api, instance)) {
        return refuse({ kind: 'unknownResource', endpoint: endpointOf(call) });
      }
      return answerRecords({ call, instance, entity, store, view: viewOf(entity, call.api, instance.dialect), place });
    },
  };
}
