import type { IDataObject } from 'n8n-workflow';

import type { SimulatorOptions } from '../simulator';
import { startCampaign, STEP, type Campaign } from './campaign';

jest.setTimeout(120_000);

/**
 * Reads and counts a table with one record more than the threshold from which Campaign hides `next`, unless pagination is forced.
 *
 * @param threshold records of the table from which on it is a big one
 */
export function itReadsABigTable(threshold: number, pageSize: number, options: SimulatorOptions = {}): void {
  const profiles = threshold + 1;
  let campaign: Campaign;
  beforeAll(async () => {
    campaign = await startCampaign({ ...options, profiles });
    expect(campaign.simulator.settings.bigTableThreshold).toBe(threshold);
  });
  afterAll(async () => await campaign.close());

  it('comes through whole, each profile once and in order, page by page', async () => {
    const result = await campaign.runStep({
      operation: 'getAll',
      returnAll: true,
      output: 'selectedFields',
      selectedFields: ['email'],
      options: { pageSize },
    });

    expect(result.error).toBeUndefined();
    const emails = result.items(STEP).map(({ json }: { readonly json: IDataObject }) => json.email);
    const everybody = campaign.simulator.profiles.all().map(({ email }) => email);
    expect(emails).toHaveLength(profiles);
    expect(emails.every((email, index) => email === everybody[index])).toBe(true);
    const pages = campaign.simulator.stats.received.filter(({ url }) => url.includes('/profile?') || url.includes('/profile/?'));
    expect(pages).toHaveLength(Math.ceil(profiles / pageSize));
  });

  it('is counted without being read', async () => {
    campaign.simulator.resetStats();

    expect(await campaign.outputOf({ operation: 'count' })).toEqual([{ count: profiles }]);
    expect(campaign.simulator.stats.byMethod.get('GET')).toBe(2);
  });
}
