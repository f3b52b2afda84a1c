import type { Resource } from '../../shared/execution/operation';
import { getStatus } from './getStatus';
import { send } from './send';
import { sendAndWait } from './sendAndWait';

/** Events that make Campaign send one person one message at once, as for an abandoned cart. */
export const transactionalEvent: Resource = {
  value: 'transactionalEvent',
  name: 'Transactional Event',
  operations: [getStatus, send, sendAndWait],
  initialOperation: getStatus.value,
};
