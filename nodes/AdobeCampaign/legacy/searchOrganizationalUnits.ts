import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { unitsUrl } from '../../shared/campaign/find/organizationalUnits';
import { textOf, type CampaignRecord } from '../../shared/campaign/records';
import { askInEditor } from '../../shared/ui/askInEditor';
import { fillList, has, isTyped } from '../../shared/ui/editorSearch';

/**
 * Fills the list of organizational units: all of them, or those whose title has what was typed. Names last, keys do not.
 *
 * @param paginationToken address of the next page, from the page before
 */
export async function searchOrganizationalUnits(
  this: ILoadOptionsFunctions,
  typed?: string,
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  return await askInEditor(this, async (client) => {
    const toItem = ({ title, name }: CampaignRecord) => ({ name: textOf(title) || textOf(name), value: textOf(name) });
    const search = {
      urls: [unitsUrl(client)],
      resource: 'organizational unit',
      lines: (content: readonly CampaignRecord[]) => content.map(toItem).filter(({ name }) => has(name, typed)),
      isSifted: isTyped(typed),
      elsewhere: "Others can be given 'By Name'.",
    };
    return await onCampaignStandard('organizational units', async () => await fillList(client, search, paginationToken));
  });
}
