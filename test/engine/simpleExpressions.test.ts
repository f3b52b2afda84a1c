import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { sample } from '../support/sample';
import { chain, locator, profileStep, updateParameters } from '../support/workflows';

/** More on a quiet machine: PROPERTY_RUNS=20000. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? sample(300));
const SCRIPT = path.resolve(__dirname, '../support/expressionReadings.ts');

describe('simple expressions', () => {
  it.each([
    ['legacy', RUNS],
    // Each run of a workflow starts this engine anew.
    ['quickjs', Math.ceil(RUNS / 10)],
  ])(
    'read as the %s engine of n8n reads them, whatever is in the items (%i cases)',
    async (engine, cases) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, engine, String(cases)]);
      const { simple, all } = JSON.parse(stdout) as { simple: number; all: number };
      // Otherwise nothing was compared.
      expect(simple).toBeGreaterThan(all / 10);
      expect(all).toBeGreaterThan(simple);
    },
    600_000,
  );
});

describe('dragged fields', () => {
  let campaign: Campaign;
  const people = (count: number): IDataObject[] =>
    Array.from({ length: count }, (_, row) => ({ mail: `row${row}@mail.com`, to: { phone: String(row) } }));
  const parameters = updateParameters(
    locator('email', '={{ $json.mail }}'),
    { phone: '={{ $json.to.phone }}' },
    { options: { lookUp: 'oneByOne' } },
  );
  const phones = (count: number) =>
    Array.from({ length: count }, (_, row) => campaign.simulator.profiles.byEmail(`row${row}@mail.com`).map(({ phone }) => phone));

  beforeEach(async () => {
    campaign = await startCampaign();
    for (let row = 0; row < 6; row += 1) campaign.simulator.profiles.add({ email: `row${row}@mail.com`, phone: 'old' });
  });
  afterEach(async () => await campaign.close());

  it('are those of the item, and outputs stay paired with their items', async () => {
    const paired = profileStep('Paired', {
      operation: 'get',
      profile: locator('email', "={{ $('Start').item.json.mail }}"),
      output: 'selectedFields',
      selectedFields: ['email', 'phone'],
    });
    const result = await campaign.engine.run(chain(profileStep(STEP, parameters), paired), people(6));
    expect(result.error).toBeUndefined();
    expect(result.json('Paired').map(({ phone }) => phone)).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('come from data that was pinned', async () => {
    const workflow = chain({ ...profileStep('Pinned', { operation: 'count' }), name: 'Pinned' }, profileStep(STEP, parameters));
    const result = await campaign.engine.run({ ...workflow, pinData: { Pinned: people(3).map((json) => ({ json })) } });
    expect(result.error).toBeUndefined();
    expect(phones(3)).toEqual([['0'], ['1'], ['2']]);
  });

  it('are those of each run where a step runs again and again', async () => {
    const steps = chain(profileStep(STEP, parameters));
    const again = campaign.engine;
    for (const part of [people(6).slice(0, 3), people(6).slice(3)]) expect((await again.run(steps, part)).error).toBeUndefined();
    expect(phones(6)).toEqual([['0'], ['1'], ['2'], ['3'], ['4'], ['5']]);
  });

  it('go to the engine where a column is not there, which says so', async () => {
    const { error } = await campaign.runStep(parameters, [{ other: 'x' }]);
    expect(error?.message).toMatch(/'email' is empty|'Profile' is empty/);
  });
});
