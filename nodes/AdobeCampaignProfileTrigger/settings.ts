import type { TimeField } from './changes/version';
import { invalidInput } from '../shared/campaign/error';
import type { CampaignRecord } from '../shared/campaign/records';
import type { ApiName } from '../shared/campaign/urls';
import { instant } from '../shared/campaign/fields/values';
import type { StepParameters } from '../shared/execution/stepParameters';
import { readPageSize } from '../shared/ui/options/limit';
import { readOutput, type OutputShape } from '../shared/ui/record/output';
import { profileOutput } from '../shared/ui/profile/profileOutput';
import { DEFAULT_PROFILES_PER_POLL, DEFAULT_OVERLAP_SECONDS, HIGHEST_LIMIT, LONGEST_OVERLAP_SECONDS } from './properties';

/** A custom filter for profiles that changed at or after a time. */
export interface SinceFilter {
  readonly name: string;
  readonly parameter: string;
}

/** Campaign's two times of a new profile differ by a millisecond or two. */
const CREATION_MS = 100;

/** What starts the workflow. */
export type TriggerEvent = 'created' | 'updated' | 'createdOrUpdated';

/** What somebody set in the trigger, filters aside. */
export interface TriggerSettings {
  readonly event: TriggerEvent;
  readonly api: ApiName;
  readonly timeField: TimeField;
  readonly accepts: (record: CampaignRecord) => boolean;
  readonly shape: OutputShape;
  readonly limit: number;
  /** ms */
  readonly overlap: number;
  readonly pageSize: number;
  /** Whether what an execution had that has not ended comes again after a restart of n8n. */
  readonly repeatsUnfinished: boolean;
  /** ms since 1970; undefined for "from now on" */
  readonly startDate?: number;
  readonly sinceFilter?: SinceFilter;
}

/**
 * Reads the trigger's parameters.
 *
 * @param api which of Campaign's APIs to use
 * @throws CampaignError `invalidInput`
 */
export function readSettings(parameters: StepParameters, api: ApiName): TriggerSettings {
  const event = parameters.choice('event', 'Event', ['createdOrUpdated', 'created', 'updated']);
  const startDate = parameters.moment('options.startDate', 'Start Date')?.milliseconds;
  const sinceFilter = readSinceFilter(parameters);
  if (sinceFilter && startDate === undefined) {
    throw invalidInput(
      "'Changed Since Filter' needs a 'Start Date'",
      "Without sorting, Campaign cannot be asked for the newest change: add the option 'Start Date'.",
    );
  }
  return {
    event,
    api,
    timeField: event === 'created' ? 'created' : 'lastModified',
    accepts: event === 'updated' ? isUpdated : () => true,
    shape: readOutput(parameters, profileOutput),
    limit: parameters.count('options.limitPerPoll', 'Limit per Poll', DEFAULT_PROFILES_PER_POLL, { most: HIGHEST_LIMIT }),
    overlap:
      parameters.positiveNumber('options.overlap', 'Overlap Window', DEFAULT_OVERLAP_SECONDS, { least: 0, most: LONGEST_OVERLAP_SECONDS }) *
      1000,
    pageSize: readPageSize(parameters, Infinity),
    repeatsUnfinished: parameters.flag('options.repeatUnfinished', 'Repeat Unfinished'),
    startDate,
    sinceFilter,
  };
}

/**
 * Tells what has happened to a profile that is handed over. Where both events start the workflow, one that is new to the trigger was
 * created, be it changed since.
 *
 * @param handled what was handed over before is not later than this, in ms since 1970; undefined where that is not known
 */
export function eventOf(record: CampaignRecord, event: TriggerEvent, handled = Infinity): 'created' | 'updated' {
  if (event !== 'createdOrUpdated') return event;
  return instant(record.created) - CREATION_MS > handled || !isUpdated(record) ? 'created' : 'updated';
}

/** Campaign gives a new profile one and the same time for both. */
function isUpdated({ created, lastModified }: CampaignRecord): boolean {
  const createdAt = instant(created);
  return Number.isNaN(createdAt) || instant(lastModified) > createdAt;
}

function readSinceFilter(parameters: StepParameters): SinceFilter | undefined {
  const [filter] = parameters.rows('options.sinceFilter', 'Changed Since Filter');
  if (!filter) return undefined;
  const name = filter.text('name', 'Filter Name or ID');
  const parameter = filter.text('parameter', 'Parameter');
  if (name !== '' && parameter !== '') return { name, parameter };
  throw invalidInput("'Changed Since Filter' is not complete", 'Enter the name of the filter and of its parameter, or remove the option.');
}
