import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import type { Row } from '../../execution/parameters';

const dayProperty = (displayName: string, name: string, when: readonly string[]): INodeProperties => ({
  displayName,
  name,
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 31 },
  default: 1,
  displayOptions: { show: { when: [...when] } },
  description: 'Day of the month',
});

const monthProperty = (displayName: string, name: string, when: readonly string[]): INodeProperties => ({
  displayName,
  name,
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 12 },
  default: 1,
  displayOptions: { show: { when: [...when] } },
  description: 'Month of the year, as a number',
});

/** Whose birthday it is, as a choice of the Filters collection. */
export const birthdayFilter: INodePropertyCollection = {
  displayName: 'Birthday',
  name: 'birthday',
  values: [
    {
      displayName: 'When',
      name: 'when',
      type: 'options',
      options: [
        { name: 'Between Two Days', value: 'between', description: 'From one day of the year to another, both included' },
        { name: 'In a Month', value: 'month', description: 'On any day of a month' },
        { name: 'Next Days', value: 'next', description: 'From tomorrow on' },
        { name: 'On a Day', value: 'day', description: 'On one day of the year' },
        { name: 'Previous Days', value: 'previous', description: 'Up to yesterday' },
        { name: 'This Month', value: 'thisMonth', description: 'In the month that it is now' },
        { name: 'Today', value: 'today', description: 'On the day that it is now' },
      ],
      default: 'today',
      description: 'When the birthday is, whatever the year of birth',
    },
    dayProperty('Day', 'day', ['day', 'between']),
    monthProperty('Month', 'month', ['day', 'month', 'between']),
    dayProperty('End Day', 'endDay', ['between']),
    monthProperty('End Month', 'endMonth', ['between']),
    {
      displayName: 'Days',
      name: 'days',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 366 },
      default: 7,
      displayOptions: { show: { when: ['next', 'previous'] } },
      description: 'How many days, today not included',
    },
  ],
};

/**
 * The parameters of Campaign's filter `birthday`. Adobe names the parameters (Adobe: "Profile data model") but not the
 * words that they take: those are the plainest reading, and 'Predefined Filter' is the way around it where an instance has others.
 *
 * @throws CampaignError `invalidInput`
 */
export function readBirthday(entry: Row): Record<string, string> {
  const day = (name = 'day', displayName = 'Day'): string => String(entry.count(name, `${displayName} of the birthday`, 1, { most: 31 }));
  const month = (name = 'month', displayName = 'Month'): string =>
    String(entry.count(name, `${displayName} of the birthday`, 1, { most: 12 }));
  const days = (): string => String(entry.count('days', 'Days of the birthday', 7, { most: 366 }));
  switch (entry.choice('when', 'When', ['today', 'between', 'day', 'month', 'next', 'previous', 'thisMonth'])) {
    case 'today':
      return { type: 'relative', precision: 'day', relativeValue: 'current' };
    case 'thisMonth':
      return { type: 'relative', precision: 'month', relativeValue: 'current' };
    case 'next':
      return { type: 'relative', precision: 'day', relativeValue: 'next', nextUnitsValue: days() };
    case 'previous':
      return { type: 'relative', precision: 'day', relativeValue: 'previous', previousUnitsValue: days() };
    case 'day':
      return { type: 'absolute', precision: 'day', operator: 'equal', day: day(), month: month() };
    case 'month':
      return { type: 'absolute', precision: 'month', operator: 'equal', month: month() };
    case 'between':
      return {
        type: 'absolute',
        precision: 'day',
        operator: 'between',
        day: day(),
        month: month(),
        includeStart: 'true',
        endDay: day('endDay', 'End Day'),
        endMonth: month('endMonth', 'End Month'),
        includeEnd: 'true',
      };
  }
}
