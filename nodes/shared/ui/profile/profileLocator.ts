import type { INodeProperties } from 'n8n-workflow';

import type { CampaignInstance } from '../../campaign/instance';
import { profileByCustomKey, profileByEmail, profileByKey, profileByUrl } from '../../campaign/find/profiles';
import type { RecordReference } from '../../campaign/find/references';
import { invalidInput } from '../../campaign/error';
import type { ApiName } from '../../campaign/urls';
import type { Item } from '../../execution/item';

const PROFILE = 'Profile';

/** Chooses one profile in any way that people know it by. */
export const profileLocator: INodeProperties = {
  displayName: PROFILE,
  name: 'profile',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The profile, chosen from a list or by what identifies it',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select a profile...',
      typeOptions: {
        searchListMethod: 'searchProfiles',
        searchable: true,
        searchFilterRequired: false,
      },
    },
    // n8n's editor puts what is dragged onto the locator under the first way that is no list.
    {
      displayName: 'By Email',
      name: 'email',
      type: 'string',
      placeholder: 'e.g. name@email.com',
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
    {
      displayName: 'By Custom Key',
      name: 'customKey',
      type: 'string',
      placeholder: 'e.g. L-1000042',
      hint: "The profile's own key in your data model; needs the extended API",
    },
  ],
};

/**
 * Reads the chosen profile for one item.
 *
 * @throws CampaignError `invalidInput`
 */
export function readProfile(item: Item, instance: CampaignInstance, api: ApiName): RecordReference {
  const { mode, value } = item.locator('profile', PROFILE);
  switch (mode) {
    case 'list':
      // The list stores emails, which last, and PKeys only for profiles that have no email of their own (see `searchProfiles`).
      if (value === '') throw invalidInput("No 'Profile' is chosen", 'Select one from the list, or choose another way to identify it.');
      return profileByKey(instance, api, value, PROFILE);
    case 'url':
      return profileByUrl(instance, value, PROFILE);
    case 'email':
      return isKeyOrUrl(value) ? profileByKey(instance, api, value, PROFILE) : profileByEmail(api, value, PROFILE);
    case 'customKey':
      return profileByCustomKey(instance, api, value, PROFILE);
    default:
      return profileByKey(instance, api, value, PROFILE);
  }
}

/** A PKey or `href` that was dragged there, which no email begins like. */
function isKeyOrUrl(value: unknown): boolean {
  return typeof value === 'string' && /^\s*(@|https?:)/i.test(value);
}
