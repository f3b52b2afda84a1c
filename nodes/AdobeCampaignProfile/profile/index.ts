import type { Resource } from '../../shared/execution/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { update } from './update';

/** People that Campaign sends to. */
export const profile: Resource = {
  value: 'profile',
  name: 'Profile',
  operations: [create, remove, get, update],
  initialOperation: get.value,
};
