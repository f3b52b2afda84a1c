import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { CampaignError } from '../campaign/error';
import type { CampaignPage, CampaignRecord } from '../campaign/records';
import { withCommas } from '../campaign/scalars';

/** Pages that are looked through for one search: the editor waits, and production shares the way to Campaign. */
const MOST_PAGES = 10;

/**
 * The first page of a list that has something to show. The editor asks for no further page after an empty one, so that pages
 * without any are passed by here.
 *
 * @param items what a page shows; one without a value cannot be chosen, and is left out
 * @param advice what to do where too many pages show nothing
 * @throws CampaignError `notFound` then
 */
export async function searchedPage(
  pages: AsyncIterable<CampaignPage>,
  items: (content: readonly CampaignRecord[]) => readonly INodeListSearchItems[],
  advice: string,
): Promise<INodeListSearchResult> {
  let passed = 0;
  let records = 0;
  for await (const { content, next } of pages) {
    const results = items(content).filter(({ value }) => value !== '');
    if (results.length > 0) return { results, paginationToken: next };
    passed += 1;
    records += content.length;
    if (passed === MOST_PAGES && next !== undefined) throw nothingYet(records, advice);
  }
  return { results: [] };
}

function nothingYet(records: number, advice: string): CampaignError {
  return new CampaignError({
    reason: 'notFound',
    message: `Nothing found among the first ${withCommas(records)}, and there are more`,
    description: advice,
  });
}
