import type { CampaignInstance } from '../../shared/campaign/instance';
import type { RecordReference } from '../../shared/campaign/find/references';
import type { Item } from '../../shared/execution/item';
import { readProfile } from '../../shared/ui/profile/profileLocator';

/** Reads the chosen profile for one item; units and custom keys are known to the extended API only, so there is no choice. */
export function readExtendedProfile(item: Item, instance: CampaignInstance): RecordReference {
  return readProfile(item, instance, 'profileAndServicesExt');
}
