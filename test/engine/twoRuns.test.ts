import type { INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';

// 600 items over connections that n8n opens one by one take their time on a busy machine.
jest.setTimeout(180_000);

let campaign: Campaign;

const upsert = (column: string, more: INodeParameters = {}): INodeParameters => ({
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
  ...more,
});

beforeAll(async () => {
  campaign = await startCampaign({ profiles: 5, settings: { freshKeys: true } });
});
afterAll(async () => await campaign.close());
beforeEach(() => {
  campaign.simulator.faults.clear();
  campaign.simulator.resetStats();
});

describe('Two runs in one n8n at the same moment', () => {
  it('A24: create 300 new emails once', async () => {
    const items = Array.from({ length: 300 }, (_, index) => ({ email: `twice.${index}@mail.com`, phone: '1' }));
    const runs = await Promise.all([campaign.runStep(upsert('email'), items), campaign.runStep(upsert('email'), items)]);
    for (const { error } of runs) expect(error).toBeUndefined();
    for (const { email } of items) expect(campaign.simulator.profiles.byEmail(email)).toHaveLength(1);
    const outcomes = runs.flatMap((run) => run.json(STEP).map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(300);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(300);
  });

  it('A24: also where the filter finds a new profile late', async () => {
    campaign.simulator.faults.add({ url: 'byEmail', action: { type: 'answer', status: 200, body: '{"content":[],"count":{"value":0}}' } });
    const items = Array.from({ length: 20 }, (_, index) => ({ email: `late.${index}@mail.com`, phone: '1' }));
    await Promise.all([campaign.runStep(upsert('email'), items), campaign.runStep(upsert('email'), items)]);
    for (const { email } of items) expect(campaign.simulator.profiles.byEmail(email)).toHaveLength(1);
  });

  it('A16: an email in two letter cases is one profile, also when the first creation takes its time', async () => {
    campaign.simulator.faults.add({ method: 'POST', url: '/profile', action: { type: 'delay', ms: 30 } });
    const items = Array.from({ length: 10 }, (_, index) => [
      { email: `case.${index}@mail.com`, lastName: 'Case' },
      { email: `CASE.${index}@Mail.com`, lastName: 'Case' },
    ]).flat();
    expect((await campaign.runStep(upsert('email'), items)).error).toBeUndefined();
    expect(campaign.simulator.profiles.all().filter(({ lastName }) => lastName === 'Case')).toHaveLength(10);
  });

  it('A24: a run that comes while the other one creates waits for it', async () => {
    campaign.simulator.faults.add({ method: 'POST', url: '/profile', action: { type: 'delay', ms: 1500 }, times: 1 });
    const items = [{ email: 'stopped@mail.com' }];
    const first = campaign.runStep(upsert('email'), items);
    const deadline = Date.now() + 5000;
    while (!campaign.simulator.stats.received.some(({ method }) => method === 'POST') && Date.now() < deadline)
      await new Promise(setImmediate);
    const second = await campaign.runStep(upsert('email'), items);
    expect((await first).json(STEP)).toMatchObject([{ outcome: 'created' }]);
    expect(second.json(STEP)).toMatchObject([{ outcome: 'unchanged' }]);
    expect(campaign.simulator.profiles.byEmail('stopped@mail.com')).toHaveLength(1);
  });
});
