import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain, locator, profileStep, updateParameters, type StepMaker } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const TRACKED = { options: { includeChanges: true } };
const by = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const automatic = (column: string, more: INodeParameters = {}): INodeParameters => ({
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
  ...TRACKED,
  ...more,
});
const filled = (value: INodeParameters): INodeParameters => ({
  fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});

/** An object without some of its properties. */
const without = (object: object, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
};
const stop = async () => await campaign.close();

const run = async (makeStep: StepMaker, parameters: INodeParameters, input: readonly IDataObject[] = [{}]) =>
  await campaign.engine.run(chain(makeStep(STEP, parameters, { onError: 'continueRegularOutput' })), structuredClone([...input]));
const output = async (makeStep: StepMaker, parameters: INodeParameters, input?: readonly IDataObject[]): Promise<IDataObject[]> =>
  (await run(makeStep, parameters, input)).json(STEP);
const write = async (parameters: INodeParameters, input?: readonly IDataObject[]): Promise<IDataObject[]> =>
  await output(profileStep, parameters, input);
const undo = async (trails: readonly IDataObject[], more: INodeParameters = {}): Promise<IDataObject[]> =>
  await output(profileStep, { operation: 'undoChanges', ...more }, trails);
const outcomes = (items: readonly IDataObject[]): unknown[] => items.map(({ outcome, error }) => outcome ?? error);
const amy = () => campaign.simulator.profiles.find(({ cusLoyaltyId }) => cusLoyaltyId === 'L-000001');
const touch = (values: IDataObject) => {
  const person = amy();
  if (person) campaign.simulator.profiles.update(person.id, values as Parameters<Campaign['simulator']['profiles']['update']>[1]);
};

/** What n8n's Convert to File and Extract from File make of items: a column for every value, and all of it text. */
function throughTable(items: readonly IDataObject[]): IDataObject[] {
  const flat = (value: unknown, path: string): Array<[string, string]> => {
    if (typeof value !== 'object' || value === null) return [[path, value === null || value === undefined ? '' : String(value)]];
    return Object.entries(value).flatMap(([name, part]) => flat(part, path === '' ? name : `${path}.${name}`));
  };
  const rows = items.map((item) => Object.fromEntries(flat(item, '')));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])));
}

