import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError, isDoubt, restated } from '../error';
import type { CampaignInstance } from '../instance';
import type { Patience, Polling } from './pollUntil';
import { isObject, type CampaignRecord } from '../records';
import { notFound } from '../refusals';
import { parseKey, recordUrl } from '../urls';

/** One activity of a workflow, by the name that Campaign gives it in the workflow. */
export interface Activity {
  readonly name: string;
  /** Address to send a signal to; only external signals have one. */
  readonly trigger?: string;
  /** What else Campaign says about it; Campaign Standard lists the parameters of a signal. */
  readonly attributes: IDataObject;
}

/** A workflow as `GET /workflow/execution/<id>` shows it (Adobe: "Triggering a signal activity"). */
export interface Workflow {
  /** The internal ID, e.g. `WKF42`. */
  readonly id: string;
  /** `started`, `stopped` …; undefined where Campaign does not say. */
  readonly state?: string;
  readonly activities: readonly Activity[];
  readonly record: CampaignRecord;
}

/** What a workflow can be told (Adobe: "Controlling a workflow"). */
export type WorkflowCommand = 'start' | 'pause' | 'resume' | 'stop';

type PlannedCommand = 'wouldStart' | 'wouldPause' | 'wouldResume' | 'wouldStop';

/** What is known of a workflow after a command. */
export interface CommandResult {
  /** Where Campaign refused the command because it was so already; and in a preview. */
  readonly outcome?: 'unchanged' | PlannedCommand;
  /** Known where it was waited for or had to be looked up. */
  readonly state?: string;
}

const TARGETS: Readonly<Record<WorkflowCommand, string>> = { start: 'started', pause: 'paused', resume: 'started', stop: 'stopped' };

/** What 'Workflow ID' takes, for a value that cannot be one. */
export const WORKFLOW_ID_ADVICE = "It is the workflow's ID in its properties, e.g. WKF42.";

/**
 * Checks the internal ID of a workflow.
 *
 * @throws CampaignError `invalidInput`
 */
export function parseWorkflowId(value: unknown): string {
  return parseKey(value, 'Workflow ID', WORKFLOW_ID_ADVICE);
}

/** GET of one workflow. */
export async function findWorkflow(client: CampaignClient, id: string): Promise<Workflow> {
  const record = await client.find(workflowUrl(client.instance, id), `workflow with ID '${id}'`);
  if (!record) throw workflowNotFound(id);
  return { id, state: typeof record.state === 'string' ? record.state : undefined, activities: parseActivities(record), record };
}

/**
 * POST of a command, which Campaign carries out in its own time. When its answer gets lost, the workflow's state tells
 * whether it was carried out; when Campaign refuses it, whether the workflow is there already.
 *
 * @param patience how long to wait for the state that the command leads to; undefined not to wait
 * @throws CampaignError `deadlinePassed` with the state known so far; `outcomeUnknown` when the answer got lost and the state is another one
 */
export async function commandWorkflow(
  client: CampaignClient,
  polling: Polling,
  { id, command }: { readonly id: string; readonly command: WorkflowCommand },
  patience: Patience | undefined,
): Promise<CommandResult> {
  const target = TARGETS[command];
  if (client.preview) return await planCommand(client, id, command);
  const answered = await sendCommand(client, id, command);
  if (answered instanceof Refusal) {
    const { state } = await findWorkflow(client, id).catch(() => ({ state: undefined }));
    if (state === target) return { outcome: 'unchanged', state };
    throw refusedIn(state, answered.error, id, command);
  }
  const doubt = answered;
  if (!patience && !doubt) return {};

  const look = async (): Promise<string | undefined> => await lookUpState(client, id, command, doubt);
  const { value: state, isReached } = await polling.until(patience ?? AT_ONCE, look, (found) => found === target);
  if (isReached) return { state };
  throw doubt ? stillInDoubt(doubt, id, command, state) : notReached(id, command, state, patience ?? AT_ONCE);
}

const PLANNED: Readonly<Record<WorkflowCommand, PlannedCommand>> = {
  start: 'wouldStart',
  pause: 'wouldPause',
  resume: 'wouldResume',
  stop: 'wouldStop',
};

/** What a preview says: which state the workflow is in, and whether there is anything to do. */
async function planCommand(client: CampaignClient, id: string, command: WorkflowCommand): Promise<CommandResult> {
  const { state } = await findWorkflow(client, id);
  return { outcome: state === TARGETS[command] ? 'unchanged' : PLANNED[command], state };
}

const AT_ONCE: Patience = { deadlineMilliseconds: 0, intervalMilliseconds: 0 };

