import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { listUnits } from '../../shared/campaign/find/organizationalUnits';
import { textOf } from '../../shared/campaign/records';
import { openClient } from '../../shared/execution/openClient';
import { inEditor } from '../../shared/ui/editorError';

/** Fills the list of organizational units: all of them, or those whose title has what was typed. Names last, keys do not. */
export async function searchOrganizationalUnits(this: ILoadOptionsFunctions, typed?: string): Promise<INodeListSearchResult> {
  return await inEditor(this, async () => {
    const client = await openClient(this);
    const results: INodeListSearchItems[] = [];
    await onCampaignStandard('organizational units', async () => {
      for await (const { title, name } of listUnits(client)) results.push({ name: textOf(title) || textOf(name), value: textOf(name) });
    });
    const text = typed?.trim().toLowerCase() ?? '';
    return { results: results.filter(({ name, value }) => value !== '' && name.toLowerCase().includes(text)) };
  });
}
