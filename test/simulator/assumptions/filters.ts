import { oneOf, such } from './choice';

/** What filters find. */
export const FILTERS_CHOICES = {
  /** byText: the searching page says prefix only, the filtering page says containing. Both are Adobe's. */
  byTextRule: oneOf('prefix', 'contains'),
  /** byEmail compares exactly, or ignores case. Exact is inferred from its use as a lookup. */
  byEmailMatch: oneOf('exact', 'caseInsensitive'),
  /**
   * A filter whose parameter is missing or empty. Filter conditions apply only while their `enabledIf` holds
   * (Adobe: Filtering), from which it is inferred that the condition disappears and everything matches.
   */
  emptyFilterParameter: oneOf('matchesAll', 'matchesNothing', 'error'),
  /** filterType of a custom field: Adobe's sample drops the `cus` prefix (cusHobby is searched with filterType=Hobby). */
  customFilterTypeName: oneOf('withoutPrefix', 'either'),
  /** A segment that is neither filter nor key, on v8: inferred to be an unsupported endpoint, could be the generic 500. */
  v8UnknownFilter: oneOf('unsupportedEndpoint', 'generic'),
  /** HTTP status of ACS when a segment read as a key does not convert to a number; the text was seen, the status was not. */
  acsUnknownFilterStatus: such<number>(500, 404),
  /** A value that a filter's parameter does not know, for example byChannel?channel=fax. Unknown. */
  unknownFilterValue: oneOf('error', 'matchesNothing'),
  /** A filter parameter that takes a PKey gets one of nothing, or of another resource. Unknown; inferred from keys in bodies. */
  filterKeyOfNothing: oneOf('refused', 'matchesNothing'),
  /** What the birthday filter calls its choices. Adobe lists the parameters, not their values. */
  birthdayWords: such<
    Readonly<Record<'absolute' | 'relative' | 'day' | 'month' | 'equal' | 'between' | 'current' | 'next' | 'previous', string>>
  >(
    {
      absolute: 'absolute',
      relative: 'relative',
      day: 'day',
      month: 'month',
      equal: 'equal',
      between: 'between',
      current: 'current',
      next: 'next',
      previous: 'previous',
    },
    { absolute: '0', relative: '1', day: '0', month: '1', equal: '0', between: '1', current: '0', next: '1', previous: '2' },
  ),
  /** A birthday filter between a day late in the year and one early in it: around New Year, or nothing. Unknown. */
  birthdayAcrossNewYear: oneOf('wraps', 'matchesNothing'),
  /** byText on services: Adobe names the attributes (name or label), not the comparison. */
  serviceByTextRule: oneOf('prefix', 'contains'),
  /** byPlanning: services that start between the dates, or that run at some time between them. Only the parameters are documented. */
  byPlanningRule: oneOf('startsWithin', 'overlaps'),
  /** Whether lists of services show templates. Unknown; a client has to tell them by isTemplate. */
  serviceTemplates: oneOf('listed', 'hidden'),
} as const;
