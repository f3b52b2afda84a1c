import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect, type ReceivedRequest } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters, campaignStep, chain, locator, profileStep, updateParameters } from '../support/workflows';

const ROWS = 60;
const EXTENDED: INodeParameters = { api: 'profileAndServicesExt' };
type LookUp = 'automatic' | 'fromList' | 'oneByOne';

const upsert = (lookUp: LookUp | undefined, column = 'email', more: INodeParameters = {}): INodeParameters => ({
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
  ...more,
  options: { ...(lookUp ? { lookUp } : {}), ...(more.options as INodeParameters | undefined) },
});

const email = (row: number): string => `row${row}@mail.com`;
const key = (row: number): string => `K-${row}`;
/** The rows of the input: every third differs from what is there, the last ten are not there. */
const rows = (): IDataObject[] =>
  Array.from({ length: ROWS }, (_, row) => ({ email: email(row), phone: row % 3 === 0 ? 'new' : 'old', cusLoyaltyId: key(row) }));
const withoutKey = (): IDataObject[] => rows().map(({ email: address, phone }) => ({ email: address, phone }));

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
};
const seed = (): void => {
  const { profiles } = campaign.simulator;
  for (let row = 0; row < ROWS - 10; row += 1) profiles.add({ email: email(row), phone: 'old', cusLoyaltyId: key(row), firstName: 'Row' });
};
const stored = (row: number) => campaign.simulator.profiles.byEmail(email(row));
const received = (matches: (request: ReceivedRequest) => boolean): number => campaign.simulator.stats.received.filter(matches).length;
const pages = (resource = 'profile'): number =>
  received(({ path, query }) => path.endsWith(`/${resource}`) && query.get('_lineCount') === '200');
const continued = (): number => received(({ query }) => query.has('_lineStart'));
const lookUps = (): number =>
  received(({ method, path }) => method === 'GET' && (path.endsWith('/byEmail') || /\/profile\/[^/]+$/.test(path)));
const outcomes = (items: readonly IDataObject[]): unknown[] => items.map(({ outcome, error }) => outcome ?? error);
const expected = rows().map((_, row) => (row >= ROWS - 10 ? 'created' : row % 3 === 0 ? 'updated' : 'unchanged'));

