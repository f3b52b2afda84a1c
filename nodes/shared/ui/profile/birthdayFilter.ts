import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import { jsonText } from '../../campaign/records';

type Entry = Readonly<Record<string, unknown>>;

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
 * words that they take: those are the plainest reading, and 'Filter by Name' is the way around it where an instance has others.
 *
 * @throws CampaignError `invalidInput`
 */
export function readBirthday(entry: Entry): Record<string, string> {
  const number = (name: string, displayName: string, maximum: number): string =>
    wholeNumber(name in entry ? entry[name] : 1, displayName, maximum);
  const day = (): string => number('day', 'Day', 31);
  const month = (): string => number('month', 'Month', 12);
  // What is not there was never shown; what is empty is an expression that found nothing, and not the default.
  const days = (): string => wholeNumber('days' in entry ? entry.days : 7, 'Days', 366);
  switch ('when' in entry ? entry.when : 'today') {
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
        endDay: number('endDay', 'End Day', 31),
        endMonth: number('endMonth', 'End Month', 12),
        includeEnd: 'true',
      };
    default:
      throw invalidInput(
        `'When' of the birthday is '${String(entry.when)}'`,
        'Choose one of: between, day, month, next, previous, thisMonth, today.',
      );
  }
}

function wholeNumber(value: unknown, field: string, maximum: number): string {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= maximum) return String(number);
  throw invalidInput(`'${field}' of the birthday is ${jsonText(value) ?? 'missing'}`, `Enter a whole number from 1 to ${maximum}.`);
}
