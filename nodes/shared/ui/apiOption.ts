import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { automaticApi, type ExtensibleResource } from '../campaign/find/automaticApi';
import type { ProfileApiName } from '../campaign/urls';
import type { StepParameters } from '../execution/stepParameters';
import { readEditedOption } from './editedOption';

/** What the editor's lists of fields and filters follow: parameters that say which resource is meant. */
export const RESOURCE_PARAMETERS: string[] = ['options.api', 'api', 'customResource.value'];

/** Chooses between the two faces of the profile API, the `<apiName>` of Adobe's addresses. */
export const apiOption: INodeProperties = {
  displayName: 'API',
  name: 'api',
  type: 'options',
  options: [
    {
      name: 'Automatic',
      value: 'automatic',
      description: 'Extended where this Campaign instance has custom fields, otherwise Standard',
    },
    {
      name: 'Extended',
      value: 'profileAndServicesExt',
      description: 'Custom fields (their names start with cus) and custom keys as well',
    },
    {
      name: 'Standard',
      value: 'profileAndServices',
      description: 'The fields that every Campaign instance has',
    },
  ],
  default: 'automatic',
  description: "Which of Campaign's APIs to use. Without this option the instance is asked once whether it has custom fields.",
};

const CHOICES = ['automatic', 'profileAndServices', 'profileAndServicesExt'] as const;

/**
 * The API for one item.
 *
 * @param resource whose custom fields decide
 * @throws CampaignError when Campaign could not be asked
 */
export async function readApi(
  client: CampaignClient,
  item: StepParameters,
  resource: ExtensibleResource = 'profile',
): Promise<ProfileApiName> {
  const choice = item.choice('options.api', 'API', CHOICES);
  return choice === 'automatic' ? await automaticApi(client, resource) : choice;
}

/**
 * The API of the step that is being edited.
 *
 * @param find what to do where it is chosen by itself: `currentApi` for forms, since somebody may have just added a field
 */
export async function readApiInEditor(
  client: CampaignClient,
  context: ILoadOptionsFunctions,
  find: (client: CampaignClient) => Promise<ProfileApiName> = findProfileApi,
): Promise<ProfileApiName> {
  const given = readEditedOption(context, 'api');
  const choice = CHOICES.find((candidate) => candidate === given) ?? 'automatic';
  return choice === 'automatic' ? await find(client) : choice;
}

async function findProfileApi(client: CampaignClient): Promise<ProfileApiName> {
  return await automaticApi(client, 'profile');
}
