import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import { textOf, type CampaignRecord } from '../../campaign/records';
import { trimmed } from '../../campaign/scalars';
import { EDITOR_PAGE } from '../../campaign/find/pageSizes';
import { collectionUrl, filterUrl, type ApiName } from '../../campaign/urls';
import { readApiInEditor } from '../apiOption';
import { askInEditor } from '../askInEditor';
import { fillList } from '../editorSearch';

/**
 * Fills the list of profiles: everybody, or those of whom each word that was typed begins a name or the email.
 *
 * The list stores what lasts. Keys do not, so a profile is stored by its email, and by its PKey only where it has
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
  return await askInEditor(this, async (client) => {
    const api = await readApiInEditor(client, this);
    // Also as a line of the list shows it, or a letter: "Amy Dakota (amy@mail.com)", "Dakota, Amy".
    const words = (typed ?? '')
      .split(/[\s,;()<>"]+/)
      .map(trimmed)
      .filter((word) => word !== '');
    const search = {
      urls: searchUrls(client, api, words),
      resource: 'profile',
      lines: (content: readonly CampaignRecord[]) => profileItems(content, (record) => beginsWithAll(words, record)),
      isSifted: words.length > 1,
      elsewhere: "Type the whole email, or choose 'By Email'.",
    };
    return await fillList(client, search, paginationToken);
  });
}

/**
 * Campaign's text filter takes one word, and tells upper and lower case apart (Adobe: "Retrieving profiles"). So the last word is
 * searched for, which mostly is the rarer name, and then the first one, in each letter case that names have.
 */
function searchUrls(client: CampaignClient, api: ApiName, words: readonly string[]): string[] {
  const searched = [words.at(-1), words[0]].filter((word) => word !== undefined);
  if (searched.length === 0) return [`${collectionUrl(client.instance, api, 'profile')}?_lineCount=${EDITOR_PAGE}`];
  return [...new Set(searched.flatMap(inLetterCases))].map((text) =>
    filterUrl(client.instance, { api, name: 'profile' }, ['byText'], { text, _lineCount: String(EDITOR_PAGE) }),
  );
}

function inLetterCases(word: string): string[] {
  return [word, withCapital(word), word.toLowerCase(), withCapital(word.toLowerCase()), word.toUpperCase()];
}

function withCapital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A single word was looked for by Campaign. */
function beginsWithAll(words: readonly string[], { firstName, lastName, email }: CampaignRecord): boolean {
  if (words.length < 2) return true;
  const known = [firstName, lastName, email].flatMap((part) => textOf(part).toLowerCase().split(/\s+/));
  return words.every((word) => known.some((part) => part.startsWith(word.toLowerCase())));
}

/** Who is not wanted may share an email all the same. */
function profileItems(records: readonly CampaignRecord[], isWanted: (record: CampaignRecord) => boolean): INodeListSearchItems[] {
  const uses = new Map<string, number>();
  for (const { email } of records) if (typeof email === 'string') uses.set(email, (uses.get(email) ?? 0) + 1);
  return records.filter(isWanted).map((record) => {
    const email = typeof record.email === 'string' && uses.get(record.email) === 1 ? record.email : '';
    return { name: personName(record), value: email || textOf(record.PKey) };
  });
}

function personName({ firstName, lastName, email }: CampaignRecord): string {
  const name = [firstName, lastName].filter((part): part is string => typeof part === 'string' && part !== '').join(' ');
  if (typeof email !== 'string' || email === '') return name || '(no name)';
  return name ? `${name} (${email})` : email;
}
