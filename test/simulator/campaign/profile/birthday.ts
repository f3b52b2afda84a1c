import { builtIn, type Condition, type Filter } from '../collection/filter';
import { enumeratedParameter, numberParameter } from '../collection/parameters';
import type { CampaignInstance } from '../instance';
import type { EntityView } from '../model/entity';

const PARAMETERS = [
  'type',
  'precision',
  'operator',
  'day',
  'month',
  'includeStart',
  'endDay',
  'endMonth',
  'includeEnd',
  'relativeValue',
  'nextUnitsValue',
  'previousUnitsValue',
];
const DAY_MS = 86_400_000;
const FIRST_DAY = 1;
const LAST_DAY = 31;

/** Whether a birth date, given as month and day, is one that the filter asks for. */
type DayTest = (month: number, day: number) => boolean;

/** Adobe: Profile data model names the parameters; what their values are called is assumed. */
function birthday(query: URLSearchParams, _view: EntityView, instance: CampaignInstance): Condition {
  const { birthdayWords: words } = instance.assumptions;
  const type = enumeratedParameter(query, 'type', [words.absolute, words.relative], instance);
  const precision = enumeratedParameter(query, 'precision', [words.day, words.month], instance);
  const isByMonth = precision === words.month;
  let test: DayTest | null = null;
  if (type === words.absolute) test = absoluteTest(query, isByMonth, instance);
  if (type === words.relative) test = relativeTest(query, isByMonth, instance);
  if (test === null) return { kind: 'absent' };
  const isAsked = test;
  return {
    kind: 'test',
    matches: ({ birthDate }) => {
      const [, month = 0, day = 0] = String(birthDate).split('-').map(Number);
      return month > 0 && isAsked(month, day);
    },
  };
}

/** Days are compared as month times 100 plus day. */
function absoluteTest(query: URLSearchParams, isByMonth: boolean, instance: CampaignInstance): DayTest | null {
  const { birthdayWords: words, birthdayAcrossNewYear } = instance.assumptions;
  const operator = enumeratedParameter(query, 'operator', [words.equal, words.between], instance);
  const month = numberParameter(query, 'month');
  const day = isByMonth ? FIRST_DAY : numberParameter(query, 'day');
  if (month === null || day === null) return null;
  if (operator !== words.between) return (ofMonth, ofDay) => ofMonth === month && (isByMonth || ofDay === day);

  const endMonth = numberParameter(query, 'endMonth');
  const endDay = isByMonth ? LAST_DAY : numberParameter(query, 'endDay');
  if (endMonth === null || endDay === null) return null;
  const from = month * 100 + day;
  const to = endMonth * 100 + endDay;
  const isFrom = (code: number): boolean => code > from || (code === from && query.get('includeStart') !== 'false');
  const isTo = (code: number): boolean => code < to || (code === to && query.get('includeEnd') !== 'false');
  const wraps = from > to && birthdayAcrossNewYear === 'wraps';
  return (ofMonth, ofDay) => {
    const code = ofMonth * 100 + ofDay;
    return wraps ? isFrom(code) || isTo(code) : isFrom(code) && isTo(code);
  };
}

/** The current day or month, or so many days or months after or before it. */
function relativeTest(query: URLSearchParams, isByMonth: boolean, instance: CampaignInstance): DayTest | null {
  const { birthdayWords: words } = instance.assumptions;
  const relative = enumeratedParameter(query, 'relativeValue', [words.current, words.next, words.previous], instance);
  const isNext = relative === words.next;
  if (relative === words.current) return unitsTest([0], isByMonth, instance);
  if (!isNext && relative !== words.previous) return null;
  const units = numberParameter(query, isNext ? 'nextUnitsValue' : 'previousUnitsValue');
  if (units === null) return null;
  // A year holds all there is.
  const offsets = Array.from({ length: Math.min(units, 366) }, (_, index) => (isNext ? index + 1 : -index - 1));
  return unitsTest(offsets, isByMonth, instance);
}

function unitsTest(offsets: readonly number[], isByMonth: boolean, { clock }: CampaignInstance): DayTest {
  const now = clock.now();
  if (isByMonth) {
    const monthAt = (offset: number): number => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).getUTCMonth() + 1;
    const months = new Set(offsets.map(monthAt));
    return (month) => months.has(month);
  }
  const days = new Set(offsets.map((offset) => new Date(now.getTime() + offset * DAY_MS).toISOString().slice(5, 10)));
  return (month, day) => days.has(`${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

export const BIRTHDAY_FILTER: Filter = builtIn('birthday', 'Birthday', PARAMETERS, birthday, {
  category: '0150_profile',
  isVolatile: true,
  formType: 'webPage',
});
