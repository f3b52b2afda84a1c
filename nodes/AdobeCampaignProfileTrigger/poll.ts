import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { newestTime, nextChanges, startNow, type PollRules } from './changes/nextChanges';
import { packProgress, unpackProgress, type Progress } from './changes/progress';
import { notSorted, type Feed } from './changes/reading';
import { fingerprint } from './changes/version';
import type { CampaignClient } from '../shared/campaign/client';
import { CampaignError, invalidInput } from '../shared/campaign/error';
import { SAMPLE_PAGE } from '../shared/campaign/find/pageSizes';
import { readableFields, type Warn } from '../shared/campaign/fields/readableFields';
import { isObject, type CampaignRecord } from '../shared/campaign/records';
import { Deadline } from '../shared/transport/http/deadline';
import { Stint } from '../shared/transport/turns';
import { openClient } from '../shared/execution/openClient';
import { readTimeout } from '../shared/execution/runOptions';
import { PollParameters } from '../shared/execution/stepParameters';
import { readApi } from '../shared/ui/apiOption';
import { readProfileFilters } from '../shared/ui/profile/profileFilters';
import { checkSelectionOf } from '../shared/ui/record/output';
import { openFeed } from './feed';
import { Confirmation } from './handOver';
import { eventOf, readSettings, type TriggerSettings } from './settings';

/** What n8n itself allows a poll, for versions of n8n that do not say. */
const DEFAULT_BUDGET_MS = 5 * 60 * 1000;

/** A poll that has had less is not given up: what it has under way may still come to its end. */
const LEAST_BEFORE_GIVING_UP_MS = 10_000;

/** Steps that are polling. n8n starts the next poll whether or not the last one has ended: both would find the same. */
const busy = new Set<string>();

/**
 * One poll: the profiles that are new or changed, oldest change first. In the editor it is a recent one, as a sample.
 * What n8n stores for the step is touched last, when nothing can go wrong any more.
 *
 * @throws CampaignError
 */
export async function pollProfiles(context: IPollFunctions): Promise<IDataObject[]> {
  if (context.getMode() === 'manual') return [await sample(context)];
  // By name, as n8n stores the state of a step: a node that was copied as JSON has the ID of another one.
  const step = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
  if (busy.has(step)) return [];
  busy.add(step);
  const budget = budgetOf(context);
  // A poll ends by itself before its time is over; one that hangs is given up, or the step would never poll again.
  const longest = Math.max(budget, LEAST_BEFORE_GIVING_UP_MS);
  const end = AbortSignal.timeout(longest);
  try {
    return await new Deadline(end).until(pollOnce(context, { step, budget, end }));
  } catch (error) {
    throw end.aborted ? tookTooLong(longest) : error;
  } finally {
    busy.delete(step);
  }
}

/** Time that n8n gives a poll, in ms. */
function budgetOf(context: IPollFunctions): number {
  // Older versions of n8n have no such function.
  const scheduled: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>> = context;
  return Math.max(1, Math.floor(scheduled.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS));
}

function tookTooLong(milliseconds: number): CampaignError {
  return new CampaignError({
    reason: 'unavailable',
    message: `The poll was given up after ${Math.ceil(milliseconds / 1000)} seconds, which is as long as one may last`,
    description: "Nothing was handed over; the next poll begins at the same place. If this repeats, lower 'Timeout' or 'Page Size'.",
  });
}

/** One poll of one step. */
interface Poll {
  readonly step: string;
  /** ms */
  readonly budget: number;
  readonly end: AbortSignal;
}

async function pollOnce(context: IPollFunctions, { step, budget, end }: Poll): Promise<IDataObject[]> {
  const startedAt = performance.now();
  const { client, settings, open, warn } = await prepare(context, undefined, end);
  const rules: PollRules = { ...settings, timeSpent: () => (performance.now() - startedAt) / budget };
  const stored = context.getWorkflowStaticData('node');

  // Another instance, kind of time or start date is another story; other filters go on with this one.
  const origin = fingerprint(JSON.stringify([client.instance, settings.timeField, enteredStartDate(context)]));
  const confirmation = settings.repeatsUnfinished ? new Confirmation(step, origin) : undefined;
  const known = stored.origin === origin ? unpackProgress(confirmation ? confirmation.startOf(stored) : stored.progress) : undefined;
  const feed = await open(known?.floor.time ?? settings.startDate ?? 0);
  if (feed.isSorted && stored.list !== feed.list) await checkSortable(client, settings, warn);
  const progress = known ?? (await begin(feed, rules, settings));

  const isNew = known === undefined && settings.startDate === undefined;
  const result = isNew ? { progress, versions: [] } : await nextChanges(progress, feed, rules);
  const handled = Math.max(progress.floor.time, progress.seen.at(-1)?.time ?? -Infinity);
  const stint = new Stint();
  const profiles: IDataObject[] = [];
  for (const { record } of result.versions) {
    await stint.stepOrYield(end);
    profiles.push(describeChange(record, settings, handled));
  }
  // Nobody waits any more: what is found now, the next poll finds as well.
  end.throwIfAborted();
  const state = { origin, list: feed.list, progress: packProgress(result.progress) };
  if (confirmation) return handOverConfirmed(context, { confirmation, state, profiles, before: packProgress(progress) as IDataObject });
  Object.assign(stored, state);
  delete stored.unconfirmed;
  return profiles;
}

