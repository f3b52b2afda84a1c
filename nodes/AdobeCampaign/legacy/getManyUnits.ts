import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { listUnits } from '../../shared/campaign/find/organizationalUnits';
import type { CampaignRecord } from '../../shared/campaign/records';
import type { Operation } from '../../shared/execution/operation';
import { limitProperties, readLimit } from '../../shared/ui/options/limit';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';

/** GET of organizational units (Adobe: "Listing organizational units"). */
export const getManyUnits: Operation = {
  value: 'getUnits',
  name: 'Get Many Organizational Units',
  action: 'Get many legacy organizational units',
  description: 'Retrieve the organizational units (Campaign Standard only, deprecated on v8)',
  properties: [...limitProperties, optionsProperty()],

  async run(client, item) {
    const limit = readLimit(item);
    return await onCampaignStandard('organizational units', async () => {
      const units: CampaignRecord[] = [];
      for await (const unit of listUnits(client)) {
        units.push(unit);
        if (units.length === limit) break;
      }
      return units;
    });
  },
};
