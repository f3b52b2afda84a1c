import type { EntityType } from '../model/entity';
import { checkNotSubscribed, subscriptionsBelow } from '../subscription/below';
import { deriveProfile, mintProfile, touchProfile } from './derive';
import { LOYALTY_ID, PROFILE_FIELDS } from './fields';
import { PROFILE_FILTERS } from './filters';

/** The profile resource of this instance, extended with loyalty attributes. */
export const profileEntity: EntityType = {
  id: 1,
  name: 'profile',
  documentName: 'Profile',
  schema: 'nms:recipient',
  schemaLabel: 'Profiles',
  label: 'Profiles',
  help: 'Identified profiles',
  keyLength: 91,
  fields: PROFILE_FIELDS,
  filters: PROFILE_FILTERS,
  customKey: LOYALTY_ID,
  indexed: ['email', LOYALTY_ID],
  derive: deriveProfile,
  mint: mintProfile,
  touch: touchProfile,
  // Adobe's own tests expect it.
  createStatus: () => 201,
  isListed: null,
  checkRemoval: checkNotSubscribed('subscriber'),
  subCollections: { subscriptions: subscriptionsBelow('subscriber') },
};
