import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import type { CampaignRecord } from '../../shared/campaign/records';
import { listPageUrl } from '../../shared/campaign/urls';
import type { Operation } from '../../shared/execution/operation';
import { limitProperties, pageSizeOption, readLimit, readPageSize } from '../../shared/ui/options/limit';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { PRIVACY_REQUESTS, privacyRequestsUrl } from './privacyRequests';

/** GET of privacy requests with their status (Adobe: "Creating a privacy request"). */
export const getManyPrivacyRequests: Operation = {
  value: 'getPrivacyRequests',
  name: 'Get Many Privacy Requests',
  action: 'Get many legacy privacy requests',
  description: 'Retrieve privacy requests and how far they are (Campaign Standard only, deprecated on v8)',
  properties: [...limitProperties, optionsProperty(pageSizeOption)],

  async run(client, item) {
    const limit = readLimit(item);
    const url = listPageUrl(privacyRequestsUrl(client), readPageSize(item, limit));
    return await onCampaignStandard(PRIVACY_REQUESTS, async () => {
      const requests: CampaignRecord[] = [];
      for await (const request of client.list(url, 'privacy request')) {
        requests.push(request);
        if (requests.length === limit) break;
      }
      return requests;
    });
  },
};
