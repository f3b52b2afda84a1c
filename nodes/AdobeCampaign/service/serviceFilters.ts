import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../shared/campaign/error';
import type { GivenFilter } from '../../shared/campaign/find/givenFilters';
import { convertValue } from '../../shared/campaign/fields/values';
import { textOf } from '../../shared/campaign/records';
import type { Item } from '../../shared/execution/item';
import { filterByName, readFilterByName } from '../../shared/ui/filters/filterByName';
import { knownFilter, readFilterEntries, requiredText, unknownFilterKind, type FilterEntry } from '../../shared/ui/filters/filterEntries';

/** Which services are wanted (Adobe: "Service data model", filters). */
export const serviceFiltersProperty: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add filter',
  default: {},
  description: 'Which services are wanted; several filters have to hold all at once',
  options: [
    {
      displayName: 'Channel',
      name: 'channel',
      values: [
        {
          displayName: 'Channel',
          name: 'channel',
          type: 'options',
          options: [
            { name: 'Email', value: 'email', description: 'Services that send e-mails' },
            { name: 'SMS', value: 'sms', description: 'Services that send text messages' },
          ],
          default: 'email',
          description: 'How the service reaches its subscribers',
        },
      ],
    },
    filterByName,
    {
      displayName: 'Planning',
      name: 'planning',
      values: [
        { displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'The first day of the period' },
        { displayName: 'To', name: 'to', type: 'dateTime', default: '', description: 'The last day of the period' },
      ],
    },
    {
      displayName: 'Text',
      name: 'text',
      values: [
        {
          displayName: 'Text',
          name: 'text',
          type: 'string',
          default: '',
          placeholder: 'e.g. Weekly',
          description: 'Part of the name or label; upper and lower case count',
        },
      ],
    },
  ],
};

/**
 * Reads the filters for one item.
 *
 * @throws CampaignError `invalidInput` also for a filter without a value, which Campaign would leave out: everything would match
 */
export function readServiceFilters(item: Item): GivenFilter[] {
  return readFilterEntries(item, readFilter);
}

function readFilter(kind: string, entry: FilterEntry): GivenFilter {
  switch (kind) {
    case 'byName':
      return readFilterByName(entry);
    case 'channel':
      return knownFilter({ name: 'byChannel', parameters: { channel: channelOf(entry.channel ?? 'email') } });
    case 'planning':
      return knownFilter({ name: 'byPlanning', parameters: { startDate: dayOf(entry.from, 'From'), endDate: dayOf(entry.to, 'To') } });
    case 'text':
      return knownFilter({ name: 'byText', parameters: { text: requiredText(entry.text, 'Text') } });
    default:
      throw unknownFilterKind(kind);
  }
}

function channelOf(value: unknown): string {
  if (value === 'email' || value === 'sms') return value;
  throw invalidInput(`'Channel' is ${JSON.stringify(value)}`, 'Choose one of: email, sms.');
}

function dayOf(value: unknown, field: string): string {
  const conversion = convertValue({ name: field, label: field, kind: 'date', readOnly: false, sortable: false, values: [] }, value);
  if ('value' in conversion && conversion.value !== '') return textOf(conversion.value);
  throw invalidInput(`'${field}' of the planning is not a day`, 'Give both days, e.g. 2026-01-31.');
}
