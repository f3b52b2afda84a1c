import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../shared/campaign/error';
import type { GivenFilter } from '../../shared/campaign/find/givenFilters';
import type { Item } from '../../shared/execution/item';
import type { Row } from '../../shared/execution/parameters';
import { filterByName, isFilterLeftOut, readFilterByName } from '../../shared/ui/filters/filterByName';
import { knownFilter, readFilterEntries, requiredText, unknownFilterKind } from '../../shared/ui/filters/filterEntries';

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
            { name: 'Email', value: 'email', description: 'Services that send emails' },
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
  return readFilterEntries(item, readServiceFilter);
}

function readServiceFilter(entry: Row): GivenFilter | undefined {
  switch (entry.kind) {
    case 'byName':
      return isFilterLeftOut(entry) ? undefined : readFilterByName(entry);
    case 'channel':
      return knownFilter({ name: 'byChannel', parameters: { channel: entry.choice('channel', 'Channel', ['email', 'sms']) } });
    case 'planning':
      if (entry.isLeftOut('from') && entry.isLeftOut('to')) return undefined;
      return knownFilter({
        name: 'byPlanning',
        parameters: { startDate: dayOf(entry, 'from', 'From'), endDate: dayOf(entry, 'to', 'To') },
      });
    case 'text':
      if (entry.isLeftOut('text')) return undefined;
      return knownFilter({ name: 'byText', parameters: { text: requiredText(entry, 'text', 'Text') } });
    default:
      throw unknownFilterKind(entry.kind);
  }
}

function dayOf(entry: Row, name: string, displayName: string): string {
  const day = entry.day(name, `${displayName} of the planning`);
  if (day !== undefined) return day;
  throw invalidInput(`'${displayName}' of the planning is empty`, 'Give both days, e.g. 2026-01-31.');
}
