import { json, type Answer } from '../../answers';
import { refuse } from '../errors';
import type { CampaignInstance } from '../instance';
import { isServed, viewOf, type EntityType } from '../model/entity';
import { filtersMetadata, resourceMetadata } from '../model/metadata';
import { endpointOf, type Call, type Resource } from '../resource';

/** `resourceType/<name>` and `resourceType/<PKey>/filters/`: what the resources are made of. */
export function resourceTypeResource(entities: readonly EntityType[]): Resource {
  return {
    name: 'resourceType',
    apis: ['profileAndServices', 'profileAndServicesExt', 'customResources'],
    answer: (call, instance) => answer(call, instance, entities),
  };
}

function answer(call: Call, instance: CampaignInstance, entities: readonly EntityType[]): Answer {
  const [first = '', below, ...deeper] = call.segments;
  if (call.method !== 'GET' || deeper.length > 0 || (below !== undefined && below !== 'filters')) {
    return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  }
  // Metadata prints its keys without the @ that keys have everywhere else.
  const target = instance.keys.open(first.startsWith('@') ? first : `@${first}`);
  const entity = entities.find(({ id, name }) => name === first || (target?.type === 'resourceType' && target.id === id));
  if (entity === undefined || !isServed(entity, call.api, instance)) return refuse({ kind: 'unknownResource', endpoint: endpointOf(call) });
  const view = viewOf(entity, call.api, instance.dialect);
  return json(200, below === 'filters' ? filtersMetadata(entity, view, instance) : resourceMetadata(entity, view, instance));
}
