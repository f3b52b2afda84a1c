import { json, type Answer } from '../answers';
import { refuse } from './errors';
import type { CampaignInstance } from './instance';
import { isCustomResource, isServed, viewOf, type EntityType } from './model/entity';
import { catalogueEntry } from './model/metadata';
import { endpointOf, type Call, type Resource } from './resource';

/** The API alone, without a resource: the list of those it has. Adobe: Interacting with custom resources. */
export function catalogueResource(entities: readonly EntityType[]): Resource {
  return {
    name: '',
    apis: ['profileAndServicesExt', 'customResources'],
    answer: (call, instance) => answer(call, instance, entities),
  };
}

function answer(call: Call, instance: CampaignInstance, entities: readonly EntityType[]): Answer {
  const { customResourcesCatalogue, builtInInCatalogue } = instance.assumptions;
  const isAbsent = call.api === 'customResources' && customResourcesCatalogue === 'absent';
  if (isAbsent) return refuse({ kind: 'unknownResource', endpoint: endpointOf(call) });
  if (call.method !== 'GET') return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  const listed = entities.filter((entity) => {
    const isShown = isCustomResource(entity) || builtInInCatalogue === 'listed';
    return isShown && entity.isTopLevel && isServed(entity, call.api, instance);
  });
  const entries = listed.map((entity) => [entity.name, catalogueEntry(entity, viewOf(entity, call.api, instance.dialect), instance)]);
  return json(200, { apiName: 'resourceType', ...Object.fromEntries(entries) });
}
