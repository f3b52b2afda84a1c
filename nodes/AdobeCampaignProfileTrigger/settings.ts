import type { TimeField } from './changes/version';
import { invalidInput } from '../shared/campaign/error';
import { isObject, type CampaignRecord } from '../shared/campaign/records';
import type { ApiName } from '../shared/campaign/urls';
import { convertValue, instant, isEmpty } from '../shared/campaign/fields/values';
import { DEFAULT_TIMEOUT_SECONDS } from '../shared/execution/openClient';
import type { StepParameters } from '../shared/execution/stepParameters';
import { readApi } from '../shared/ui/apiProperty';
import { readCount, readPageSize } from '../shared/ui/options/limit';
import { readOutput, type OutputShape } from '../shared/ui/record/output';
import { profileOutput } from '../shared/ui/profile/profileOutput';
import { DEFAULT_LIMIT, DEFAULT_OVERLAP_SECONDS } from './properties';

/** A custom filter for profiles that changed at or after a time. */
export interface SinceFilter {
  readonly name: string;
  readonly parameter: string;
}

/** What somebody set in the trigger, filters aside. */
export interface TriggerSettings {
  readonly api: ApiName;
  readonly timeField: TimeField;
  readonly accepts: (record: CampaignRecord) => boolean;
  readonly shape: OutputShape;
  readonly limit: number;
  /** ms */
  readonly overlap: number;
  readonly pageSize: number;
  /** ms since 1970; undefined for "from now on" */
  readonly startDate?: number;
  readonly sinceFilter?: SinceFilter;
}

/**
 * Reads the trigger's parameters.
 *
 * @throws CampaignError `invalidInput`
 */
export function readSettings(parameters: StepParameters): TriggerSettings {
  const event = parameters.choice('event', 'Event', ['createdOrUpdated', 'created', 'updated']);
  const startDate = readStartDate(parameters.value('options.startDate', ''));
  const sinceFilter = readSinceFilter(parameters.value('options.sinceFilter', {}));
  if (sinceFilter && startDate === undefined) {
    throw invalidInput(
      "'Changed Since Filter' needs a 'Start Date'",
      "Without sorting, Campaign cannot be asked for the newest change: add the option 'Start Date'.",
    );
  }
  return {
    api: readApi(parameters),
    timeField: event === 'created' ? 'created' : 'lastModified',
    accepts: event === 'updated' ? isUpdated : () => true,
    shape: readOutput(parameters, profileOutput),
    limit: readCount(parameters.value('options.limitPerPoll', DEFAULT_LIMIT), 'Limit per Poll'),
    overlap: readSeconds(parameters.value('options.overlap', DEFAULT_OVERLAP_SECONDS), 'Overlap Window', 0) * 1000,
    pageSize: readPageSize(parameters, Infinity),
    startDate,
    sinceFilter,
  };
}

/** Reads the longest wait for one answer, in seconds. */
export function readTimeout(parameters: StepParameters): number {
  return readSeconds(parameters.value('options.timeout', DEFAULT_TIMEOUT_SECONDS), 'Timeout', 1);
}

/** Campaign gives a new profile one and the same time for both. */
function isUpdated({ created, lastModified }: CampaignRecord): boolean {
  const createdAt = instant(created);
  return Number.isNaN(createdAt) || instant(lastModified) > createdAt;
}

function readStartDate(value: unknown): number | undefined {
  if (isEmpty(value)) return undefined;
  const field = { name: 'startDate', label: 'Start Date', kind: 'datetime', readOnly: false, sortable: false, values: [] } as const;
  const conversion = convertValue(field, value);
  if ('value' in conversion) return instant(conversion.value);
  throw invalidInput(`'Start Date' is ${JSON.stringify(value)}`, `Enter ${conversion.wanted}.`);
}

function readSinceFilter(value: unknown): SinceFilter | undefined {
  const { filter } = isObject(value) ? value : {};
  if (!isObject(filter)) return undefined;
  const name = typeof filter.name === 'string' ? filter.name.trim() : '';
  const parameter = typeof filter.parameter === 'string' ? filter.parameter.trim() : '';
  if (name !== '' && parameter !== '') return { name, parameter };
  throw invalidInput("'Changed Since Filter' is not complete", 'Enter the name of the filter and of its parameter, or remove the option.');
}

function readSeconds(value: unknown, field: string, least: number): number {
  const seconds = isEmpty(value) ? NaN : Number(value);
  if (seconds >= least && Number.isFinite(seconds)) return seconds;
  throw invalidInput(`'${field}' is ${JSON.stringify(value)}`, `Enter a number of seconds of ${least} or more.`);
}
