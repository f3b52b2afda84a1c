import type { Resource } from '../../shared/execution/operation';
import { get } from './get';
import { update } from './update';

/** People that Campaign sends to. */
export const profile: Resource = {
  value: 'profile',
  name: 'Profile',
  operations: [get, update],
};
