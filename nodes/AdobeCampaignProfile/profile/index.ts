import type { Resource } from '../../shared/execution/operation';
import { count } from './count';
import { create } from './create';
import { createOrUpdate } from './createOrUpdate';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

/** People that Campaign sends to. */
export const profile: Resource = {
  value: 'profile',
  name: 'Profile',
  operations: [count, create, createOrUpdate, remove, get, getMany, update],
  initialOperation: get.value,
};
