import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import type { ApiName } from '../campaign/urls';
import type { StepParameters } from '../execution/stepParameters';

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
export function readApi(item: StepParameters): ApiName {
  return item.choice('api', 'API', ['profileAndServices', 'profileAndServicesExt']);
}

/** Reads the API of the step that is being edited. */
export function readApiInEditor(context: ILoadOptionsFunctions): ApiName {
  return context.getCurrentNodeParameter('api') === 'profileAndServicesExt' ? 'profileAndServicesExt' : 'profileAndServices';
}
