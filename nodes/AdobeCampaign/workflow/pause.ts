import { commandOperation } from './command';

/** The command `pause`. */
export const pause = commandOperation('pause', {
  name: 'Pause',
  action: 'Pause workflow',
  description: 'Make a running workflow wait, to be resumed later',
});
