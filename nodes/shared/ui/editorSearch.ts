import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import type { CampaignRecord } from '../campaign/records';
import { trimmed, withCommas } from '../campaign/scalars';
import { followableUrl } from '../campaign/urls';

/** Pages that one keystroke may cost, of one list and of all that are tried: somebody waits, and production asks as well. */
const MOST_PAGES = 4;
const MOST_PAGES_OF_ALL = 12;
/** So many lines fill the editor's list. A shorter one cannot be scrolled, and what comes after it is never asked for. */
const FULL = 10;

/** What a list of the editor is searched for. */
export interface EditorSearch {
  /** Lists to try, until one of them has something. */
  readonly urls: readonly string[];
  /** What the records are called, in the singular, for messages. */
  readonly resource: string;
  /** The lines for the records of one page: those that fit what was typed. */
  readonly lines: (content: readonly CampaignRecord[]) => INodeListSearchItems[];
  /** Whether it is decided here which records fit, so that few of a page may. */
  readonly isSifted: boolean;
  /** Where to look for a record that is not among those that were looked at. */
  readonly elsewhere: string;
}

/**
 * Fills a list of the editor with what a few pages show, and says so where there is more.
 *
 * @param paginationToken address of the next page, from the answer before
 * @throws CampaignError
 */
export async function fillList(
  client: CampaignClient,
  search: EditorSearch,
  paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
  const urls = paginationToken ? [followableUrl(client.instance, paginationToken).href] : search.urls;
  const results: INodeListSearchItems[] = [];
  let [pagesOfAll, records] = [0, 0];
  for (const url of urls) {
    let pages = 0;
    for await (const { content, next } of client.pages(url, search.resource)) {
      // What has neither key nor name cannot be chosen.
      results.push(...search.lines(content).filter(({ value }) => value !== ''));
      records += content.length;
      pages += 1;
      pagesOfAll += 1;
      if (results.length >= (search.isSifted ? FULL : 1)) return { results, paginationToken: next };
      if (next !== undefined && pages === MOST_PAGES && (results.length > 0 || urls.length === 1)) {
        return { results: [...results, remark(records, search)], paginationToken: next };
      }
      if (pages === MOST_PAGES) break;
    }
    if (results.length > 0) return { results };
    if (pagesOfAll >= MOST_PAGES_OF_ALL) break;
  }
  return { results: pagesOfAll >= MOST_PAGES_OF_ALL ? [remark(records, search)] : [] };
}

/** A line that cannot be chosen: the editor takes no switch for a value. */
function remark(records: number, { resource, elsewhere }: EditorSearch): INodeListSearchItems {
  return { name: `Only ${withCommas(records)} ${resource}s were looked at, and there are more. ${elsewhere}`, value: false };
}

/** The order of lines for people: 'Address 2' stands before 'Address 10', on every machine. */
export function inReadingOrder(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

/** Whether a line has what was typed, in any letter case. */
export function has(text: string, typed: string | undefined): boolean {
  return text.toLowerCase().includes(trimmed(typed ?? '').toLowerCase());
}

/** Whether anything was typed. */
export function isTyped(typed: string | undefined): boolean {
  return trimmed(typed ?? '') !== '';
}