describe.each<Dialect>(['v8', 'acs'])('Profile Undo Changes, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);

  const update = async (value: INodeParameters, more: INodeParameters = {}) =>
    await write(updateParameters(locator('email', AMY), value, { ...TRACKED, ...more }));

  it('puts back what an update changed, of every kind of field', async () => {
    touch({
      phone: '11',
      birthDate: '1980-10-24',
      gender: 'female',
      blackListEmail: true,
      cusPoints: 7,
      cusLastPurchase: '2025-01-02 03:04:05.000Z',
    });
    const before = { ...amy() };
    const trails = await update(
      {
        phone: '12',
        birthDate: '1999-01-01',
        gender: 'male',
        blackListEmail: false,
        cusPoints: 8,
        cusLastPurchase: '2026-01-02T00:00:00Z',
        salutation: 'Dear',
      },
      { api: 'profileAndServicesExt' },
    );
    expect(amy()).toMatchObject({ phone: '12', gender: 'male', cusPoints: 8 });

    const restored = await undo(trails);
    expect(restored).toMatchObject([{ outcome: 'restored', email: AMY, skipped: [] }]);
    expect(amy()).toMatchObject(without(before, 'lastModified'));
    expect(outcomes(await undo(trails))).toEqual(['alreadyRestored']);
  });

  it.each<[string, (items: IDataObject[]) => IDataObject[]]>([
    ['as it is', (items) => items],
    ['of a table', throughTable],
    [
      'of a table with the changes as text',
      (items) => items.map((item) => ({ ...item, changes: JSON.stringify(item.changes), trail: JSON.stringify(item.trail) })),
    ],
    [
      'of a file with marks that cannot be seen before its text',
      (items) =>
        items.map((item) => ({ ...item, changes: `\uFEFF${JSON.stringify(item.changes)}`, trail: `\uFEFF${JSON.stringify(item.trail)}` })),
    ],
    ['of a JSON file in one item', (items) => [{ data: items }]],
    ['wrapped as n8n stores items', (items) => items.map((json) => ({ json, pairedItem: { item: 0 } }))],
    [
      'in the data of an earlier execution',
      (items) => [
        {
          data: {
            resultData: {
              runData: {
                Import: [{ data: { main: [items.map((json) => ({ json }))] } }],
                Next: [{ data: { main: [items.map((json) => ({ json }))] } }],
              },
            },
          },
        },
      ],
    ],
  ])('understands a trail %s', async (_, shape) => {
    touch({ cusPoints: 7, blackListEmail: true, phone: '' });
    const trails = await write(automatic('email', { api: 'profileAndServicesExt' }), [
      { email: AMY, cusPoints: 8, blackListEmail: false, phone: '99' },
      { email: 'new@mail.com', firstName: 'New' },
      { email: 'kristen.smith+news@mail.com', fax: '77' },
    ]);
    expect(outcomes(trails)).toEqual(['updated', 'created', 'updated']);
    const undone = await undo(shape(trails), { createdRecords: 'delete' });
    expect(undone.map(({ outcome }) => outcome)).toEqual(['restored', 'restored', 'restored']);
    expect(amy()).toMatchObject({ cusPoints: 7, blackListEmail: true, phone: '' });
    expect(campaign.simulator.profiles.byEmail('new@mail.com')).toEqual([]);
  });

  it('leaves alone and names what somebody else has changed since', async () => {
    const trails = await update({ phone: '12', fax: '13', salutation: 'Dear' });
    touch({ fax: '99' });
    expect(await undo(trails)).toMatchObject([
      {
        outcome: 'partlyRestored',
        changes: [{ field: 'phone', before: '12', after: '' }, { field: 'salutation' }],
        skipped: [{ field: 'fax', reason: 'changed since', expected: '13', found: '99' }],
      },
    ]);
    expect(amy()).toMatchObject({ phone: '', fax: '99' });
    touch({ fax: '98' });
    expect(await undo(trails)).toMatchObject([{ outcome: 'skipped', changes: [], skipped: [{ field: 'fax', found: '98' }] }]);
  });

  it('undoes several trails of one record newest first, in whatever order they come', async () => {
    const trails = [...(await update({ phone: '1' })), ...(await update({ phone: '2' })), ...(await update({ phone: '3' }))];
    const [first = {}, second = {}, third = {}] = trails;
    const undone = await undo([second, first, third]);
    expect(outcomes(undone)).toEqual(['restored', 'restored', 'restored']);
    expect(undone.map(({ changes }) => changes)).toMatchObject([
      [{ before: '2', after: '1' }],
      [{ before: '1', after: '' }],
      [{ before: '3', after: '2' }],
    ]);
    expect(amy()?.phone).toBe('');
  });

  it('follows a record whose email was changed', async () => {
    const first = await update({ phone: '1' });
    const second = await update({ email: 'amy.new@mail.com' });
    const third = await write(updateParameters(locator('email', 'amy.new@mail.com'), { phone: '2' }, TRACKED));
    expect(outcomes(await undo([...first, ...second, ...third]))).toEqual(['restored', 'restored', 'restored']);
    expect(amy()).toMatchObject({ email: AMY, phone: '' });
  });

  it('deletes what was created only if it is told to, and if nobody has been there since', async () => {
    const { profiles, services, subscriptions } = campaign.simulator;
    const trails = await write(automatic('email'), [
      { email: 'a@mail.com' },
      { email: 'b@mail.com' },
      { email: 'c@mail.com' },
      { email: 'd@mail.com' },
    ]);
    const [b] = profiles.byEmail('b@mail.com');
    const [c] = profiles.byEmail('c@mail.com');
    if (b) profiles.update(b.id, { phone: '5' });
    if (c) subscriptions.subscribe(c, services.byName('weekly_offers'));
    profiles.remove(...profiles.byEmail('d@mail.com'));

    expect(await undo(trails)).toMatchObject([
      { outcome: 'skipped' },
      { outcome: 'skipped' },
      { outcome: 'skipped' },
      { outcome: 'alreadyRestored' },
    ]);
    expect(profiles.byEmail('a@mail.com')).toHaveLength(1);
    expect(await undo(trails, { createdRecords: 'delete' })).toMatchObject([
      { outcome: 'restored' },
      { outcome: 'skipped', skipped: [{ field: 'phone', found: '5' }] },
      { outcome: 'skipped', skipped: [{ field: 'subscriptions' }] },
      { outcome: 'alreadyRestored' },
    ]);
    expect(profiles.byEmail('a@mail.com')).toEqual([]);
    expect(profiles.byEmail('b@mail.com')).toHaveLength(1);
  });

  it('undoes a creation and the update after it together', async () => {
    const trails = await write(automatic('email'), [
      { email: 'new@mail.com', phone: '1' },
      { email: 'new@mail.com', phone: '2' },
    ]);
    expect(outcomes(trails)).toEqual(['created', 'updated']);
    expect(outcomes(await undo(trails, { createdRecords: 'delete' }))).toEqual(['restored', 'restored']);
    expect(campaign.simulator.profiles.byEmail('new@mail.com')).toEqual([]);
    expect(outcomes(await undo(trails, { createdRecords: 'delete' }))).toEqual([
      'alreadyRestored',
      "There is no profile with email 'new@mail.com'",
    ]);
  });

  it('takes back a whole life: created, updated, deleted; a preview says the same', async () => {
    const person = { email: 'short.life@mail.com', firstName: 'Short' };
    const created = await write(automatic('email'), [person]);
    const updated = await write(automatic('email'), [{ ...person, firstName: 'Shorter' }]);
    const deleted = await write({ operation: 'delete', profile: locator('email', person.email), ...TRACKED });
    const life = [...created, ...updated, ...deleted];
    expect(outcomes(await undo(life, { createdRecords: 'delete', preview: true }))).toEqual(Array(3).fill('wouldRestore'));
    expect(outcomes(await undo(life, { createdRecords: 'delete' }))).toEqual(Array(3).fill('restored'));
    expect(campaign.simulator.profiles.byEmail(person.email)).toEqual([]);
  });

  it('creates again what was deleted, once', async () => {
    touch({ phone: '5', cusPoints: 3 });
    const before = { ...amy() };
    const trails = await write({ operation: 'delete', api: 'profileAndServicesExt', profile: locator('email', AMY), ...TRACKED });
    expect(trails).toMatchObject([{ deleted: true, changes: expect.arrayContaining([{ field: 'phone', before: '5', after: null }]) }]);
    expect(amy()).toBeUndefined();
    expect(outcomes(await undo(trails))).toEqual(['restored']);
    expect(amy()).toMatchObject(without(before, 'id', 'PKey', 'cryptedId', 'created', 'lastModified', 'age', 'title'));
    expect(outcomes(await undo(trails))).toEqual(['alreadyRestored']);
    touch({ phone: '6' });
    expect(await undo(trails)).toMatchObject([{ outcome: 'skipped', skipped: [{ field: 'phone', expected: '5', found: '6' }] }]);
    expect(campaign.simulator.profiles.byEmail(AMY)).toHaveLength(1);
  });

  it('takes back subscriptions', async () => {
    const { services, subscriptions } = campaign.simulator;
    const has = () => subscriptions.servicesOf(amy() ?? { id: 0 }).map(({ name }) => name);
    const subscription = (operation: string) => ({
      resource: 'subscription',
      operation,
      profile: locator('email', AMY),
      service: by('name', 'weekly_offers'),
      ...TRACKED,
    });
    const made = await write(subscription('subscribe'));
    expect(await write(subscription('subscribe'))).toMatchObject([{ outcome: 'unchanged', changes: [] }]);
    expect(has()).toEqual(['weekly_offers']);
    expect(outcomes(await undo(made))).toEqual(['restored']);
    expect(has()).toEqual([]);
    expect(outcomes(await undo(throughTable(made)))).toEqual(['alreadyRestored']);

    const person = amy();
    if (person) subscriptions.subscribe(person, services.byName('weekly_offers'));
    const ended = await write(subscription('unsubscribe'));
    expect(outcomes(await undo(ended))).toEqual(['restored']);
    expect(has()).toEqual(['weekly_offers']);
    expect(outcomes(await undo(ended))).toEqual(['alreadyRestored']);
  });

  it('finds the record by custom key or address as well', async () => {
    const keyed = updateParameters(locator('customKey', 'L-000001'), { phone: '5' }, { api: 'profileAndServicesExt', ...TRACKED });
    expect(outcomes(await undo(await write(keyed), { matchBy: 'key' }))).toEqual(['restored']);
    expect(outcomes(await undo(await update({ phone: '6' }), { matchBy: 'href' }))).toEqual(['restored']);
    const named = await update({ phone: '7' }, { api: 'profileAndServicesExt', readBack: 'return' });
    expect(await undo(named, { matchBy: 'key' })).toMatchObject([{ error: 'The trail does not say which custom key the record has' }]);
    expect(outcomes(await undo(named, { matchBy: 'key', options: { keyField: 'cusLoyaltyId' } }))).toEqual(['restored']);
    expect(amy()?.phone).toBe('');
  });

  it('can be previewed, and writes nothing then', async () => {
    const trails = await write(automatic('email'), [{ email: AMY, phone: '1' }, { email: AMY, phone: '2' }, { email: 'new@mail.com' }]);
    campaign.simulator.resetStats();
    const result = await run(profileStep, { operation: 'undoChanges', preview: true, createdRecords: 'delete' }, trails);
    expect(outcomes(result.json(STEP))).toEqual(['wouldRestore', 'wouldRestore', 'wouldRestore']);
    expect(result.json(STEP).map(({ changes }) => changes)).toMatchObject([
      [{ before: '1', after: '' }],
      [{ before: '2', after: '1' }],
      expect.any(Array),
    ]);
    expect(result.hints(STEP)).toContain('Preview: 3 would be restored; nothing was written');
    expect(campaign.simulator.stats.writesApplied).toBe(0);
    expect(outcomes(await undo(trails, { createdRecords: 'delete' }))).toEqual(['restored', 'restored', 'restored']);
  });

  it('can itself be undone', async () => {
    const undone = await undo(await update({ phone: '12' }));
    expect(amy()?.phone).toBe('');
    expect(outcomes(await undo(undone))).toEqual(['restored']);
    expect(amy()?.phone).toBe('12');
  });

  describe('with what cannot be undone', () => {
    const refused = async (shape: (trail: IDataObject) => IDataObject, more: INodeParameters = {}) => {
      const [trail = {}] = await update({ phone: '12', fax: '13' });
      campaign.simulator.resetStats();
      const [end] = await undo([shape(structuredClone(trail))], more);
      expect(campaign.simulator.stats.writesApplied).toBe(0);
      return String(end?.error ?? end?.outcome);
    };
    const edited = (change: (changes: IDataObject[]) => unknown) => (item: IDataObject) => {
      change(item.changes as IDataObject[]);
      return item;
    };
    const marked = (more: IDataObject) => (item: IDataObject) => ({ ...item, trail: { ...(item.trail as IDataObject), ...more } });

    it.each<[string, (item: IDataObject) => IDataObject, RegExp]>([
      ['no changes', ({ PKey, href }) => ({ PKey, href }), /The item has no changes to undo/],
      ['no trail', ({ changes, href }) => ({ changes, href }), /has changes, but no 'trail'/],
      [
        'an error',
        () => ({ error: 'There is no profile', message: { reason: 'notFound' } }),
        /that of a write that failed: 'There is no profile'/,
      ],
      ['a value that was edited', edited((changes) => Object.assign(changes[0] ?? {}, { before: '666' })), /not as it was written/],
      ['a change that was taken out', edited((changes) => changes.pop()), /not as it was written/],
      ['a change without a side', edited((changes) => delete changes[1]?.before), /Change 2 of the trail has no 'before'/],
      [
        'a change without a field',
        edited((changes) => Object.assign(changes[0] ?? {}, { field: '' })),
        /Change 1 of the trail has no field/,
      ],
      ['cut text', (item) => ({ ...item, changes: JSON.stringify(item.changes).slice(0, -9) }), /'changes' is not the list/],
      [
        'a cut trail',
        (item) => ({ ...item, trail: JSON.stringify(item.trail).slice(0, -9) }),
        /'trail' is .*, and not what a write left there/,
      ],
      ['no organization', marked({ organization: '' }), /The trail has no 'organization'/],
      [
        'another organization',
        marked({ organization: 'southwind' }),
        /is of organization 'southwind', but the credential opens 'northwind'/,
      ],
      ['no time', marked({ at: 'yesterday' }), /'yesterday' in the trail is no time/],
      ['an unknown API', marked({ api: 'elsewhere' }), /'elsewhere' in the trail is no API/],
      ['an unknown deed', marked({ done: 'painted' }), /'painted' in the trail is nothing that a write does/],
      ['a list of numbers', (item) => ({ ...item, changes: [1, 2] }), /Change 1 of the trail has no field/],
      ['a bad address', marked({ email: 'a\nb@mail.com' }), /not as it was written/],
    ])('refuses %s', async (_, shape, message) => {
      expect(await refused(shape)).toMatch(message);
    });

    it('refuses a row of a table that was cut, wherever that was', async () => {
      const [row = {}] = throughTable(await update({ phone: '12', fax: '13' }));
      campaign.simulator.resetStats();
      const columns = Object.keys(row);
      for (let length = 1; length < columns.length; length += 1) {
        const [end] = await undo([Object.fromEntries(columns.slice(0, length).map((column) => [column, row[column]]))]);
        expect([columns[length], end?.error]).toEqual([columns[length], expect.any(String)]);
      }
      expect(campaign.simulator.stats.writesApplied).toBe(0);
      expect(outcomes(await undo([row]))).toEqual(['restored']);
    });

    it('refuses a trail of another resource', async () => {
      const [trail = {}] = await update({ phone: '12' });
      const [end] = await output(campaignStep('service'), { operation: 'undoChanges' }, [trail]);
      expect(end?.error).toBe('The trail is of a profile, and not of a service');
    });

    it('takes an edited trail where the user says so, and still only what holds', async () => {
      const [trail = {}] = await update({ phone: '12', fax: '13' });
      const some = edited((changes) => changes.pop())(trail);
      expect(outcomes(await undo([some], { options: { editedTrails: 'accept' } }))).toEqual(['restored']);
      expect(amy()).toMatchObject({ phone: '', fax: '13' });
    });

    it('names fields that have vanished, become read-only, or have no empty value, and restores nothing or the others', async () => {
      const [trail = {}] = await update({ phone: '12', fax: '13' });
      const more = (item: IDataObject, change: IDataObject) => ({ ...item, changes: [...(item.changes as IDataObject[]), change] });
      const accept = { editedTrails: 'accept' };
      const person = amy();
      const cases: Array<[IDataObject, RegExp]> = [
        [{ field: 'shoeSize', before: 1, after: 2 }, /'shoeSize' is no field of Campaign any more/],
        [{ field: 'age', before: 1, after: person?.age }, /'age' has become read-only/],
        [{ field: 'gender', before: null, after: person?.gender }, /'gender' has no empty value/],
      ];
      campaign.simulator.resetStats();
      for (const [change, message] of cases) {
        const [end] = await undo([more(trail, change)], { options: accept });
        expect(end?.error).toMatch(message);
      }
      expect(campaign.simulator.stats.writesApplied).toBe(0);
      const [end] = await undo([more(trail, { field: 'shoeSize', before: 1, after: 2 })], { options: { ...accept, impossible: 'skip' } });
      expect(end).toMatchObject({
        outcome: 'partlyRestored',
        skipped: [{ field: 'shoeSize', reason: 'is no field of Campaign any more' }],
      });
      expect(amy()).toMatchObject({ phone: '', fax: '' });
    });

    it('says that a profile has been deleted meanwhile, and goes on with the others', async () => {
      const trails = await write(automatic('email'), [
        { email: AMY, phone: '1' },
        { email: 'kristen.smith+news@mail.com', phone: '1' },
      ]);
      campaign.simulator.profiles.remove(...campaign.simulator.profiles.byEmail(AMY));
      expect(outcomes(await undo(trails))).toEqual([`There is no profile with email '${AMY}'`, 'restored']);
    });

    it('brings back text that would not be taken from anybody else', async () => {
      const text = { phone: '\u202a+33 1 23\u202c', middleName: 'Ren\ufffd', salutation: '#N/A' };
      campaign.simulator.profiles.add({ email: 'odd.text@mail.com', ...text });
      const profile = by('email', 'odd.text@mail.com');
      const updated = await write({
        operation: 'update',
        profile,
        ...filled({ phone: '5', middleName: 'René', salutation: '-' }),
        ...TRACKED,
      });
      expect(outcomes(await undo(updated))).toEqual(['restored']);
      const deleted = await write({ operation: 'delete', profile, ...TRACKED });
      expect(outcomes(await undo(deleted))).toEqual(['restored']);
      expect(outcomes(await undo(deleted))).toEqual(['alreadyRestored']);
      expect(campaign.simulator.profiles.byEmail('odd.text@mail.com')).toMatchObject([text]);
      campaign.simulator.profiles.remove(...campaign.simulator.profiles.byEmail('odd.text@mail.com'));
    });

    it('does not choose between profiles with one email', async () => {
      const trails = await update({ phone: '1' });
      campaign.simulator.profiles.add({ email: AMY });
      const older = trails.map((item) => ({ ...item, trail: without(item.trail as IDataObject, 'created') })) as IDataObject[];
      expect(outcomes(await undo(older))).toEqual([
        `Several profiles have email '${AMY}', and the trail does not say when its profile was made`,
      ]);
      expect(outcomes(await undo(trails))).toEqual(['restored']);
      expect(outcomes(await undo(older, { matchBy: 'href' }))).toEqual(['alreadyRestored']);
    });

    it('says in one item which of many trails failed', async () => {
      const trails = await write(automatic('email'), [
        { email: AMY, phone: '1' },
        { email: 'kristen.smith+news@mail.com', phone: '1' },
      ]);
      campaign.simulator.profiles.remove(...campaign.simulator.profiles.byEmail(AMY));
      expect(await undo([{ data: trails }])).toMatchObject([
        { outcome: 'failed', email: AMY, reason: `There is no profile with email '${AMY}'` },
        { outcome: 'restored' },
      ]);
    });
  });
});

