import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { ListFilter } from '../campaign/filters';
import type { GivenFilter } from '../campaign/givenFilters';
import type { CampaignInstance } from '../campaign/instance';
import { isObject } from '../campaign/records';
import { parseKey, type ApiName } from '../campaign/urls';
import { show } from '../campaign/values';
import type { Item } from '../execution/item';
import { readApi } from './apiProperty';
import { birthdayFilter, readBirthday } from './birthdayFilter';
import { filterByName, readFilterByName, textOf } from './filterByName';
import { parseService, serviceLocator } from './serviceLocator';

type Entry = Readonly<Record<string, unknown>>;

const DELIVERY_FILTERS: Readonly<Record<string, string>> = {
  received: 'hasReceivedDelivery',
  opened: 'hasOpenedDelivery',
  clicked: 'hasClickedDelivery',
};

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
          description: 'The whole e-mail address',
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
            { name: 'Custom Field', value: 'customField', description: 'A custom field that your data model has in its search; needs the extended API' },
            { name: 'Email', value: 'email', description: 'The e-mail address' },
            { name: 'Email and Name', value: 'any', description: 'E-mail address, first name and last name' },
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
export function readProfileFilters(item: Item, instance: CampaignInstance): GivenFilter[] {
  const api = readApi(item);
  const collection = item.value('filters', {});
  return Object.entries(asObject(collection)).flatMap(([kind, entries]) =>
    // n8n stores a single entry as an object, e.g. when an AI agent fills it in.
    (Array.isArray(entries) ? (entries as unknown[]) : [entries]).map((entry) => readFilter(kind, asObject(entry), instance, api)),
  );
}

/** What an expression or an AI agent gives instead of a filter must not pass for none. */
function asObject(value: unknown): Entry {
  if (isObject(value)) return value;
  throw invalidInput(`'Filters' has ${show(value)} where a filter should be`, 'Without it everybody would match. Add the filters one by one, or remove them.');
}

function readFilter(kind: string, entry: Entry, instance: CampaignInstance, api: ApiName): GivenFilter {
  switch (kind) {
    case 'audience':
      return known({ name: 'byStaticAudience', parameters: { audience: parseKey(entry.audience, 'Audience PKey') } });
    case 'birthday':
      return known({ name: 'birthday', parameters: readBirthday(entry) });
    case 'byName':
      return readFilterByName(entry);
    case 'delivery':
      return known({ name: deliveryFilter(entry.reaction), parameters: { delivery: parseKey(entry.delivery, 'Delivery PKey') } });
    case 'email':
      return known({ name: 'byEmail', parameters: { email: required(entry.email, 'Email') } });
    case 'subscribers':
      return { kind: 'subscribers', service: parseService(entry.service, instance, api) };
    case 'text':
      return known({ name: 'byText', parameters: readText(entry, api) });
    default:
      throw invalidInput(`There is no filter '${kind}' in this version`, 'The workflow may have been made with a newer version of this package: update it under Settings > Community nodes.');
  }
}

function known(filter: ListFilter): GivenFilter {
  return { kind: 'known', filter };
}

function deliveryFilter(reaction: unknown): string {
  const name = DELIVERY_FILTERS[typeof reaction === 'string' ? reaction : 'received'];
  if (name !== undefined) return name;
  throw invalidInput(`'Reaction' is '${String(reaction)}'`, `Choose one of: ${Object.keys(DELIVERY_FILTERS).join(', ')}.`);
}

/** A custom field is searched with a parameter of its own name, and named without its prefix (Adobe: "Retrieving profiles"). */
function readText({ searchIn = 'any', customField, text }: Entry, api: ApiName): Record<string, string> {
  const value = required(text, 'Text');
  if (searchIn === 'any') return { text: value };
  if (searchIn === 'email' || searchIn === 'firstName' || searchIn === 'lastName') return { text: value, filterType: searchIn };
  const field = required(customField, 'Custom Field');
  if (!/^cus[\p{L}\p{N}_]+$/u.test(field)) {
    throw invalidInput(`'${field}' is not a custom field`, 'Enter its API name, which starts with cus, e.g. cusHobby.');
  }
  if (api !== 'profileAndServicesExt') {
    throw invalidInput(`'${field}' is a custom field, which the standard API does not know`, "Set 'API' to 'Extended'.");
  }
  return { [field]: value, filterType: field.slice('cus'.length) };
}

function required(value: unknown, field: string): string {
  const text = textOf(value, `'${field}'`);
  if (text !== '') return text;
  throw invalidInput(
    `'${field}' of a filter is empty`,
    'Campaign would leave the filter out and return everybody. Give a value, or remove the filter.',
  );
}
