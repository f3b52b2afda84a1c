import type { IDataObject } from 'n8n-workflow';

import type { Clock } from '../../transport/clock';
import type { CampaignClient } from '../client';
import { CampaignError, invalidInput, restated } from '../error';
import type { CampaignInstance } from '../instance';
import { followableUrl, parseKey, pathBelow } from '../urls';
import { declaredForm, typesAdvice, type SignalActivity } from './signalParameters';
import { findWorkflow, type Activity, type Workflow } from './workflows';

/** A signal for one activity of a workflow. */
export interface Signal {
  readonly workflowId: string;
  readonly activity: string;
  /** Where the signal comes from, in the user's words; Campaign requires it. */
  readonly source: string;
  readonly parameters: IDataObject;
  /** IANA name of the time zone for dates that name none: the workflow's. */
  readonly zone: string;
}

/** What becomes of a signal that is not sent. */
export interface PlannedSignal {
  /** When Campaign would take it, in ms since 1970. */
  readonly at: number;
  readonly parameters: IDataObject;
}

/** Adobe: "Triggering a signal activity": the whole payload, and the time between two triggers of one activity. */
const LARGEST_PAYLOAD_BYTES = 64 * 1024;
export const SIGNAL_SPACING_MS = 10 * 60_000;

/**
 * When Campaign last accepted a signal of this n8n process. Only Campaign knows of everybody's signals, and it tells no
 * time; the memory of a workflow (n8n's static data) is not kept in manual runs and blind to other workflows. So this
 * spares requests that are bound to fail, and names a time; what is unknown here, after a restart or with several n8n
 * processes, Campaign refuses itself.
 */
export class SignalMemory {
  private readonly earliest = new Map<string, number>();

  /** ms since 1970 at which the activity may be triggered again; undefined when nothing is known to forbid it now. */
  nextTrigger(activity: string, now: number): number | undefined {
    const time = this.earliest.get(activity);
    return time !== undefined && time > now ? time : undefined;
  }

  /**
   * @param now when Campaign answered, which is no earlier than when it took the signal
   * @returns when the activity may be triggered again
   */
  remember(activity: string, now: number): number {
    for (const [key, time] of this.earliest) if (time <= now) this.earliest.delete(key);
    this.earliest.set(activity, now + SIGNAL_SPACING_MS);
    return now + SIGNAL_SPACING_MS;
  }
}

const memory = new SignalMemory();

/**
 * Checks the name of an activity.
 *
 * @throws CampaignError `invalidInput`
 */
export function parseActivity(value: unknown): string {
  return parseKey(value, 'Activity', "It is the signal activity's name inside the workflow, e.g. signal1.");
}

/** What signals for one and the same activity have in common. */
export function signalKey({ baseUrl, organization }: CampaignInstance, { workflowId, activity }: Signal): string {
  return [baseUrl, organization, workflowId, activity].join(' ');
}

export interface SignalTiming {
  readonly clock: Clock;
  /** Whether to wait until Campaign takes another signal; then up to ten minutes pass. */
  readonly whenTooSoon: 'fail' | 'wait';
  readonly known?: SignalMemory;
}

/**
 * Triggers a signal (Adobe: "Triggering a signal activity"). The workflow is looked at first: the address to send to is
 * one that Campaign gives out, and only a running workflow takes signals.
 *
 * @returns when the activity may be triggered again, in ms since 1970
 * @throws CampaignError `invalidInput`, `notRunning`, `tooSoon`, `outcomeUnknown` …
 */
export async function sendSignal(
  client: CampaignClient,
  signal: Signal,
  { clock, whenTooSoon, known = memory }: SignalTiming,
): Promise<number> {
  bodyOf(signal);
  const key = signalKey(client.instance, signal);
  for (let attempt = 1; ; attempt += 1) {
    const expected = known.nextTrigger(key, clock.now());
    if (expected !== undefined && whenTooSoon === 'fail') throw tooSoon(signal, expected);
    if (expected !== undefined) await clock.wait(expected - clock.now());

    const activity = signalIn(await findWorkflow(client, signal.workflowId), signal.activity);
    const typed = { ...signal, parameters: declaredForm(signal, activity) };
    const refused = await client
      .command(triggerUrl(client.instance, typed, activity), bodyOf(typed), subjectOf(signal), Object.keys(signal.parameters))
      .catch((error: unknown) => explainForSignals(error, typed));
    if (refused === undefined) return known.remember(key, clock.now());

    // Somebody else has triggered the activity, some time in the last ten minutes.
    const latest = clock.now() + SIGNAL_SPACING_MS;
    if (whenTooSoon === 'fail' || attempt > 1) throw tooSoon(signal, latest, refused);
    await clock.wait(SIGNAL_SPACING_MS);
  }
}

/**
 * All checks of `sendSignal`, and no signal.
 *
 * @throws CampaignError `invalidInput`, `notRunning`, `tooSoon` …
 */