/** What a poll hands over of which it wants to know what becomes of it. */
interface Confirmed {
  readonly confirmation: Confirmation;
  readonly state: IDataObject;
  readonly profiles: readonly IDataObject[];
  readonly before: IDataObject;
}

/** Starts the execution from here, because n8n tells its end to nobody who returns the items. */
function handOverConfirmed(context: IPollFunctions, { confirmation, state, profiles, before }: Confirmed): IDataObject[] {
  const stored = context.getWorkflowStaticData('node');
  const previous = { ...stored };
  const handOver = profiles.length > 0 ? confirmation.begin(before) : undefined;
  Object.assign(stored, state);
  delete stored.unconfirmed;
  const { pending } = confirmation;
  if (pending) stored.unconfirmed = pending;
  let isHandedOver = false;
  try {
    confirmation.keep();
    if (handOver) confirmation.start(context, profiles, handOver);
    isHandedOver = true;
  } finally {
    if (!isHandedOver) {
      if (handOver) handOver.state = 'ended';
      confirmation.keep();
      delete stored.unconfirmed;
      Object.assign(stored, previous);
    }
  }
  return [];
}

/** As it stands in the workflow: `{{ $now.minus(…) }}` is another time in every poll, but the same wish. */
function enteredStartDate(context: IPollFunctions): unknown {
  const options: unknown = context.getNode().parameters.options;
  return isObject(options) ? options.startDate : undefined;
}

/** What the workflow gets: the event first, because workflows branch on it. */
function describeChange(record: CampaignRecord, { event, shape }: TriggerSettings, handled?: number): IDataObject {
  return { event: eventOf(record, event, handled), ...shape(record) };
}

/** A recent profile that would have started the workflow, or at least a recent one. */
async function sample(context: IPollFunctions): Promise<IDataObject> {
  const { settings, open } = await prepare(context, SAMPLE_PAGE);
  const feed = await open(settings.startDate ?? 0);
  for await (const { content } of feed.pages(undefined, 0)) {
    const record = content.find(settings.accepts) ?? content[0];
    if (record) return describeChange(record, settings);
  }
  throw new CampaignError({
    reason: 'notFound',
    message: 'There is no profile to show',
    description: 'No profile matches the filters yet. The workflow can be activated all the same: it starts when one does.',
  });
}

interface Prepared {
  readonly client: CampaignClient;
  readonly settings: TriggerSettings;
  readonly open: (floor: number) => Promise<Feed>;
  readonly warn: Warn;
}

async function prepare(context: IPollFunctions, pageSize?: number, end?: AbortSignal): Promise<Prepared> {
  const parameters = new PollParameters(context);
  const client = await openClient(context, { timeoutSeconds: readTimeout(parameters), signal: end });
  const read = readSettings(parameters, await readApi(client, parameters));
  const settings = pageSize === undefined ? read : { ...read, pageSize };
  const given = readProfileFilters(parameters, client.instance, settings.api);
  const warn: Warn = (sentence, name) => context.logger.warn(`${sentence}: ${name}`);
  await checkSelectionOf(parameters, async () => await readableFields(client, settings.api, 'profile', warn));
  return { client, settings, warn, open: async (floor) => await openFeed(client, settings, { given, floor }, warn) };
}

async function checkSortable(client: CampaignClient, { api, timeField }: TriggerSettings, warn: Warn): Promise<void> {
  const fields = await readableFields(client, api, 'profile', warn);
  if (fields && !fields.get(timeField)?.sortable) throw notSorted(timeField);
}

/** From now on means: from the newest time in Campaign on, which is the only clock that counts. */
async function begin(feed: Feed, rules: PollRules, { startDate }: TriggerSettings): Promise<Progress> {
  if (startDate === undefined) return await startNow(feed, rules);
  if (startDate > Date.now() && !(await isReached(startDate, feed, rules))) {
    throw invalidInput(
      "'Start Date' is in the future",
      "Enter a time that has passed, or remove 'Start Date': then the workflow starts for what changes from now on.",
    );
  }
  return { floor: { time: startDate, fingerprint: '' }, seen: [] };
}

/** The clock of this machine may be slow. */
async function isReached(time: number, feed: Feed, rules: PollRules): Promise<boolean> {
  const newest = feed.isSorted ? await newestTime(feed, rules) : undefined;
  return newest !== undefined && newest >= time;
}
