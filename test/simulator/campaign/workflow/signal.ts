import { empty, json, text, type Answer } from '../../answers';
import { CampaignProblem, refuse } from '../errors';
import type { CampaignInstance } from '../instance';
import { isJsonObject, parseBody } from '../records/write';
import type { ApiCall } from '../otherApi';
import type { Activity, ParameterType, SimulatedWorkflow } from './table';

/** Adobe: Triggering a signal activity: 64 KB, and ten minutes between two triggers of an activity. */
const PAYLOAD_LIMIT_BYTES = 64 * 1024;
export const SIGNAL_SPACING_MS = 10 * 60_000;

const DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

const IS_OF_TYPE: Readonly<Record<ParameterType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  datetime: (value) => typeof value === 'string' && DATE_TIME.test(value),
};

/** Answers POST on the trigger address of an activity. */
export function triggerSignal(call: ApiCall, workflow: SimulatedWorkflow, activity: Activity, instance: CampaignInstance): Answer {
  const { signal } = activity;
  if (signal === null || call.method !== 'POST') return refuse({ kind: 'generic' });
  const { assumptions, clock } = instance;
  if (Buffer.byteLength(call.body) > PAYLOAD_LIMIT_BYTES) return refuse({ kind: 'generic' });
  const { source, parameters = {} } = parseBody(call.body);
  if (typeof source !== 'string' || source === '' || !isJsonObject(parameters)) return refuse({ kind: 'generic' });
  if (workflow.state !== 'started') return refuse({ kind: 'generic' });

  const last = signal.taken.at(-1);
  if (last !== undefined && clock.milliseconds() < last.at.getTime() + SIGNAL_SPACING_MS) {
    return text(assumptions.earlySignalStatus, assumptions.earlySignalText);
  }
  for (const [name, value] of Object.entries(parameters)) {
    const type = signal.parameters[name];
    if (type === undefined) return undeclared(name, assumptions.signalErrorStatus);
    if (!IS_OF_TYPE[type](value)) throw new CampaignProblem({ kind: 'wrongType', value: String(value), from: typeof value, to: type });
  }
  signal.taken.push({ source, parameters, at: clock.now() });
  instance.writes.note(call.method, 'signal', activity.id, call.body);
  return assumptions.acceptedAnswer === 'emptyObject' ? json(200, {}) : empty(200);
}

/** The one error of signals that Adobe prints; its status is not said. */
function undeclared(name: string, status: number): Answer {
  const lines = [
    'RST-360011 An error has occurred - please contact your administrator.',
    `'${name}' parameter isn't defined in signal activity.`,
    "XTK-170006 Unable to parse expression 'HandleTrigger(@name, $(source), $({parameters}))'.",
    "RST-360000 Error while assessing 'HandleTrigger(@name, $(source), $({parameters}))' expression ('xtk:workflow:execution/activities/signal/trigger' resource)",
  ];
  return text(status, lines.join('\n'));
}
