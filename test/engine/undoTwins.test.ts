import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { locator, updateParameters } from '../support/workflows';

const TWIN = 'twin@mail.com';
const TWO = 'twin.two@mail.com';
const ALL = { severalMatches: 'all', includeChanges: true };

describe.each<Dialect>(['v8', 'acs'])('Profile Undo Changes of profiles with one email, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true }, profiles: 5 });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    for (const email of [TWIN, TWO]) campaign.simulator.profiles.remove(...campaign.simulator.profiles.byEmail(email));
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
  const addMadeAt = (...people: ReadonlyArray<readonly [string, number, string]>) => {
    for (const [firstName, second, phone] of people) {
      campaign.simulator.profiles.add({ email: TWIN, firstName, phone, created: `2026-01-01 00:00:0${second}.000Z` });
    }
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

  const update = async (values: INodeParameters): Promise<IDataObject[]> =>
    await campaign.outputOf(updateParameters(locator('email', TWIN), values, { options: ALL }));
  const phones = (): unknown =>
    Object.fromEntries(campaign.simulator.profiles.byEmail(TWIN).map(({ firstName, phone }) => [firstName, phone]));

  it.each<[string, (trails: IDataObject[]) => IDataObject[]]>([
    ['in the order of the writes', (trails) => trails],
    ['in the other order', (trails) => trails.slice().reverse()],
  ])('takes back what was done to each of them by the time at which it was made, %s', async (_, order) => {
    addMadeAt(['Ann', 1, '1'], ['Bea', 2, '2'], ['Cleo', 3, '3']);
    const trails = [...(await update({ phone: '5' })), ...(await update({ lastName: 'Two', email: TWO }))];
    expect(outcomes(await undo(order(trails), { preview: true }))).toEqual(Array(6).fill('wouldRestore'));
    expect(outcomes(await undo(order(trails)))).toEqual(Array(6).fill('restored'));
    expect(phones()).toEqual({ Ann: '1', Bea: '2', Cleo: '3' });
    expect(outcomes(await undo(order(trails)))).toEqual(Array(6).fill('alreadyRestored'));
    expect(phones()).toEqual({ Ann: '1', Bea: '2', Cleo: '3' });
  });

  it('deletes the one that was created, and not another one with its email', async () => {
    addMadeAt(['Ann', 1, '1']);
    const fields = { mappingMode: 'defineBelow', value: { email: TWIN, firstName: 'Bea' }, matchingColumns: [], schema: [] };
    const trails = await campaign.outputOf({ operation: 'create', fields, options: { includeChanges: true } });
    expect(outcomes(await undo(trails, { createdRecords: 'delete' }))).toEqual(['restored']);
    expect(names()).toEqual(['Ann']);
  });

  it('says how else to find one of several that were made at the same time', async () => {
    addMadeAt(['Ann', 1, '1'], ['Bea', 1, '2']);
    const trails = await update({ phone: '5' });
    const [refused] = await undo(trails);
    expect(refused).toMatchObject({
      error: "Several profiles have email 'twin@mail.com', and not exactly one of them was made when the trail says",
    });
    expect(refused?.message).toMatchObject({ description: expect.stringContaining("Set 'Match By'") });
    expect(outcomes(await undo(trails, { matchBy: 'href' }))).toEqual(['restored', 'restored']);
  });
});
