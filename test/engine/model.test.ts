import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { lifeRuns, ProfileLife, type LifeStep } from '../support/profileLife/life';
import { sample } from '../support/sample';

/** Few here: what n8n's engine and real connections add. Thousands of them run without both, see test/unit/properties. */
const RUNS = Number(process.env.ENGINE_MODEL_RUNS ?? sample(12));
const SEED = Number(process.env.MODEL_SEED ?? 20_261_125);

jest.setTimeout(3_600_000);

describe.each<Dialect>(['v8', 'acs'])(`the life of profiles in n8n, against Campaign %s, MODEL_SEED=${SEED}`, (dialect) => {
  let campaign: Campaign;
  beforeAll(async () => void (campaign = await startCampaign({ dialect, profiles: 0, seed: SEED, settings: { freshKeys: true } })));
  afterAll(async () => await campaign.close());

  /** What became of each item; a step that ends as a whole would hide that. */
  const perform = async ({ resource, operation, parameters, items }: LifeStep) => {
    const settings = { onError: 'continueRegularOutput' as const };
    const result = await campaign.runStep({ resource, operation, ...(parameters as object) }, [...items], settings);
    if (result.error) throw result.error;
    return items.map((_, index) => resultOf(result.items(STEP).flatMap(({ json, pairedItem }) => (isOf(pairedItem, index) ? [json] : []))));
  };

  it('is what the items said, whatever goes wrong on the way', async () => {
    await fc.assert(
      fc.asyncProperty(lifeRuns('quick'), async (runs) => {
        const life = new ProfileLife(campaign.simulator);
        // Without items there is nothing to run.
        for (const run of runs) await life.live(run, async (step) => (step.items.length === 0 ? [] : await perform(step)));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

function isOf(pairedItem: unknown, index: number): boolean {
  return typeof pairedItem === 'object' && pairedItem !== null && 'item' in pairedItem && pairedItem.item === index;
}

function resultOf(outputs: IDataObject[]): { outputs: IDataObject[] } | { reason: string } {
  const [first] = outputs;
  if (first?.error === undefined) return { outputs };
  const { message } = first;
  return {
    reason: typeof message === 'object' && message !== null && 'reason' in message ? String(message.reason) : JSON.stringify(first),
  };
}
