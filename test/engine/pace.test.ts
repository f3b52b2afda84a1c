import type { INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters } from '../support/workflows';

/** Each test has a Campaign, and so a gate, of its own: what one has taught is nothing to the next. */
async function withCampaign(test: (campaign: Campaign) => Promise<void>): Promise<void> {
  const campaign = await startCampaign();
  try {
    await test(campaign);
  } finally {
    await campaign.close();
  }
}

/** Updates so many profiles. */
async function update({ simulator, outputOf }: Campaign, count: number, options: INodeParameters = {}): Promise<void> {
  const input = simulator.profiles
    .all()
    .slice(0, count)
    .map((profile, index) => ({ PKey: simulator.profiles.keyOf(profile), phone: String(index) }));
  expect(await outputOf(automaticUpdateParameters('PKey', { options }), input)).toHaveLength(count);
}

describe('the pace of many items', () => {
  it.each([null, 1])('is learned from a hidden limit, and no item is lost: Retry-After %j', async (retryAfterSeconds) => {
    await withCampaign(async (campaign) => {
      const { settings, stats } = campaign.simulator;
      Object.assign(settings, { requestsPerSecond: 20, retryAfterSeconds });
      await update(campaign, 150);

      expect(stats.throttled).toBeGreaterThan(0);
      expect(stats.throttled / stats.apiRequests).toBeLessThan(0.2);
      expect(campaign.simulator.stats.writesAppliedTwice).toBe(0);
    });
  });

  it('grows while all is well', async () => {
    await withCampaign(async (campaign) => {
      campaign.simulator.settings.latencyMs = 50;
      await update(campaign, 200);

      expect(campaign.simulator.stats.mostInFlight).toBeGreaterThan(10);
      expect(campaign.simulator.stats.mostInFlight).toBeLessThanOrEqual(64);
    });
  });

  it('keeps within Max Requests in Flight', async () => {
    await withCampaign(async (campaign) => {
      campaign.simulator.settings.latencyMs = 20;
      await update(campaign, 60, { maxRequestsInFlight: 3 });

      expect(campaign.simulator.stats.mostInFlight).toBe(3);
    });
  });

  it('keeps within Requests per Second, so that a limit is never met', async () => {
    await withCampaign(async (campaign) => {
      campaign.simulator.settings.requestsPerSecond = 40;
      // More than fit the first second.
      await update(campaign, 50, { requestsPerSecond: 30 });

      expect(campaign.simulator.stats.throttled).toBe(0);
    });
  });

  it('is told in the summary of the run: what became of the items, what was lost, requests and waiting', async () => {
    await withCampaign(async (campaign) => {
      Object.assign(campaign.simulator.settings, { requestsPerSecond: 10, retryAfterSeconds: 1 });
      const input = Array.from({ length: 18 }, (_, index) => {
        campaign.simulator.profiles.add({ email: `p${index}@sum.example`, lastName: 'Old' });
        return { email: `p${index}@sum.example`, phone: String(index), lastName: index < 6 ? '' : `New ${index}` };
      });
      const rows = [...input, { email: 'nobody@mail.com', phone: '1', lastName: '' }];
      const options = { emptyValues: 'clear', sendOnlyChangedFields: true };
      const result = await campaign.runStep(automaticUpdateParameters('email', { options }), rows, { onError: 'continueRegularOutput' });

      expect(result.summary(STEP)).toMatch(
        /^19 items: 18 updated, 1 failed\. 1 of 19 items were not found\. Emptied, because the value was blank: lastName \(6 items\)\. \d+ requests were made, and [\d.]+ seconds waited for Campaign's rate\.$/,
      );
      const made = Number(/(\d+) requests/.exec(result.summary(STEP) ?? '')?.[1]);
      expect(made).toBe(campaign.simulator.stats.apiRequests);

      const again = await campaign.runStep(automaticUpdateParameters('email', { options }), input);
      expect(again.summary(STEP)).toMatch(/^18 items: 18 unchanged\. /);
      expect((await campaign.runStep(automaticUpdateParameters('email', { options }), input.slice(0, 1))).summary(STEP)).toBeUndefined();
    });
  });
});
