import { empty, json, type Answer } from '../../answers';
import { refuse, type ProblemSubject } from '../errors';
import { absoluteHref, type CampaignInstance } from '../instance';
import { endpointOf, type ApiCall, type OtherApi } from '../otherApi';
import { parseBody } from '../records/write';
import { triggerSignal } from './signal';
import type { Activity, SimulatedWorkflow, WorkflowCommand } from './table';

const SUBJECT: ProblemSubject = { name: 'workflow', documentName: 'Workflow', schemaLabel: 'Workflows', schema: 'xtk:workflow' };
const COMMANDS: readonly WorkflowCommand[] = ['start', 'pause', 'resume', 'stop'];

/** `workflow/execution/<id>`: its state, its commands and its signals. Adobe: Controlling a workflow. */
export const workflowApi: OtherApi = {
  isNamed: (segment) => segment === 'workflow',
  answer(call, instance) {
    const [execution, id = '', ...rest] = call.segments;
    if (execution !== 'execution' || id === '') return unsupported(call);
    const workflow = locate(id, call, instance);
    if (rest.length === 0 && call.method === 'GET') return json(200, render(workflow, instance));
    if (rest.join('/') === 'commands' && call.method === 'POST') return command(call, workflow, instance);
    const [activities, collection, key = '', trigger] = rest;
    if (activities === 'activities' && collection === 'activity' && trigger === 'trigger' && rest.length === 4) {
      return triggerSignal(call, workflow, locateActivity(key, call, workflow, instance), instance);
    }
    return unsupported(call);
  },
};

function render(workflow: SimulatedWorkflow, instance: CampaignInstance): object {
  return {
    PKey: instance.keys.mint('workflow', workflow.id, 'record', 112),
    activities: {
      activity: Object.fromEntries(workflow.activities.map((activity) => [activity.name, renderActivity(activity, workflow, instance)])),
    },
    href: absoluteHref(instance, `workflow/execution/${workflow.name}`),
    internalName: workflow.name,
    label: workflow.label,
    state: workflow.shownState,
  };
}

function renderActivity({ id, name, signal }: Activity, workflow: SimulatedWorkflow, instance: CampaignInstance): object {
  if (signal === null) return { label: name };
  const keys = [instance.keys.mint('workflow', workflow.id, 'link', 112), instance.keys.mint('activity', id, 'link', 112)] as const;
  return {
    label: name,
    // Adobe: Recommendations & limitations: Campaign Standard lists what the signal declares, v8 does not.
    ...(instance.dialect === 'acs' ? { parameters: signal.parameters } : {}),
    trigger: { href: absoluteHref(instance, `workflow/execution/${keys[0]}/activities/activity/${keys[1]}/trigger/`) },
  };
}

function command(call: ApiCall, workflow: SimulatedWorkflow, instance: CampaignInstance): Answer {
  const { method } = parseBody(call.body);
  const known = COMMANDS.find((candidate) => candidate === method);
  if (known === undefined) return refuse({ kind: 'generic' });
  const isFitting = workflow.command(known);
  if (!isFitting && instance.assumptions.unfittingCommand === 'refused') return refuse({ kind: 'generic' });
  instance.writes.note(call.method, 'workflow', workflow.id, call.body);
  return instance.assumptions.acceptedAnswer === 'emptyObject' ? json(200, {}) : empty(200);
}

/** By internal ID, or by a key: the trigger addresses have keys in them. */
function locate(id: string, call: ApiCall, instance: CampaignInstance): SimulatedWorkflow {
  const target = id.startsWith('@') ? instance.keys.open(id) : null;
  if (id.startsWith('@') && target?.type !== 'workflow')
    refuse({ kind: 'undecryptableKey', key: id, place: 'uri', endpoint: endpointOf(call), subject: SUBJECT });
  const workflow = target === null ? instance.workflows.find(id) : instance.workflows.get(target.id);
  if (workflow !== undefined) return workflow;
  return instance.assumptions.unknownWorkflow === 'notFound'
    ? refuse({ kind: 'unknownRawKey', key: id, place: 'uri', subject: SUBJECT })
    : refuse({ kind: 'generic' });
}

function locateActivity(key: string, call: ApiCall, workflow: SimulatedWorkflow, { keys }: CampaignInstance): Activity {
  const target = keys.open(key);
  const activity = workflow.activities.find(({ id }) => target?.type === 'activity' && target.id === id);
  return activity ?? refuse({ kind: 'undecryptableKey', key, place: 'uri', endpoint: endpointOf(call), subject: SUBJECT });
}

function unsupported(call: ApiCall): never {
  return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
}
