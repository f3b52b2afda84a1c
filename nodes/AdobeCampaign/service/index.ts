import type { Resource } from '../../shared/execution/operation';
import { recordOperations } from '../../shared/operations';
import { serviceKind } from './kind';

/** What profiles subscribe to. */
export const service: Resource = {
  value: 'service',
  name: 'Service',
  operations: recordOperations(serviceKind),
  initialOperation: 'get',
};
