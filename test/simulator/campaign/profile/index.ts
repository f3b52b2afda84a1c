import { defineEntity } from '../model/defineEntity';
import { checkNotSubscribed, subscriptionsBelow } from '../subscription/below';
import { deriveProfile, mintProfile } from './derive';
import { LOYALTY_ID, PROFILE_FIELDS } from './fields';
import { PROFILE_FILTERS } from './filters';

/** The profile resource of this instance, extended with loyalty attributes. */
export const profileEntity = defineEntity({
  id: 1,
  name: 'profile',
  documentName: 'Profile',
  schema: 'nms:recipient',
  schemaLabel: 'Profiles',
  help: 'Identified profiles',
  fields: PROFILE_FIELDS,
  filters: PROFILE_FILTERS,
  customKey: LOYALTY_ID,
  indexed: ['email', LOYALTY_ID],
  derive: deriveProfile,
  mint: mintProfile,
  checkRemoval: checkNotSubscribed('subscriber'),
  subCollections: { subscriptions: subscriptionsBelow('subscriber') },
});