export async function planSignal(
  client: CampaignClient,
  signal: Signal,
  { clock, whenTooSoon, known = memory }: SignalTiming,
): Promise<PlannedSignal> {
  bodyOf(signal);
  const key = signalKey(client.instance, signal);
  const isPlanned = client.preview?.wouldBeThere(key, false) ?? false;
  const expected = isPlanned ? clock.now() + SIGNAL_SPACING_MS : known.nextTrigger(key, clock.now());
  if (expected !== undefined && whenTooSoon === 'fail') throw tooSoon(signal, expected);
  const activity = signalIn(await findWorkflow(client, signal.workflowId), signal.activity);
  triggerUrl(client.instance, signal, activity);
  const parameters = declaredForm(signal, activity);
  client.preview?.planPresence(key, true);
  return { at: expected ?? clock.now(), parameters };
}

function bodyOf({ source, parameters }: Signal): IDataObject {
  const body: IDataObject = { source, parameters };
  checkSize(body);
  return body;
}

function checkSize(body: IDataObject): void {
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes <= LARGEST_PAYLOAD_BYTES) return;
  throw invalidInput(
    `The signal has ${Math.ceil(bytes / 1024)} KB, and Campaign takes 64 KB at the most`,
    "Send less in 'Parameters': a file or a query that the workflow reads itself suits large data.",
  );
}

/** @throws CampaignError when the workflow does not run, or has no such signal */
function signalIn(workflow: Workflow, name: string): SignalActivity {
  if (workflow.state !== undefined && workflow.state !== 'started') throw notRunning(workflow, workflow.state);
  const activity = workflow.activities.find((candidate) => candidate.name === name);
  if (activity?.trigger === undefined) throw noSuchSignal(workflow, name, activity);
  return { ...activity, trigger: activity.trigger };
}

/** @throws CampaignError when the address leads anywhere else */
function triggerUrl(instance: CampaignInstance, { workflowId }: Signal, { trigger }: SignalActivity): string {
  const url = followableUrl(instance, trigger, 'The address for the signal');
  // It leads to this organization; a POST to anything but a trigger would do something else there.
  if (!/^workflow\/.+\/trigger\/?$/.test(pathBelow(instance, url))) throw strangeTrigger(workflowId);
  return url.href;
}

function subjectOf({ workflowId, activity }: Signal): string {
  return `signal '${activity}' in workflow '${workflowId}'`;
}

function explainForSignals(error: unknown, { parameters }: Signal): never {
  if (!(error instanceof CampaignError)) throw error;
  if (error.details.reason === 'rejected' && Object.keys(parameters).length > 0)
    throw restated(error, { description: `${error.description} ${typesAdvice(parameters)}` });
  if (error.details.reason !== 'outcomeUnknown') throw error;
  throw restated(error, {
    description:
      "Look in the workflow's log in Campaign whether the signal arrived. If it did, Campaign takes no other one for ten minutes.",
  });
}

function noSuchSignal({ id, activities }: Workflow, name: string, activity: Activity | undefined): CampaignError {
  const signals = activities.filter(({ trigger }) => trigger !== undefined).map((candidate) => candidate.name);
  return new CampaignError({
    reason: 'notFound',
    message: activity ? `Activity '${name}' of workflow '${id}' is not a signal` : `Workflow '${id}' has no activity '${name}'`,
    description: signals.length > 0 ? `Its signals are: ${signals.join(', ')}.` : 'It has no external signal activity.',
  });
}

function notRunning({ id }: Workflow, state: string): CampaignError {
  return new CampaignError({
    reason: 'notRunning',
    message: `Workflow '${id}' takes no signals, because it is '${state}'`,
    description: "Nothing was sent. Start the workflow first, with 'Wait Until Reached' under 'Options'.",
    facts: { state },
  });
}

function strangeTrigger(id: string): CampaignError {
  return new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign's address for the signal of workflow '${id}' is not one for signals`,
    description: "Nothing was sent. Something between n8n and Adobe may be answering in Campaign's place.",
  });
}

/** @param answer Campaign's own words, where it was asked */
function tooSoon(signal: Signal, next: number, answer?: string): CampaignError {
  const nextTrigger = new Date(next).toISOString();
  const said = answer === undefined ? '' : ` Campaign answered: ${answer.slice(0, 200)}`;
  return new CampaignError({
    reason: 'tooSoon',
    message: `Campaign takes another ${subjectOf(signal)} at ${nextTrigger}${answer === undefined ? '' : ' at the latest'}`,
    description: `Ten minutes have to pass between two signals for one activity. Send it again then, or set 'When Too Soon' under 'Options' to 'Wait'.${said}`,
    facts: { nextTrigger, ...(answer === undefined ? {} : { answer: answer.slice(0, 200) }) },
  });
}