describe.each<Dialect>(['v8', 'acs'])('looking up from the list, against Campaign %s', (dialect) => {
  beforeEach(async () => {
    await start(dialect)();
    seed();
    // What is there was not made this minute.
    campaign.simulator.clock.advance(60_000);
    await campaign.outputOf({ operation: 'count' });
    campaign.simulator.resetStats();
  });
  afterEach(async () => await campaign.close());

  it('reads pages in place of look-ups, does what one by one does, and says so', async () => {
    const result = await campaign.runStep(upsert(undefined), withoutKey());
    expect(outcomes(result.json(STEP))).toEqual(expected);
    expect(result.items(STEP).map(({ pairedItem }) => pairedItem)).toEqual(rows().map((_, item) => ({ item })));
    expect(result.json(STEP)[1]).toEqual({
      outcome: 'unchanged',
      email: email(1),
      phone: 'old',
      PKey: expect.any(String),
      href: expect.any(String),
    });
    expect([pages() + continued() > 2, lookUps()]).toEqual([true, 10]);
    expect(result.hints(STEP)).toEqual(['60 rows, 250 profiles: read 2 pages instead of 60 look-ups']);
    expect(Array.from({ length: ROWS }, (_, row) => stored(row).length)).toEqual(rows().map(() => 1));
    expect(stored(0)[0]?.phone).toBe('new');

    campaign.simulator.resetStats();
    expect(outcomes(await campaign.outputOf(upsert('fromList'), withoutKey()))).toEqual(rows().map(() => 'unchanged'));
    expect([lookUps(), campaign.simulator.stats.writesApplied]).toEqual([0, 0]);
  });

  it('asks one by one when told to, and for few rows', async () => {
    await campaign.outputOf(upsert('oneByOne'), withoutKey());
    expect([pages(), lookUps() >= ROWS]).toEqual([0, true]);
    campaign.simulator.resetStats();
    await campaign.outputOf(upsert(undefined), withoutKey().slice(0, 19));
    expect([pages(), lookUps()]).toEqual([0, 19]);
    campaign.simulator.resetStats();
    await campaign.outputOf(upsert(undefined), withoutKey().slice(0, 20));
    expect([pages() > 0, lookUps()]).toEqual([true, 0]);
  });

  it('asks one by one where the list is too long, unless told otherwise', async () => {
    campaign.simulator.assumptions.maximumLineCount = 5;
    const automatic = await campaign.runStep(upsert('automatic'), withoutKey());
    expect(outcomes(automatic.json(STEP))).toEqual(expected);
    expect(automatic.hints(STEP)).toEqual([
      '60 rows, 250 profiles: looked up one by one, because reading 50 pages would not save half of 60 look-ups',
    ]);
    campaign.simulator.resetStats();
    const told = await campaign.runStep(upsert('fromList'), withoutKey());
    expect(told.hints(STEP)).toEqual(['60 rows, 260 profiles: read 52 pages instead of 60 look-ups']);
    expect(lookUps()).toBe(0);
  });

  it('takes a list of more than 100,000 records to its end', async () => {
    campaign.simulator.settings.bigTableThreshold = 20;
    campaign.simulator.assumptions.maximumLineCount = 30;
    campaign.simulator.assumptions.nextForcePagination = 'dropped';
    expect(outcomes(await campaign.outputOf(upsert('fromList'), withoutKey()))).toEqual(expected);
    expect(lookUps()).toBe(10);
  });

  it('sees several profiles with one email, also in another letter case, and asks for them alone', async () => {
    campaign.simulator.profiles.add({ email: email(1), phone: 'old' });
    campaign.simulator.profiles.add({ email: email(2).toUpperCase(), phone: 'old' });
    const parameters = (lookUp: LookUp) => upsert(lookUp);
    const settings = { onError: 'continueRegularOutput' as const };
    const [fromList, oneByOne] = [
      await campaign.outputOf(parameters('fromList'), withoutKey().slice(0, 4), settings),
      await campaign.outputOf(parameters('oneByOne'), withoutKey().slice(0, 4), settings),
    ];
    expect(outcomes(fromList)).toEqual(['updated', expect.stringMatching(/2 profiles have/), expect.anything(), 'updated']);
    expect(outcomes(fromList).slice(1, 3)).toEqual(outcomes(oneByOne).slice(1, 3));
  });

  it('finds emails as one by one does: in another letter case, with blanks around them', async () => {
    const given = [`  ${email(1)} `, email(2).toUpperCase(), email(3)];
    const fromList = await campaign.outputOf(
      upsert('fromList'),
      given.map((address) => ({ email: address, firstName: 'Given' })),
    );
    const again = await campaign.outputOf(
      upsert('oneByOne'),
      given.map((address) => ({ email: address, firstName: 'Given' })),
    );
    expect(outcomes(fromList)).toEqual(['updated', 'updated', 'updated']);
    expect(outcomes(again)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  it('lets the last of several items with one key win, and creates once', async () => {
    const input = [...withoutKey(), { email: email(1), phone: 'last' }, { email: email(ROWS - 1), phone: 'last' }];
    const outputs = await campaign.outputOf(upsert('fromList'), input);
    expect(outcomes(outputs).slice(ROWS)).toEqual(['updated', 'updated']);
    expect([stored(1), stored(ROWS - 1)].map((found) => found.map(({ phone }) => phone))).toEqual([['last'], ['last']]);
  });

  it('lets a row put back what a row before it has changed', async () => {
    const outputs = await campaign.outputOf(upsert('fromList'), [...withoutKey(), { email: email(0), phone: 'old' }]);
    expect([outcomes(outputs)[0], outcomes(outputs)[ROWS]]).toEqual(['updated', 'updated']);
    expect(stored(0)).toMatchObject([{ phone: 'old' }]);
  });

  it('proves that a column is the custom key, and finds profiles by it', async () => {
    const result = await campaign.runStep(upsert(undefined, 'cusLoyaltyId', EXTENDED), rows());
    expect(outcomes(result.json(STEP))).toEqual(expected);
    expect(result.hints(STEP)[0]).toMatch(/^60 rows, \d+ profiles: read \d pages? instead of 60 look-ups$/);
    // Three that prove the key, ten that are not in the list, and one that proves it before the first of those is created.
    expect(lookUps()).toBe(14);
  });

  it('writes to profiles found by their key while the list is still being read', async () => {
    campaign.simulator.assumptions.maximumLineCount = 10;
    const outputs = await campaign.outputOf(upsert('fromList', 'cusLoyaltyId', EXTENDED), rows());
    expect(outcomes(outputs)).toEqual(expected);
    const { received: requests } = campaign.simulator.stats;
    const firstWrite = requests.findIndex(({ method }) => method === 'PATCH');
    const lastPage = requests.map(({ query }) => query.has('_lineStart')).lastIndexOf(true);
    expect([firstWrite > 0, firstWrite < lastPage]).toEqual([true, true]);
    expect(Array.from({ length: ROWS }, (_row, row) => stored(row).length)).toEqual(rows().map(() => 1));
  });

  it('uses what had come by when the list of keys breaks off, and looks up the rest', async () => {
    campaign.simulator.assumptions.maximumLineCount = 10;
    campaign.simulator.faults.add({
      url: '_lineStart',
      nth: [22, 23, 24],
      action: { type: 'answer', status: 500, body: 'RST-360011 too many' },
    });
    const result = await campaign.runStep(upsert('fromList', 'cusLoyaltyId', EXTENDED), rows());
    expect(outcomes(result.json(STEP))).toEqual(expected);
    expect(result.hints(STEP).join()).toMatch(/could not be read: /);
    expect(Array.from({ length: ROWS }, (_row, row) => stored(row).length)).toEqual(rows().map(() => 1));
  });

  it('updates nobody where the column is not the custom key', async () => {
    for (const { id } of campaign.simulator.profiles.all()) campaign.simulator.profiles.update(id, { cusPoints: id });
    const input = rows().map((_, index) => ({ cusPoints: index + 1, phone: 'never' }));
    const result = await campaign.runStep(upsert('fromList', 'cusPoints', EXTENDED), input, { onError: 'continueRegularOutput' });
    expect(result.hints(STEP).join()).toMatch(/looked up one by one, because the list of profiles does not show which field has the key/);
    expect(campaign.simulator.stats.byMethod.get('PATCH') ?? 0).toBe(0);
  });

  it.each<[string, INodeParameters, number]>([
    ['a column with the email', automaticUpdateParameters('email', { options: { lookUp: 'automatic' } }), 0],
    ['an email', updateParameters(locator('email', '={{ $json.email }}'), { phone: '={{ $json.phone }}' }), 0],
    ['a column with a custom key', automaticUpdateParameters('cusLoyaltyId', { ...EXTENDED, options: { sendOnlyChangedFields: true } }), 3],
    [
      // Three that show which field is the key, three that prove it.
      'a custom key',
      updateParameters(
        locator('customKey', '={{ $json.cusLoyaltyId }}'),
        { phone: '={{ $json.phone }}' },
        {
          ...EXTENDED,
          options: { sendOnlyChangedFields: true },
        },
      ),
      6,
    ],
  ])('updates by %s', async (_, parameters, alone) => {
    const input = rows()
      .slice(0, 40)
      .map((row) => (JSON.stringify(parameters).includes('"email"') ? { ...row, cusLoyaltyId: undefined } : row));
    const result = await campaign.runStep(parameters, input);
    expect(result.error).toBeUndefined();
    expect(lookUps()).toBe(alone);
    expect(result.hints(STEP)[0]).toMatch(/^40 rows, \d+ profiles: read \d pages? instead of 40 look-ups$/);
    expect(Array.from({ length: 40 }, (_row, row) => stored(row)[0]?.phone)).toEqual(input.map(({ phone }) => phone));
  });

  it('has nothing to look up for an update by key that sends everything', async () => {
    const parameters = automaticUpdateParameters('cusLoyaltyId', { ...EXTENDED, options: { lookUp: 'fromList' } });
    const result = await campaign.runStep(parameters, rows().slice(0, 30));
    // One that proves the key.
    expect([pages(), lookUps()]).toEqual([0, 1]);
    expect(result.hints(STEP)).toEqual([
      "'Look Up' is 'From the List', but there is nothing to look up by an email or by a key of your own",
    ]);
  });

  it('tells changes from what was there right before them', async () => {
    let isChanged = false;
    campaign.simulator.faults.add({
      url: '_lineStart',
      when: () => {
        const [other] = stored(0);
        if (!isChanged && other) campaign.simulator.profiles.update(other.id, { phone: 'between' });
        isChanged = true;
        return false;
      },
      action: faultActions.emptyOk,
    });
    campaign.simulator.assumptions.maximumLineCount = 240;
    const parameters = automaticUpdateParameters('email', {
      options: { lookUp: 'fromList', sendOnlyChangedFields: true, includeChanges: true },
    });
    campaign.simulator.assumptions.maximumLineCount = 230;
    const outputs = await campaign.outputOf(parameters, withoutKey().slice(0, 24));
    expect([isChanged, outputs[0]?.changes]).toEqual([true, [{ field: 'phone', before: 'between', after: 'new' }]]);
    expect(outputs[1]).toMatchObject({ changes: [] });
  });

  it('reads back what was changed, and gives what was not as the list shows it', async () => {
    const more: INodeParameters = { readBack: 'return', output: 'selectedFields', selectedFields: ['firstName', 'phone', 'created'] };
    const pick = (items: readonly IDataObject[]) =>
      items.map(({ outcome, firstName, phone, created }) => [outcome, firstName, phone, typeof created]);
    const fromList = pick(await campaign.outputOf(upsert('fromList', 'email', more), withoutKey()));
    expect(lookUps()).toBe(10 + 17);
    expect(fromList.slice(0, 3)).toEqual([
      ['updated', 'Row', 'new', 'string'],
      ['unchanged', 'Row', 'old', 'string'],
      ['unchanged', 'Row', 'old', 'string'],
    ]);
    const raw = await campaign.outputOf(upsert('fromList', 'email', { readBack: 'return', output: 'raw' }), withoutKey());
    const alone = await campaign.outputOf(upsert('oneByOne', 'email', { readBack: 'return', output: 'raw' }), withoutKey());
    expect(Object.keys(raw[1] ?? {})).toEqual(Object.keys(alone[1] ?? {}));
  });

  it('looks for a profile that was deleted since, and creates it again', async () => {
    let listed = 0;
    campaign.simulator.faults.add({
      method: 'PATCH',
      when: () => {
        listed += 1;
        if (listed === 1) campaign.simulator.profiles.remove(...stored(3), ...stored(6), ...stored(9));
        return false;
      },
      action: faultActions.emptyOk,
    });
    const outputs = await campaign.outputOf(upsert('fromList', 'email', { options: { maxRequestsInFlight: 1 } }), withoutKey());
    expect([outputs[3], outputs[6], outputs[9]].map((item) => item?.outcome)).toEqual(['created', 'created', 'created']);
    expect([3, 6, 9].map((row) => stored(row).length)).toEqual([1, 1, 1]);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'refused',
      () => campaign.simulator.faults.add({ url: '_lineCount=200', action: { type: 'answer', status: 403, body: 'RST-360011 no right' } }),
      /^60 rows, looked up one by one, because the list of profiles could not be read: /,
    ],
    [
      'broken off in its middle',
      () => {
        campaign.simulator.assumptions.maximumLineCount = 30;
        campaign.simulator.faults.add({
          url: '_lineStart',
          nth: [3, 4, 5, 6, 7, 8],
          action: { type: 'answer', status: 500, body: 'RST-360011 too many' },
        });
      },
      /could not be read: /,
    ],
    [
      'unreadable',
      () => {
        campaign.simulator.faults.add({ url: '_lineCount=200', action: faultActions.wrongJson });
      },
      /could not be read: /,
    ],
  ])('goes on one by one where the list is %s', async (_, spoil, hint) => {
    spoil();
    const result = await campaign.runStep(upsert('fromList'), withoutKey());
    expect(outcomes(result.json(STEP))).toEqual(expected);
    expect(result.hints(STEP).join()).toMatch(hint);
    expect(Array.from({ length: ROWS }, (_row, row) => stored(row).length)).toEqual(rows().map(() => 1));
  });

  it('goes on one by one where profiles are deleted all the while, because others may slip past', async () => {
    campaign.simulator.assumptions.maximumLineCount = 30;
    campaign.simulator.profiles.add({ email: email(1), phone: 'old' });
    const strangers = campaign.simulator.profiles.all().slice(0, 100);
    campaign.simulator.faults.add({
      url: '_lineStart',
      when: () => {
        campaign.simulator.profiles.remove(...strangers.splice(0, 1));
        return false;
      },
      action: faultActions.emptyOk,
    });
    const result = await campaign.runStep(upsert('fromList'), withoutKey(), { onError: 'continueRegularOutput' });
    expect(result.hints(STEP)).toContain('60 rows, looked up one by one, because profiles were deleted while their list was read');
    expect(outcomes(result.json(STEP))).toEqual(
      expected.map((outcome, row) => (row === 1 ? expect.stringMatching(/2 profiles/) : outcome)),
    );
  });

  it('does not use what another run of this n8n has written to since', async () => {
    campaign.simulator.assumptions.maximumLineCount = 230;
    let other: Promise<unknown> | undefined;
    campaign.simulator.faults.add({
      url: '_lineStart',
      nth: 1,
      when: () => {
        other ??= campaign.outputOf(upsert('oneByOne'), [{ email: email(1), phone: 'other' }]);
        return false;
      },
      action: faultActions.emptyOk,
    });
    campaign.simulator.faults.add({ url: '_lineStart', action: { type: 'delay', ms: 400 } });
    const outputs = await campaign.outputOf(upsert('fromList'), withoutKey());
    await other;
    // The other run was first, and this one has seen it: the list is older than what it wrote.
    expect([outputs[1]?.outcome, stored(1)[0]?.phone]).toEqual(['updated', 'old']);
  });

  it('ends at once when the workflow is stopped while the list is read', async () => {
    campaign.simulator.assumptions.maximumLineCount = 5;
    const stopping = new AbortController();
    campaign.simulator.faults.add({
      url: '_lineStart',
      nth: 3,
      when: () => {
        stopping.abort();
        return false;
      },
      action: faultActions.emptyOk,
    });
    const result = await campaign.engine.run(chain(profileStep(STEP, upsert('fromList'))), withoutKey(), stopping.signal);
    expect(result.error?.message ?? 'canceled').toMatch(/cancel/i);
    expect(continued()).toBeLessThanOrEqual(5);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('stops reading when an item has ended the run', async () => {
    campaign.simulator.assumptions.maximumLineCount = 2;
    const input = withoutKey();
    input[4] = { email: '', phone: 'new' };
    const { error } = await campaign.runStep(upsert('fromList'), input);
    expect(error?.message).toMatch(/'email' is empty/);
    expect(continued()).toBeLessThan(10);
  });
});

describe.each<Dialect>(['v8', 'acs'])('looking up other records from the list, against Campaign %s', (dialect) => {
  afterEach(async () => await campaign.close());

  it('finds services by their name', async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('service'));
    const { services } = campaign.simulator;
    for (let row = 0; row < 30; row += 1) services.add({ name: `svc_${row}`, label: 'old' });
    const input = Array.from({ length: 40 }, (_, row) => ({ name: `svc_${row}`, label: row % 2 === 0 ? 'new' : 'old' }));
    const result = await campaign.runStep(upsert(undefined, 'name'), input);
    expect(outcomes(result.json(STEP))).toEqual(input.map((_, row) => (row >= 30 ? 'created' : row % 2 === 0 ? 'updated' : 'unchanged')));
    expect(received(({ method, path }) => method === 'GET' && /\/service\/[^/]+$/.test(path))).toBe(10);
    expect(services.all().filter(({ name }) => String(name).startsWith('svc_'))).toHaveLength(40);
  });

  it.each([
    ['cusOrder', 'orderNumber', 'comment'],
    ['cusStore', 'storeCode', 'city'],
  ])('finds records of %s by their key', async (name, keyField, field) => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('customResource'));
    const table = campaign.simulator.resources.get(name);
    for (let row = 0; row < 30; row += 1) table.add({ [keyField]: `N-${row}`, [field]: 'old' });
    const input = Array.from({ length: 40 }, (_, row) => ({ [keyField]: `N-${row}`, [field]: row % 2 === 0 ? 'new' : 'old' }));
    const resource: INodeParameters = { customResource: { __rl: true, mode: 'name', value: name } };
    const result = await campaign.runStep(upsert(undefined, keyField, resource), input);
    expect(outcomes(result.json(STEP))).toEqual(input.map((_, row) => (row >= 30 ? 'created' : row % 2 === 0 ? 'updated' : 'unchanged')));
    expect(result.hints(STEP)[0]).toMatch(/^40 rows, \d+ custom resource records: read 1 page instead of 40 look-ups$/);
    expect(table.all().filter((record) => String(record[keyField]).startsWith('N-'))).toHaveLength(40);
  });
});
