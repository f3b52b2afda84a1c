import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import type { ProfileApiName } from '../campaign/urls';
import type { StepParameters } from '../execution/stepParameters';

/** What the editor's lists of fields and filters follow: parameters that say which resource is meant. */
export const RESOURCE_PARAMETERS: string[] = ['api', 'customResource.value'];

/** Chooses between the two faces of the profile API, the `<apiName>` of Adobe's addresses. */
export const apiProperty: INodeProperties = {
  displayName: 'API',
  name: 'api',
  type: 'options',
  options: [
    {
      name: 'Standard',
      value: 'profileAndServices',
      description: 'The fields that every Campaign instance has',
    },
    {
      name: 'Extended',
      value: 'profileAndServicesExt',
      description: 'Custom fields (their names start with cus) and custom keys as well',
    },
  ],
  default: 'profileAndServices',
  description: 'Whether custom fields and custom keys are needed',
};

/** Reads the API for one item. */
export function readApi(item: StepParameters): ProfileApiName {
  return item.choice('api', 'API', ['profileAndServices', 'profileAndServicesExt']);
}

/** Reads the API of the step that is being edited. */
export function readApiInEditor(context: ILoadOptionsFunctions): ProfileApiName {
  return context.getCurrentNodeParameter('api') === 'profileAndServicesExt' ? 'profileAndServicesExt' : 'profileAndServices';
}
