import { CampaignError, restated } from './error';
import type { CampaignInstance } from './instance';
import type { CampaignPage, CampaignRecord } from './records';
import { followableUrl } from './urls';

/** As much of the client as reading a list needs. */
export interface PageReader {
  page(url: string, resource: string): Promise<CampaignPage>;
  /** How many records the list has that a page belongs to; undefined when Campaign does not say. */
  countOf(page: CampaignPage, resource: string): Promise<number | undefined>;
  /** An address that Campaign gave out, checked. @throws CampaignError `invalidInput` */
  follow(href: string): string;
}

/** Pages after which a list is asked how long it is, and again after twice as many. */
const PAGES_BEFORE_COUNTING = 50;
/** Empty pages in a row that end a list, whatever follows them. */
const EMPTY_PAGES = 3;
/** Records that a list may have more of than it says: it changes while it is read. */
const TOLERATED_RECORDS = 1000;

/**
 * A list page by page; a page is asked for when somebody wants it. A missing `next` ends the list, or several empty pages: one of them
 * may be what rights have left of a page. So does a
 * `next` that was there before, where the list has as many records as it says: elsewhere records would be missing without a word.
 *
 * @throws CampaignError `unreadableAnswer` for a list that goes round in circles, or has more pages than records
 */
export async function* readPages(reader: PageReader, url: string, resource: string): AsyncGenerator<CampaignPage, void, undefined> {
  const seen = new Set<string>();
  const bound = new Bound(reader, resource);
  let emptyPages = 0;
  for (let next = url; ;) {
    seen.add(next);
    const page = await reader.page(next, resource);
    emptyPages = page.content.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages === 0) {
      await bound.check(page);
      yield page;
    }
    if (page.next === undefined || emptyPages >= EMPTY_PAGES) return;
    next = reader.follow(page.next);
    if (!seen.has(next)) continue;
    if (await bound.isComplete(page)) return;
    throw circular(resource);
  }
}

/**
 * The address of a page, or of anything else that an answer leads on to.
 *
 * @throws CampaignError `unreadableAnswer` when it leads away from the instance: whoever runs the workflow has not given it
 */
export function leadOn(instance: CampaignInstance, href: string): string {
  try {
    return followableUrl(instance, href, "An address in Campaign's answer").href;
  } catch (error) {
    const description =
      "It was not followed: the access token goes nowhere else. Something between n8n and Adobe may be changing answers: check 'API Base URL' in the credential, and proxies.";
    throw error instanceof CampaignError ? restated(error, { reason: 'unreadableAnswer', description }) : error;
  }
}

/** What a list says of its length, against what has come of it. */
class Bound {
  private records = 0;
  private pages = 0;
  private nextCheck = PAGES_BEFORE_COUNTING;
  private readonly contents = new Set<string>();
  private repeated = 0;
  private isUncounted = false;

  constructor(
    private readonly reader: PageReader,
    private readonly resource: string,
  ) {}

  /** @throws CampaignError when more has come than there is */
  async check(page: CampaignPage): Promise<void> {
    this.records += page.content.length;
    this.pages += 1;
    if (this.pages < this.nextCheck || page.next === undefined) return;
    const count = this.isUncounted ? undefined : await this.reader.countOf(page, this.resource);
    if (count === undefined) {
      this.isUncounted = true;
      this.checkContent(page);
      return;
    }
    if (this.records > count + Math.min(count, TOLERATED_RECORDS)) throw circular(this.resource);
    this.nextCheck = 2 * this.pages;
  }

  /** Whether as many records have come as the list has. */
  async isComplete(page: CampaignPage): Promise<boolean> {
    const count = await this.reader.countOf(page, this.resource);
    return count === undefined || this.records >= count;
  }

  /** Where nobody says how long the list is: pages that bring nothing new, one after the other. */
  private checkContent({ content }: CampaignPage): void {
    const text = JSON.stringify(content.map(withoutKeys));
    this.repeated = this.contents.has(text) ? this.repeated + 1 : 0;
    this.contents.add(text);
    if (this.repeated >= PAGES_BEFORE_COUNTING) throw circular(this.resource);
  }
}

/** Keys and addresses read differently in every answer. */
function withoutKeys(record: CampaignRecord): CampaignRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => !/^(?:PKey|href|cryptedId)$/.test(name) && typeof value !== 'object'),
  );
}

function circular(resource: string): CampaignError {
  return new CampaignError({
    reason: 'unreadableAnswer',
    message: `Campaign's list of ${resource}s does not come to an end: its pages lead round in circles`,
    description: "What was read so far is not used. Try again, with another 'Page Size', or with filters that make the list shorter.",
  });
}
