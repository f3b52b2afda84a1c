import type { Resource } from '../../shared/execution/operation';
import { recordOperations } from '../../shared/operations';
import { customResourceKind } from './kind';

/** What a customer has added to the data model. */
export const customResource: Resource = {
  value: 'customResource',
  name: 'Custom Resource',
  operations: recordOperations(customResourceKind),
  initialOperation: 'get',
};
