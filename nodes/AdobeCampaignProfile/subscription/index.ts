import type { Resource } from '../../shared/execution/operation';
import { getMany } from './getMany';
import { subscribe } from './subscribe';
import { unsubscribe } from './unsubscribe';
import { unsubscribeFromEverything } from './unsubscribeFromEverything';

/** Which profiles get which services. */
export const subscription: Resource = {
  value: 'subscription',
  name: 'Subscription',
  operations: [getMany, subscribe, unsubscribe, unsubscribeFromEverything],
  initialOperation: getMany.value,
};
