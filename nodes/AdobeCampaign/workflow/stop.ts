import { commandOperation } from './command';

/** The command `stop`. */
export const stop = commandOperation('stop', {
  name: 'Stop',
  action: 'Stop workflow',
  description: 'Stop a workflow that runs or is paused',
});
