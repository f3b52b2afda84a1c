import type { IDataObject } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';

/** One more than the threshold from which Campaign hides `next`, unless pagination is forced. */
const PROFILES = 100_001;
const PAGE_SIZE = 10_000;

describe('a large table', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ profiles: PROFILES });
  }, 60_000);
  afterAll(async () => await campaign.close());

  it('comes through whole, each profile once and in order, page by page', async () => {
    expect(campaign.simulator.settings.bigTableThreshold).toBe(PROFILES - 1);
    const result = await campaign.runStep({
      operation: 'getAll',
      returnAll: true,
      output: 'selectedFields',
      selectedFields: ['email'],
      options: { pageSize: PAGE_SIZE },
    });

    expect(result.error).toBeUndefined();
    const emails = result.items(STEP).map(({ json }: { readonly json: IDataObject }) => json.email);
    const everybody = campaign.simulator.profiles.all().map(({ email }) => email);
    expect(emails).toHaveLength(PROFILES);
    expect(emails.every((email, index) => email === everybody[index])).toBe(true);
    const pages = campaign.simulator.stats.received.filter(({ url }) => url.includes('/profile?') || url.includes('/profile/?'));
    expect(pages).toHaveLength(Math.ceil(PROFILES / PAGE_SIZE));
  }, 120_000);

  it('is counted without being read', async () => {
    campaign.simulator.resetStats();

    expect(await campaign.outputOf({ operation: 'count' })).toEqual([{ count: PROFILES }]);
    expect(campaign.simulator.stats.byMethod.get('GET')).toBe(2);
  });
});
