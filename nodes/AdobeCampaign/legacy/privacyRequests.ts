import type { CampaignClient } from '../../shared/campaign/client';
import { collectionUrl } from '../../shared/campaign/urls';

/** What messages call them. */
export const PRIVACY_REQUESTS = 'privacy requests';

/** Where privacy requests are (Adobe: "Creating a privacy request"). */
export function privacyRequestsUrl({ instance }: CampaignClient): string {
  return collectionUrl(instance, 'privacy', 'privacyTool');
}
