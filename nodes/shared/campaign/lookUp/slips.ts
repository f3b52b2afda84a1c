import type { CampaignClient } from '../client';
import { unlessRefused } from '../error';
import { instant } from '../fields/values';
import type { CampaignPage, CampaignRecord } from '../records';
import { listUrl } from '../find/listQuery';
import type { CampaignResource } from '../urls';

/**
 * Tells whether records may have slipped past while a list was read. When a record is deleted from a page that was read already, the
 * first one of the next page moves up, and nobody sees it: of two records with one email, one may seem to be the only one. That there
 * were deletions shows in the number of records: those that were there, and those made since, have to be there in the end.
 */
export class Slips {
  private made = 0;

  private constructor(
    private readonly client: CampaignClient,
    private readonly resource: string,
    private readonly countBefore: number,
    private readonly newest: number | undefined,
  ) {}

  /**
   * @param first the first page of the list, which was read just now
   * @returns undefined where Campaign does not say how many records there are
   */
  static async from(client: CampaignClient, resource: CampaignResource, first: CampaignPage): Promise<Slips | undefined> {
    const url = listUrl(client.instance, resource, { filters: [], sort: { field: 'created', direction: 'descending' } }, 1);
    const page = await client.page(url, resource.name).catch(unlessRefused(undefined));
    const newest = instant(page?.content[0]?.created);
    // After the newest one: what is made in between counts twice, and not too little.
    const countBefore = await client.countOf(first, resource.name);
    if (countBefore === undefined) return undefined;
    return new Slips(client, resource.name, countBefore, Number.isNaN(newest) ? undefined : newest);
  }

  see({ created }: CampaignRecord): void {
    if (this.newest !== undefined && instant(created) > this.newest) this.made += 1;
  }

  /** Whether none can have slipped past. @param last the last page of the list */
  async areExcluded(last: CampaignPage): Promise<boolean> {
    const count = await this.client.countOf(last, this.resource);
    if (count === undefined) return false;
    // More may have been made after the last page; where nobody knows which are new, any change is suspicious.
    return this.newest === undefined ? count === this.countBefore : count >= this.countBefore + this.made;
  }
}
