import type { CampaignInstance } from '../../shared/campaign/instance';
import type { ProfileReference } from '../../shared/campaign/find/profiles';
import type { Item } from '../../shared/execution/item';
import { readProfileThrough } from '../../shared/ui/profile/profileLocator';

/** Reads the chosen profile for one item; units and custom keys are known to the extended API only, so there is no choice. */
export function readExtendedProfile(item: Item, instance: CampaignInstance): ProfileReference {
  return readProfileThrough('profileAndServicesExt', item, instance);
}
