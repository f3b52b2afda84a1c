import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { GivenFilter } from '../../campaign/find/givenFilters';
import type { CampaignInstance } from '../../campaign/instance';
import { cleanEmail } from '../../campaign/scalars';
import type { ApiName } from '../../campaign/urls';
import type { Row } from '../../execution/parameters';
import type { StepParameters } from '../../execution/stepParameters';
import { birthdayFilter, readBirthday } from './birthdayFilter';
import { filterByName, isFilterLeftOut, readFilterByName } from '../filters/filterByName';
import { knownFilter, readFilterEntries, requiredText, unknownFilterKind } from '../filters/filterEntries';
import { readService, serviceLocator } from '../service/serviceLocator';

const DELIVERY_FILTERS = {
  received: 'hasReceivedDelivery',
  opened: 'hasOpenedDelivery',
  clicked: 'hasClickedDelivery',
} as const;

/** Which profiles are wanted (Adobe: "Profile data model", filters). */
export const profileFiltersProperty: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add filter',
  default: {},
  description: 'Which profiles are wanted; several filters have to hold all at once',
  options: [
    birthdayFilter,
    {
      displayName: 'Delivery',
      name: 'delivery',
      values: [
        {
          displayName: 'Reaction',
          name: 'reaction',
          type: 'options',
          options: [
            { name: 'Clicked', value: 'clicked', description: 'Clicked in the delivery' },
            { name: 'Opened', value: 'opened', description: 'Opened the delivery' },
            { name: 'Received', value: 'received', description: 'Received the delivery' },
          ],
          default: 'received',
          description: 'What the profile did',
        },
        {
          displayName: 'Delivery PKey',
          name: 'delivery',
          type: 'string',
          default: '',
          placeholder: 'e.g. {{ $json.PKey }}',
          description: 'The delivery by its PKey',
        },
      ],
    },
    {
      displayName: 'Email',
      name: 'email',
      values: [
        {
          displayName: 'Email',
          name: 'email',
          type: 'string',
          default: '',
          placeholder: 'e.g. name@email.com',
          description: 'The whole email address',
        },
      ],
    },
    filterByName,
    {
      displayName: 'Static Audience',
      name: 'audience',
      values: [
        {
          displayName: 'Audience PKey',
          name: 'audience',
          type: 'string',
          default: '',
          placeholder: 'e.g. {{ $json.PKey }}',
          description: 'The audience by its PKey',
        },
      ],
    },
    { displayName: 'Subscribers of Service', name: 'subscribers', values: [serviceLocator] },
    {
      displayName: 'Text',
      name: 'text',
      values: [
        {
          displayName: 'Search In',
          name: 'searchIn',
          type: 'options',
          options: [
            {
              name: 'Custom Field',
              value: 'customField',
              description: 'A custom field that your data model has in its search; needs the extended API',
            },
            { name: 'Email', value: 'email', description: 'The email address' },
            { name: 'Email and Name', value: 'any', description: 'Email address, first name and last name' },
            { name: 'First Name', value: 'firstName', description: 'The given name' },
            { name: 'Last Name', value: 'lastName', description: 'The family name' },
          ],
          default: 'any',
          description: 'Where to look for the text',
        },
        {
          displayName: 'Custom Field',
          name: 'customField',
          type: 'string',
          default: '',
          placeholder: 'e.g. cusHobby',
          displayOptions: { show: { searchIn: ['customField'] } },
          description: 'The field by its API name',
        },
        {
          displayName: 'Text',
          name: 'text',
          type: 'string',
          default: '',
          placeholder: 'e.g. Dak',
          description: 'How the value begins; upper and lower case count',
        },
      ],
    },
  ],
};

/**
 * Reads the filters for one item.
 *
 * @throws CampaignError `invalidInput` also for a filter without a value, which Campaign would leave out: everybody would match
 */
export function readProfileFilters(item: StepParameters, instance: CampaignInstance, api: ApiName): GivenFilter[] {
  return readFilterEntries(item, (entry) => readProfileFilter(entry, instance, api));
}

function readProfileFilter(entry: Row, instance: CampaignInstance, api: ApiName): GivenFilter | undefined {
  switch (entry.kind) {
    case 'audience':
      if (entry.isLeftOut('audience')) return undefined;
      return knownFilter({ name: 'byStaticAudience', parameters: { audience: entry.key('audience', 'Audience PKey') } });
    case 'birthday':
      return knownFilter({ name: 'birthday', parameters: readBirthday(entry) });
    case 'byName':
      return isFilterLeftOut(entry) ? undefined : readFilterByName(entry);
    case 'delivery':
      if (entry.isLeftOut('delivery')) return undefined;
      return knownFilter({ name: deliveryFilter(entry), parameters: { delivery: entry.key('delivery', 'Delivery PKey') } });
    case 'email':
      if (entry.isLeftOut('email')) return undefined;
      return knownFilter({ name: 'byEmail', parameters: { email: cleanEmail(requiredText(entry, 'email', 'Email')) } });
    case 'subscribers':
      if (entry.isTool && entry.locator('service', 'Service').value === '') return undefined;
      return { kind: 'subscribers', service: readService(entry, instance, api) };
    case 'text':
      if (entry.isLeftOut('text')) return undefined;
      return knownFilter({ name: 'byText', parameters: readTextFilter(entry, api) });
    default:
      throw unknownFilterKind(entry.kind);
  }
}

function deliveryFilter(entry: Row): string {
  return DELIVERY_FILTERS[entry.choice('reaction', 'Reaction', ['received', 'clicked', 'opened'])];
}

/** A custom field is searched with a parameter of its own name, and named without its prefix (Adobe: "Retrieving profiles"). */
function readTextFilter(entry: Row, api: ApiName): Record<string, string> {
  const searchIn = entry.choice('searchIn', 'Search In', ['any', 'customField', 'email', 'firstName', 'lastName']);
  const value = requiredText(entry, 'text', 'Text');
  if (searchIn === 'any') return { text: value };
  if (searchIn !== 'customField') return { text: value, filterType: searchIn };
  const field = requiredText(entry, 'customField', 'Custom Field');
  if (!/^cus[\p{L}\p{N}_]+$/u.test(field)) {
    throw invalidInput(`'${field}' is not a custom field`, 'Enter its API name, which starts with cus, e.g. cusHobby.');
  }
  if (api !== 'profileAndServicesExt') {
    throw invalidInput(`'${field}' is a custom field, which the standard API does not know`, "Set 'API' under 'Options' to 'Extended'.");
  }
  return { [field]: value, filterType: field.slice('cus'.length) };
}
