import type { Resource } from '../../shared/execution/operation';
import { recordOperations } from '../../shared/operations';
import { profileKind } from './kind';

/** People that Campaign sends to. */
export const profile: Resource = {
  value: 'profile',
  name: 'Profile',
  operations: recordOperations(profileKind),
  initialOperation: 'get',
};
