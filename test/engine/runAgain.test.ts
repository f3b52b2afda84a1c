import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { EVERY_OPERATION } from '../support/everyOperation';
import { registeredOperations, type Registered } from '../support/registry';
import { campaignStep, chain, profileStep } from '../support/workflows';

const PAGE = readFileSync(path.resolve(__dirname, '../../docs/scaling.md'), 'utf8');

/** What docs/scaling.md says of an operation after a crash: the rows that name it. */
function verdictsOn({ operation }: Registered): string[] {
  const table = PAGE.slice(PAGE.indexOf('## After a crash'), PAGE.indexOf('## Processes that share'));
  const rows = [...table.matchAll(/^\| (.+) \| (.+) \|$/gm)];
  return rows.filter(([, names = '']) => names.split(', ').includes(operation.name)).map(([, , verdict = '']) => verdict);
}

const WRITING = registeredOperations().filter(({ operation }) => operation.writes);
const AGAIN = WRITING.filter((registered) => verdictsOn(registered)[0]?.startsWith('yes') === true);

/** When it was written, which a second writing of the same changes. */
const withoutTimes = (text: string): unknown =>
  JSON.parse(text, (name, value: unknown) => (/modified/i.test(name) ? undefined : value)) as unknown;

it.each(WRITING)('docs/scaling.md says once whether it may be run again: $name', (registered) => {
  expect(verdictsOn(registered)).toEqual([expect.stringMatching(/^yes|^look first/)]);
});

it.each(WRITING)('what is to be looked at first is what Retry On Fail leaves alone: $name', (registered) => {
  expect(registered.operation.addsEachTime ?? false).toBe(verdictsOn(registered)[0]?.startsWith('look first'));
});

describe.each<Dialect>(['v8', 'acs'])('Run again, against Campaign %s', (dialect) => {
  let campaign: Campaign;
  beforeEach(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
    // A command has been carried out by the time of the second run.
    campaign.simulator.assumptions.workflowTransitionMs = 0;
  });
  afterEach(async () => await campaign.close());

  const run = async ({ name, node, resource, operation }: Registered) => {
    const { parameters, input } = EVERY_OPERATION[name] ?? { parameters: {} };
    const more = operation.value === 'delete' ? { options: { notFound: 'returnNothing' } } : {};
    const makeStep = node === 'adobeCampaign' ? campaignStep(resource.value) : profileStep;
    const step = makeStep(STEP, { ...parameters, resource: resource.value, operation: operation.value, ...more });
    return await campaign.engine.run(chain(step), input ? [...input] : undefined);
  };
  /** All that Campaign holds and an operation can change. */
  const held = (): unknown => {
    const { profiles, services, subscriptions, resources, workflows } = campaign.simulator;
    const units = dialect === 'acs' ? resources.get('orgUnitBase').all() : [];
    const stores = [profiles.all(), services.all(), subscriptions.all(), resources.get('cusOrder').all(), units];
    return [withoutTimes(JSON.stringify(stores)), workflows.byName('WKF42').state];
  };

  it.each(AGAIN)('changes nothing more: $name', async (registered) => {
    const { prepare, acsOnly } = EVERY_OPERATION[registered.name] ?? {};
    if (acsOnly === true && dialect === 'v8') return;
    prepare?.(campaign.simulator);
    const before = held();
    expect((await run(registered)).error).toBeUndefined();
    const after = held();
    expect(after).not.toEqual(before);

    expect((await run(registered)).error).toBeUndefined();
    expect(held()).toEqual(after);
  });
});