describe.each<Dialect>(['v8', 'acs'])('Service Undo Changes, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);
  const service = campaignStep('service');

  it('takes back updates, creations and removals', async () => {
    const { services } = campaign.simulator;
    const trails = await output(service, automatic('name'), [
      { name: 'weekly_offers', desc: 'Every week', messageType: 'sms' },
      { name: 'brand_new', label: 'New' },
    ]);
    expect(outcomes(trails)).toEqual(['updated', 'created']);
    trails.push(...(await output(service, { operation: 'delete', service: by('name', 'invite_friends'), ...TRACKED })));
    expect(services.all().some(({ name }) => name === 'invite_friends')).toBe(false);
    const before = { label: services.byName('weekly_offers').label };
    expect(outcomes(await output(service, { operation: 'undoChanges', createdRecords: 'delete' }, throughTable(trails)))).toEqual([
      'restored',
      'restored',
      'restored',
    ]);
    expect(services.byName('weekly_offers')).toMatchObject({ ...before, desc: '', messageType: 'email' });
    expect(services.all().some(({ name }) => name === 'brand_new')).toBe(false);
    expect(services.byName('invite_friends').name).toBe('invite_friends');
  });
});

describe.each<Dialect>(['v8', 'acs'])('Custom Resource Undo Changes, against Campaign %s', (dialect) => {
  beforeEach(start(dialect));
  afterEach(stop);
  const resource = campaignStep('customResource');
  const orders = { customResource: by('name', 'cusOrder') };
  const order = (number: string) => campaign.simulator.resources.get('cusOrder').find(({ orderNumber }) => orderNumber === number);
  const undoOrders = async (trails: readonly IDataObject[], more: INodeParameters = {}) =>
    await output(resource, { operation: 'undoChanges', ...orders, ...more }, trails);

  it('puts back links, numbers and choices', async () => {
    const before = { ...order('O-1001') };
    const trails = await output(
      resource,
      {
        ...automatic('orderNumber', orders),
        links: { link: [{ field: 'profile', by: 'email', value: 'kristen.smith+news@mail.com' }] },
      },
      [{ orderNumber: 'O-1001', amount: 1.5, status: 'returned', gift: true }],
    );
    expect(trails).toMatchObject([
      {
        outcome: 'updated',
        changes: expect.arrayContaining([
          {
            field: 'profile',
            before: expect.objectContaining({ email: AMY }),
            after: expect.objectContaining({ email: 'kristen.smith+news@mail.com' }),
          },
        ]),
      },
    ]);
    expect(order('O-1001')?.profile).not.toBe(before.profile);
    expect(outcomes(await undoOrders(throughTable(trails)))).toEqual(['restored']);
    expect(order('O-1001')).toMatchObject(without(before, 'lastModified'));
    expect(outcomes(await undoOrders(trails))).toEqual(['alreadyRestored']);
  });

  it('leaves a link alone that leads elsewhere by now, and removes one that was not there', async () => {
    const linked = { ...automatic('orderNumber', orders), links: { link: [{ field: 'profile', by: 'email', value: AMY }] } };
    const [first = {}] = await output(resource, linked, [{ orderNumber: 'O-1005', lines: 5 }]);
    expect(first).toMatchObject({
      changes: expect.arrayContaining([{ field: 'profile', before: null, after: expect.objectContaining({ email: AMY }) }]),
    });
    const id = order('O-1005')?.id ?? 0;
    campaign.simulator.resources.get('cusOrder').update(id, { profile: 3 });
    expect(await undoOrders([first])).toMatchObject([{ outcome: 'partlyRestored', skipped: [{ field: 'profile' }] }]);
    expect(order('O-1005')).toMatchObject({ lines: 1, profile: 3 });
    campaign.simulator.resources.get('cusOrder').update(id, { profile: 1, lines: 5 });
    expect(outcomes(await undoOrders([first]))).toEqual(['restored']);
    expect(order('O-1005')).toMatchObject({ lines: 1, profile: null });
  });

  it('creates a record again with its links, and refuses one that nobody could tell', async () => {
    const before = { ...order('O-1001') };
    const trails = await output(resource, { operation: 'delete', ...orders, record: by('customKey', 'O-1001'), ...TRACKED });
    expect(outcomes(await undoOrders(trails))).toEqual(['restored']);
    expect(order('O-1001')).toMatchObject(without(before, 'id', 'lastModified', 'created'));

    const table = campaign.simulator.resources.get('cusOrder');
    const second = order('O-1002');
    const unnamed = await output(resource, {
      operation: 'delete',
      ...orders,
      record: by('pKey', second ? table.keyOf(second) : ''),
      ...TRACKED,
    });
    expect(outcomes(await undoOrders(unnamed))).toEqual(['The trail does not say which custom key the record has']);
    expect(outcomes(await undoOrders(unnamed, { options: { keyField: 'orderNumber' } }))).toEqual(['restored']);
    expect(outcomes(await undoOrders(unnamed, { options: { keyField: 'orderNumber' } }))).toEqual(['alreadyRestored']);
  });

  it('refuses a trail of another custom resource', async () => {
    const trails = await output(resource, {
      operation: 'update',
      identifyBy: 'record',
      ...orders,
      record: by('customKey', 'O-1001'),
      ...filled({ comment: 'x' }),
      ...TRACKED,
    });
    const [end] = await output(resource, { operation: 'undoChanges', customResource: by('name', 'cusStore') }, trails);
    expect(end?.error).toBe('The trail is of a cusOrder, and not of a cusStore');
    expect(order('O-1001')?.comment).toBe('x');
  });
});