/** Campaign said no to a command. */
class Refusal {
  constructor(readonly error: CampaignError) {}
}

/** @returns the doubt that a lost answer leaves, or a refusal, if there is any */
async function sendCommand(client: CampaignClient, id: string, command: WorkflowCommand): Promise<CampaignError | Refusal | undefined> {
  const url = `${workflowUrl(client.instance, id)}/commands`;
  return await client.command(url, { method: command }, `workflow with ID '${id}'`).then(
    (said) => (said === undefined ? undefined : unclearAnswer(command, said)),
    (error: unknown) => {
      if (isDoubt(error)) return error;
      if (!(error instanceof CampaignError)) throw error;
      if (error.details.reason === 'rejected') return new Refusal(error);
      throw error.details.reason === 'notFound' ? workflowNotFound(id) : error;
    },
  );
}

async function lookUpState(
  client: CampaignClient,
  id: string,
  command: WorkflowCommand,
  doubt: CampaignError | undefined,
): Promise<string | undefined> {
  const { state } = await findWorkflow(client, id).catch((error: unknown) => {
    if (!(error instanceof CampaignError)) throw error;
    throw doubt ? stillInDoubt(doubt, id, command, undefined) : stateNotRead(error, id, command);
  });
  return state;
}

function parseActivities({ activities }: CampaignRecord): Activity[] {
  const listed: unknown = isObject(activities) ? activities.activity : activities;
  return namedEntries(listed).map(([name, content]) => {
    const { trigger, ...attributes } = isObject(content) ? content : {};
    return { name, trigger: isObject(trigger) && typeof trigger.href === 'string' ? trigger.href : undefined, attributes };
  });
}

/** By name, or as a list of what has a name: both are ways to print one and the same. */
function namedEntries(listed: unknown): Array<[string, unknown]> {
  if (!Array.isArray(listed)) return Object.entries(isObject(listed) ? listed : {});
  return (listed as unknown[]).flatMap((entry) => (isObject(entry) && typeof entry.name === 'string' ? [[entry.name, entry]] : []));
}

function workflowUrl(instance: CampaignInstance, id: string): string {
  return recordUrl(instance, 'workflow', 'execution', id);
}

function workflowNotFound(id: string): CampaignError {
  return restated(notFound(`workflow with ID '${id}'`, 404), {
    description: "Check 'Workflow ID': it is the ID in the workflow's properties in Campaign, e.g. WKF42, and not its label.",
  });
}

function refusedIn(state: string | undefined, error: CampaignError, id: string, command: WorkflowCommand): CampaignError {
  const where = state === undefined ? 'The workflow may be in a state' : `Workflow '${id}' is '${state}', a state`;
  return restated(error, {
    description: `${where} in which Campaign does not take '${command}': look with Get.`,
    facts: state === undefined ? {} : { state },
  });
}

function stateNotRead(trouble: CampaignError, id: string, command: WorkflowCommand): CampaignError {
  return new CampaignError(
    {
      ...trouble.details,
      reason: 'outcomeUnknown',
      everyItem: false,
      message: `Campaign accepted '${command}', but the state of workflow '${id}' could not be read: ${trouble.details.message}`,
      description: `Look at the workflow before sending '${command}' again. ${trouble.details.description}`,
      facts: { id, command },
    },
    trouble,
  );
}

function unclearAnswer(command: WorkflowCommand, said: string): CampaignError {
  return new CampaignError({
    reason: 'outcomeUnknown',
    message: `Campaign answered '${command}' with text that says neither yes nor no: ${said.slice(0, 200)}`,
    description: '',
  });
}

function stillInDoubt(doubt: CampaignError, id: string, command: WorkflowCommand, state: string | undefined): CampaignError {
  const known = state === undefined ? 'Its state could not be read.' : `Its state is '${state}' now.`;
  return restated(doubt, { description: `${known} Look at workflow '${id}' before sending '${command}' again.`, facts: { id, state } });
}

function notReached(id: string, command: WorkflowCommand, state: string | undefined, { deadlineMilliseconds }: Patience): CampaignError {
  return new CampaignError({
    reason: 'deadlinePassed',
    message: `Workflow '${id}' is not '${TARGETS[command]}' after ${deadlineMilliseconds / 1000} seconds, but ${state === undefined ? 'in a state that Campaign does not tell' : `'${state}'`}`,
    description: `Campaign accepted '${command}' and may still carry it out: look with Get, or raise 'Deadline' under 'Options'.`,
    facts: { id, command, state },
  });
}
