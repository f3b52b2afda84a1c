import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import { textOf, type CampaignPage, type CampaignRecord } from '../../campaign/records';
import { EDITOR_PAGE } from '../../campaign/find/pageSizes';
import { collectionUrl, filterUrl, followableUrl, type ApiName } from '../../campaign/urls';
import { openClient } from '../../execution/openClient';
import { readApiInEditor } from '../apiProperty';
import { inEditor } from '../editorError';

/**
 * Fills the list of profiles: everybody, or those whose e-mail or name starts with what was typed.
 *
 * The list stores what lasts. Keys do not, so a profile is stored by its e-mail, and by its PKey only where it has
 * none or shares it with another on the page.
 *
 * @param typed what the user typed
 * @param paginationToken address of the next page, from the page before
 */
export async function searchProfiles(
  this: ILoadOptionsFunctions,
  typed?: string,
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  return await inEditor(this, async () => {
    const client = await openClient(this);
    const page = await firstPageWithContent(client, pageUrls(client, readApiInEditor(this), typed?.trim() ?? '', paginationToken));
    return { results: profileItems(page.content), paginationToken: page.next };
  });
}

/** Campaign's text filter tells upper and lower case apart (Adobe: "Retrieving profiles"), so a name is tried both ways. */
function pageUrls(client: CampaignClient, api: ApiName, typed: string, paginationToken: string | undefined): string[] {
  if (paginationToken) return [followableUrl(client.instance, paginationToken).href];
  if (typed === '') return [`${collectionUrl(client.instance, api, 'profile')}?_lineCount=${EDITOR_PAGE}`];
  const capitalized = typed.charAt(0).toUpperCase() + typed.slice(1);
  return [...new Set([typed, capitalized, typed.toLowerCase()])].map((text) =>
    filterUrl(client.instance, { api, name: 'profile' }, ['byText'], { text, _lineCount: String(EDITOR_PAGE) }),
  );
}

async function firstPageWithContent(client: CampaignClient, urls: readonly string[]): Promise<CampaignPage> {
  for (const url of urls) {
    const page = await client.page(url, 'profile');
    if (page.content.length > 0) return page;
  }
  return { content: [] };
}

function profileItems(records: readonly CampaignRecord[]): INodeListSearchItems[] {
  const uses = new Map<string, number>();
  for (const { email } of records) if (typeof email === 'string') uses.set(email, (uses.get(email) ?? 0) + 1);
  return records.map((record) => {
    const email = typeof record.email === 'string' && uses.get(record.email) === 1 ? record.email : '';
    return { name: personName(record), value: email || textOf(record.PKey) };
  });
}

function personName({ firstName, lastName, email }: CampaignRecord): string {
  const name = [firstName, lastName].filter((part): part is string => typeof part === 'string' && part !== '').join(' ');
  if (typeof email !== 'string' || email === '') return name || '(no name)';
  return name ? `${name} (${email})` : email;
}
