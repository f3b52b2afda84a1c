import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { startCampaign, type Campaign } from '../support/campaign';
import type { WorkflowJson } from '../support/engine';

const FOLDER = path.resolve(__dirname, '../../examples');
const example = (file: string): WorkflowJson => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as WorkflowJson;

describe('the example workflows, as they stand', () => {
  let campaign: Campaign;

  beforeEach(async () => {
    campaign = await startCampaign({ settings: { freshKeys: true } });
  });
  afterEach(async () => await campaign.close());

  it('are all run here', () => {
    expect(readdirSync(FOLDER).filter((file) => file.endsWith('.json'))).toEqual(['get-update-get.json']);
  });

  it('get-update-get.json changes the phone of Amy Dakota and shows it', async () => {
    const result = await campaign.engine.run(example('get-update-get.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Get profile')).toMatchObject([{ firstName: 'Amy', lastName: 'Dakota', birthDate: '1980-10-24', phone: '' }]);
    expect(Object.keys(result.json('Update phone')[0] ?? {})).toEqual(['PKey', 'href']);
    expect(result.json('Get profile again')).toMatchObject([{ firstName: 'Amy', phone: '3301020304' }]);
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('3301020304');
    expect(campaign.simulator.stats.writesApplied).toBe(1);
  });
});
