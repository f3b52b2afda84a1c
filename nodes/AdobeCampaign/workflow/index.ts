import type { Resource } from '../../shared/execution/operation';
import { get } from './get';
import { pause } from './pause';
import { resume } from './resume';
import { start } from './start';
import { stop } from './stop';
import { triggerSignal } from './triggerSignal';

/** Workflows inside Campaign, not to be mistaken for n8n's. */
export const workflow: Resource = {
  value: 'workflow',
  name: 'Workflow',
  operations: [get, pause, resume, start, stop, triggerSignal],
  initialOperation: get.value,
};
