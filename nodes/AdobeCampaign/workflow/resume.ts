import { commandOperation } from './command';

/** The command `resume`. */
export const resume = commandOperation('resume', {
  name: 'Resume',
  action: 'Resume workflow',
  description: 'Let a paused workflow go on',
});
