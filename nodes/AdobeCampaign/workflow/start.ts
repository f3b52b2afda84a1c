import { commandOperation } from './command';

/** The command `start`. */
export const start = commandOperation('start', {
  name: 'Start',
  action: 'Start workflow',
  description: 'Start a workflow that does not run',
});
