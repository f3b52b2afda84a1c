import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { locator, updateParameters } from '../support/workflows';

const TWIN = 'twin@mail.com';
const ALL = { severalMatches: 'all', includeChanges: true };

describe.each<Dialect>(['v8', 'acs'])('Profile Undo Changes of profiles with one email, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true }, profiles: 5 });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    campaign.simulator.profiles.remove(...campaign.simulator.profiles.byEmail(TWIN));
    campaign.simulator.faults.clear();
  });

  const names = () =>
    campaign.simulator.profiles
      .byEmail(TWIN)
      .map(({ firstName }) => firstName)
      .sort();
  const add = (...firstNames: readonly string[]) => {
    for (const firstName of firstNames) campaign.simulator.profiles.add({ email: TWIN, firstName });
  };
  const deleteAll = async (): Promise<IDataObject[]> =>
    await campaign.outputOf({ operation: 'delete', profile: locator('email', TWIN), options: ALL });
  const undo = async (trails: IDataObject[], more: INodeParameters = {}): Promise<IDataObject[]> =>
    await campaign.outputOf({ operation: 'undoChanges', ...more }, trails, { onError: 'continueRegularOutput' });
  const outcomes = (items: readonly IDataObject[]) => items.map(({ outcome, error }) => outcome ?? error);

  it.each([
    ['different ones', ['Ann', 'Bea', 'Cleo']],
    ['ones that nothing tells apart', ['Ann', 'Ann']],
  ])('brings back all that were deleted together, once: %s', async (_, firstNames) => {
    add(...firstNames);
    const trails = await deleteAll();
    expect(names()).toEqual([]);

    expect(outcomes(await undo(trails, { preview: true }))).toEqual(firstNames.map(() => 'wouldRestore'));
    expect(names()).toEqual([]);
    expect(outcomes(await undo(trails))).toEqual(firstNames.map(() => 'restored'));
    expect(names()).toEqual(firstNames);
    expect(outcomes(await undo(trails))).toEqual(firstNames.map(() => 'alreadyRestored'));
    expect(names()).toEqual(firstNames);
  });

  it('brings back those that are missing, where others are back already', async () => {
    add('Ann', 'Bea');
    const trails = await deleteAll();
    add('Bea');
    expect(outcomes(await undo(trails))).toEqual(
      trails.map(({ changes }) => (JSON.stringify(changes).includes('"Bea"') ? 'alreadyRestored' : 'restored')),
    );
    expect(names()).toEqual(['Ann', 'Bea']);
  });

  it('brings back none, where somebody else has the email by now', async () => {
    add('Ann', 'Bea');
    const trails = await deleteAll();
    add('Zoe');
    expect(outcomes(await undo(trails))).toEqual(['skipped', 'skipped']);
    expect(names()).toEqual(['Zoe']);
  });

  it('sends none twice, where the answer to the first one is lost', async () => {
    add('Ann', 'Bea');
    const trails = await deleteAll();
    campaign.simulator.faults.add({ method: 'POST', url: '/profile', nth: 1, action: { type: 'reset', when: 'after' } });
    const ends = outcomes(await undo(trails));
    expect(ends).toEqual(expect.arrayContaining(['restored', expect.stringMatching(/may or may not/)]));
    expect(names()).toEqual(['Ann', 'Bea']);
  });

  it('says how else to find one of several that were updated', async () => {
    add('Ann', 'Bea');
    const trails = await campaign.outputOf(updateParameters(locator('email', TWIN), { phone: '5' }, { options: ALL }));
    const [refused] = await undo(trails);
    expect(refused).toMatchObject({ error: "2 profiles have email 'twin@mail.com'" });
    expect(refused?.message).toMatchObject({ description: expect.stringContaining("Set 'Match By'") });
    expect(outcomes(await undo(trails, { matchBy: 'href' }))).toEqual(['restored', 'restored']);
  });
});
