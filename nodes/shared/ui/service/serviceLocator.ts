import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { CampaignInstance } from '../../campaign/instance';
import type { AddressedRecord } from '../../campaign/find/references';
import { serviceByKey, serviceByUrl } from '../../campaign/find/services';
import type { ApiName } from '../../campaign/urls';
import type { Parameters } from '../../execution/parameters';

const SERVICE = 'Service';

/** Chooses one service in any way that people know it by. */
export const serviceLocator: INodeProperties = {
  displayName: SERVICE,
  name: 'service',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The service, chosen from a list or by what identifies it',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select a service...',
      typeOptions: { searchListMethod: 'searchServices', searchable: true, searchFilterRequired: false },
    },
    {
      displayName: 'By Name',
      name: 'name',
      type: 'string',
      placeholder: 'e.g. weekly_offers',
      hint: 'The internal name, not the label',
    },
    {
      displayName: 'By PKey',
      name: 'pKey',
      type: 'string',
      placeholder: 'e.g. {{ $json.PKey }}',
      hint: 'Take the PKey from an earlier step: Campaign changes keys, so they are not for keeping',
    },
    {
      displayName: 'By URL',
      name: 'url',
      type: 'string',
      placeholder: 'e.g. {{ $json.href }}',
      hint: 'The address that Campaign returned as href',
    },
  ],
};

/**
 * Reads a service wherever it is chosen, in a step or in one of its filters.
 *
 * @throws CampaignError `invalidInput`
 */
export function readService(parameters: Parameters, instance: CampaignInstance, api: ApiName): AddressedRecord {
  const { mode, value } = parameters.locator('service', SERVICE);
  if (mode === 'list' && value === '') {
    throw invalidInput("No 'Service' is chosen", 'Select one from the list, or choose another way to identify it.');
  }
  return mode === 'url' ? serviceByUrl(instance, value, SERVICE) : serviceByKey(instance, api, value, SERVICE);
}
