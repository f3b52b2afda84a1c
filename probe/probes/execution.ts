import type { EXECUTION_CHOICES } from '../../test/simulator/assumptions/execution';
import { neither, noProbe, observed, type ProbesOf } from '../finding';

const WORKFLOW = noProbe('It would start, stop or signal a workflow of yours.');
const EVENT = noProbe('It would send a message, or needs an event that you publish for it.');

/** Words with which both generations say that there is nothing at an address. */
const NOTHING_THERE = ['Unsupported endpoint', 'rc=-2003', 'Unable to find document'];

export const EXECUTION_PROBES: ProbesOf<keyof typeof EXECUTION_CHOICES> = {
  unknownWorkflow: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.get('workflow/execution/WKFn8nProbeNothing');
      if (answer.status === 404) return observed('notFound');
      return answer.status >= 500 ? observed('error') : neither(`answered ${answer.status}`);
    },
  },
  workflowTransitionMs: WORKFLOW,
  workflowTransitionShows: WORKFLOW,
  unfittingCommand: WORKFLOW,
  acceptedAnswer: WORKFLOW,
  signalErrorStatus: WORKFLOW,
  earlySignalStatus: WORKFLOW,
  earlySignalText: WORKFLOW,
  eventCreateStatus: EVENT,
  unknownEvent: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.get(`${tenant.eventApi}/EVTn8nProbeNothing/@n8nProbe`, 'mc<tenant>/EVTn8nProbeNothing/@n8nProbe');
      if (answer.status === 404 || NOTHING_THERE.some((words) => answer.text.includes(words))) return observed('notFound');
      return answer.status >= 500 ? observed('error') : neither(`answered ${answer.status}`);
    },
  },
  undeclaredContext: EVENT,
  expiredEvent: EVENT,
  wishedChannels: EVENT,
  pendingEventMs: EVENT,
  processingEventMs: EVENT,
  v8ProfileEvents: EVENT,
  profileEventWithoutKey: EVENT,
};
