import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect, StoredProfile } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { locator } from '../support/workflows';

const KIM = 'kim.lee@mail.com';
const SERVICES = ['weekly_offers', 'sms_alerts'];

describe.each<Dialect>(['v8', 'acs'])('Profile Undo Changes of Unsubscribe From Everything, against Campaign %s', (dialect) => {
  let campaign: Campaign;
  let kim: StoredProfile;
  beforeEach(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
    kim = campaign.simulator.profiles.byEmail(KIM)[0] ?? campaign.simulator.profiles.add({ email: KIM });
    campaign.simulator.profiles.update(kim.id, { blackListFax: true });
    for (const { name } of campaign.simulator.subscriptions.servicesOf(kim)) end(String(name));
    for (const name of SERVICES) subscribe(name);
  });
  afterEach(async () => await campaign.close());

  const service = (name: string) => campaign.simulator.services.byName(name);
  const subscribe = (name: string) => campaign.simulator.subscriptions.subscribe(kim, service(name));
  const end = (name: string) => campaign.simulator.subscriptions.unsubscribe(kim, service(name));
  const services = () =>
    campaign.simulator.subscriptions
      .servicesOf(kim)
      .map(({ name }) => String(name))
      .sort();
  const isOut = () =>
    Object.entries(campaign.simulator.profiles.get(kim.id) ?? {})
      .filter(([name, value]) => name.startsWith('blackList') && value === true)
      .map(([name]) => name);
  const leave = async (options: INodeParameters = {}, more: INodeParameters = {}) =>
    await campaign.outputOf({
      resource: 'subscription',
      operation: 'unsubscribeFromEverything',
      profile: locator('email', KIM),
      options: { includeChanges: true, ...options },
      ...more,
    });
  const undo = async (trails: IDataObject[], more: INodeParameters = {}) =>
    await campaign.outputOf({ operation: 'undoChanges', ...more }, structuredClone(trails), { onError: 'continueRegularOutput' });

  it('gives back the subscriptions and turns off what it turned on, once; and an undo can be undone', async () => {
    const trails = await leave();
    expect([services(), isOut().length > 5]).toEqual([[], true]);

    const undone = await undo(trails);
    expect(undone).toMatchObject([{ outcome: 'restored', email: KIM, skipped: [] }]);
    expect([services(), isOut()]).toEqual([[...SERVICES].sort(), ['blackListFax']]);
    expect(await undo(trails)).toMatchObject([{ outcome: 'alreadyRestored' }]);

    expect(await undo(undone)).toMatchObject([{ outcome: 'restored' }]);
    expect([services(), isOut().length > 5]).toEqual([[], true]);
  });

  it('tells the services among the changes, also in a preview, which changes nothing', async () => {
    const [planned] = await leave({}, { preview: true });
    const changes = SERVICES.map((name) => ({ field: 'subscription', before: name, after: null }));
    expect(planned).toMatchObject({ outcome: 'wouldUnsubscribe', changes: expect.arrayContaining(changes) });
    expect(planned).not.toHaveProperty('trail');
    expect(services()).toEqual([...SERVICES].sort());
  });

  it('leaves alone what somebody else has changed since, and goes on where an undo was stopped', async () => {
    const trails = await leave();
    campaign.simulator.profiles.update(kim.id, { blackListEmail: false });
    subscribe('sms_alerts');
    expect(await undo(trails)).toMatchObject([
      { outcome: 'restored', changes: expect.arrayContaining([{ field: 'subscription', before: null, after: 'weekly_offers' }]) },
    ]);
    expect([services(), isOut()]).toEqual([[...SERVICES].sort(), ['blackListFax']]);
  });

  it('of a service that is gone, says so and does nothing, or restores the rest', async () => {
    campaign.simulator.services.add({ name: 'short_lived', label: 'Short lived' });
    subscribe('short_lived');
    const trails = await leave();
    campaign.simulator.services.remove(service('short_lived'));
    const [refused] = await undo(trails);
    expect(refused?.error).toMatch(/'subscription' to 'short_lived' has no service any more/);
    expect(services()).toEqual([]);

    expect(await undo(trails, { options: { impossible: 'skip' } })).toMatchObject([
      { outcome: 'partlyRestored', skipped: [{ field: 'subscription', reason: "to 'short_lived' has no service any more" }] },
    ]);
    expect([services(), isOut()]).toEqual([[...SERVICES].sort(), ['blackListFax']]);
  });

  it('without anything to end leaves a trail of nothing', async () => {
    await leave();
    const again = await leave();
    expect(again).toMatchObject([{ outcome: 'unchanged', changes: [], trail: { done: 'unchanged' } }]);
    expect(await undo(again)).toMatchObject([{ outcome: 'alreadyRestored' }]);
    expect(services()).toEqual([]);
  });

  it('is undone together with what was done to the profile earlier, again and again to the same end', async () => {
    campaign.simulator.services.add({ name: 'birthday_club', label: 'Birthday club' });
    const made = await campaign.outputOf({
      resource: 'subscription',
      operation: 'subscribe',
      profile: locator('email', KIM),
      service: { __rl: true, mode: 'name', value: 'birthday_club' },
      options: { includeChanges: true },
    });
    const left = await leave();
    expect((await undo([...made, ...left])).map(({ outcome }) => outcome)).toEqual(['restored', 'restored']);
    expect([services(), isOut()]).toEqual([[...SERVICES].sort(), ['blackListFax']]);
    // That what was made was ended as well looks the same before and after: it is gone through again, and comes to the same end.
    await undo([...made, ...left]);
    expect([services(), isOut()]).toEqual([[...SERVICES].sort(), ['blackListFax']]);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Profile Undo Changes of a record that was made anew, against Campaign %s', (dialect) => {
  const NEW = 'new@mail.com';
  let campaign: Campaign;
  beforeEach(async () => void (campaign = await startCampaign({ dialect, settings: { freshKeys: true } })));
  afterEach(async () => await campaign.close());
  const tracked = { options: { includeChanges: true } };
  const mapping = { fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] } };
  const write = async (parameters: INodeParameters, input: IDataObject[] = [{}]) =>
    await campaign.outputOf({ ...tracked, ...parameters }, input);
  const later = () => campaign.simulator.clock.advance(60_000);
  const stored = () => campaign.simulator.profiles.byEmail(NEW);

  it('deletes no record but the one that was created, whatever another one holds by chance', async () => {
    campaign.simulator.profiles.add({ email: NEW, phone: '1' });
    const trails = [
      ...(await write({ operation: 'upsert', ...mapping }, [{ email: NEW, phone: '2' }])),
      ...(await write({ operation: 'delete', profile: locator('email', NEW) })),
    ];
    later();
    trails.push(...(await write({ operation: 'upsert', ...mapping }, [{ email: NEW, phone: '2' }])));
    expect(trails.map(({ trail }) => (trail as IDataObject).done)).toEqual(['updated', 'deleted', 'created']);
    later();
    const undo = async () => await campaign.outputOf({ operation: 'undoChanges', createdRecords: 'delete' }, structuredClone(trails));
    await undo();
    const [restored] = stored();
    expect(stored()).toMatchObject([{ phone: '1' }]);

    // Somebody writes what the creation has left as well, and subscriptions come: deleting it again would lose them.
    if (restored) campaign.simulator.profiles.update(restored.id, { phone: '2' });
    later();
    campaign.simulator.resetStats();
    await undo();
    expect(stored().map(({ id }) => id)).toEqual([restored?.id]);
    expect(
      campaign.simulator.stats.received.filter(({ method }) => method === 'DELETE' || method === 'POST').filter(({ api }) => api !== 'ims'),
    ).toEqual([]);
  });

  it('waits for other writes to the same profile in this process', async () => {
    const [trail] = await write({ operation: 'upsert', ...mapping }, [{ email: 'amy.dakota@mail.com', phone: '55' }]);
    campaign.simulator.faults.add({ method: 'PATCH', nth: 1, action: { type: 'delay', ms: 300 } });
    const [, undone] = await Promise.all([
      write({ operation: 'upsert', ...mapping }, [{ email: 'amy.dakota@mail.com', phone: '66' }]),
      (async () => {
        while (!campaign.simulator.stats.received.some(({ method, json }) => method === 'PATCH' && JSON.stringify(json).includes('66')))
          await new Promise((resolve) => setImmediate(resolve));
        return await campaign.outputOf({ operation: 'undoChanges' }, structuredClone([trail ?? {}]));
      })(),
    ]);
    expect(undone).toMatchObject([{ outcome: 'skipped', skipped: [{ field: 'phone', found: '66' }] }]);
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')).toMatchObject([{ phone: '66' }]);
  });
});
