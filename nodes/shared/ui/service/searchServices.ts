import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { textOf, type CampaignRecord } from '../../campaign/records';
import { EDITOR_PAGE } from '../../campaign/find/pageSizes';
import { switchIn, trimmed } from '../../campaign/scalars';
import { collectionUrl, filterUrl } from '../../campaign/urls';
import { readApiInEditor } from '../apiOption';
import { askInEditor } from '../askInEditor';
import { fillList, has } from '../editorSearch';

/**
 * Fills the list of services: all of them, or those whose name or label has what was typed. A service is stored by its
 * name, which lasts, and templates are left out: nobody subscribes to them.
 *
 * @param typed what the user typed
 * @param paginationToken address of the next page, from the page before
 */
export async function searchServices(
  this: ILoadOptionsFunctions,
  typed?: string,
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  return await askInEditor(this, async (client) => {
    const api = await readApiInEditor(client, this);
    const text = trimmed(typed ?? '');
    const all = `${collectionUrl(client.instance, api, 'service')}?_lineCount=${EDITOR_PAGE}`;
    // Campaign's own filter tells letter cases apart and knows how a label begins: it is for those whom nobody looks for in a long list.
    const found = filterUrl(client.instance, { api, name: 'service' }, ['byText'], { text, _lineCount: String(EDITOR_PAGE) });
    const lines = (content: readonly CampaignRecord[]) =>
      content
        .filter(({ isTemplate }) => switchIn(isTemplate) !== true)
        .map(serviceItem)
        .filter(({ name }) => has(name, text));
    const urls = text === '' ? [all] : [all, found];
    const search = { urls, resource: 'service', lines, isSifted: text !== '', elsewhere: "Others can be given 'By Name'." };
    return await fillList(client, search, paginationToken);
  });
}

function serviceItem({ label, name, PKey }: CampaignRecord): { name: string; value: string } {
  const value = textOf(name) || textOf(PKey);
  return { name: typeof label === 'string' && label !== '' && label !== value ? `${label} (${value})` : value, value };
}
