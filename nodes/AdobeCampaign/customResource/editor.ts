import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { CampaignClient } from '../../shared/campaign/client';
import { listCustomResources, locateResource, parseResourceName } from '../../shared/campaign/find/customResources';
import { textOf, type CampaignRecord } from '../../shared/campaign/records';
import { EDITOR_SEARCH_PAGE } from '../../shared/campaign/find/pageSizes';
import { collectionUrl, listPageUrl, type CampaignResource } from '../../shared/campaign/urls';
import type { ReadEditedResource } from '../../shared/ui/record/describeFields';
import { askInEditor } from '../../shared/ui/askInEditor';
import { fillList, has, inReadingOrder, isTyped } from '../../shared/ui/editorSearch';
import { readEditedOption } from '../../shared/ui/editedOption';

/** Which fields of a custom resource the step being edited is about. The key is in a field that no record goes without. */
export const customResourceInEditor: ReadEditedResource = async (client, context) => ({
  resource: await editedResource(client, context),
  canMatch: ({ kind }) => kind === 'string' || kind === 'number',
  isFirstMatch: ({ kind, mandatory, readOnly }) => kind === 'string' && mandatory === true && !readOnly,
});

/**
 * Fills the list of custom resources: all of them, or those whose name or label has what was typed.
 *
 * @param typed what the user typed
 */
export async function searchCustomResources(this: ILoadOptionsFunctions, typed?: string): Promise<INodeListSearchResult> {
  return await askInEditor(this, async (client) => {
    const resources = await listCustomResources(client);
    const named = resources.map(({ name, label }) => ({ name: label === name ? name : `${label} (${name})`, value: name }));
    return { results: named.filter(({ name }) => has(name, typed)).sort((left, right) => inReadingOrder(left.name, right.name)) };
  });
}

/**
 * Fills the list of records. Custom resources have no filter for text, so what was typed is looked for here, page by page.
 *
 * @param paginationToken address of the next page, from the page before
 */
export async function searchRecords(this: ILoadOptionsFunctions, typed?: string, paginationToken?: string): Promise<INodeListSearchResult> {
  return await askInEditor(this, async (client) => {
    const { api, name } = await editedResource(client, this);
    const search = {
      urls: [listPageUrl(collectionUrl(client.instance, api, name), EDITOR_SEARCH_PAGE)],
      resource: 'record',
      lines: (content: readonly CampaignRecord[]) => content.map(recordItem).filter((record) => has(record.name, typed)),
      isSifted: isTyped(typed),
      elsewhere: "Others can be given 'By Custom Key'.",
    };
    return await fillList(client, search, paginationToken);
  });
}

async function editedResource(client: CampaignClient, context: ILoadOptionsFunctions): Promise<CampaignResource> {
  const name = parseResourceName(context.getCurrentNodeParameter('customResource', { extractValue: true }));
  const api = readEditedOption(context, 'api');
  return api === 'profileAndServicesExt' || api === 'customResources' ? { api, name } : await locateResource(client, name);
}

function recordItem({ title, label, PKey }: CampaignRecord): INodeListSearchItems {
  const value = textOf(PKey);
  return { name: [title, label].find((text): text is string => typeof text === 'string' && text !== '') ?? value, value };
}
