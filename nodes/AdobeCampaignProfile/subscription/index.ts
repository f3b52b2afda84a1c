import type { Resource } from '../../shared/execution/operation';
import { getMany } from './getMany';
import { subscribe } from './subscribe';
import { unsubscribe } from './unsubscribe';

/** Which profiles get which services. */
export const subscription: Resource = {
  value: 'subscription',
  name: 'Subscription',
  operations: [getMany, subscribe, unsubscribe],
  initialOperation: getMany.value,
};
