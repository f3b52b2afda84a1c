import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';

const NEW = 'new.comer@mail.com';
const KIM = 'kim.lee@mail.com';
const EXTENDED: INodeParameters = { api: 'profileAndServicesExt' };

/** Everything from the columns of the input. */
const automatic = (column = 'email', more: INodeParameters = {}): INodeParameters => ({
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
  ...more,
});

let campaign: Campaign;
let customFilter: string;

const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  customFilter = dialect === 'v8' ? 'pointsFrom' : 'byPointsFrom';
  await campaign.outputOf({ operation: 'count' });
};
const stop = async () => await campaign.close();
const stored = (email: string) => campaign.simulator.profiles.byEmail(email);
const reset = () => {
  campaign.simulator.profiles.remove(...stored(NEW), ...stored(KIM));
  campaign.simulator.profiles.add({ email: KIM, firstName: 'Kim', phone: '1', cusLoyaltyId: 'L-kim', cusPoints: 777_777 });
  campaign.simulator.faults.clear();
  campaign.simulator.assumptions.smartCaseNames = false;
  campaign.simulator.resetStats();
};
const requests = (method: string) => campaign.simulator.stats.byMethod.get(method) ?? 0;
const bodies = (method: string) => campaign.simulator.stats.received.filter((request) => request.method === method).map(({ json }) => json);
const failure = async (parameters: INodeParameters, input: IDataObject[]) => {
  const { error } = await campaign.runStep(parameters, input);
  return `${error?.message} ${error?.description}`;
};

describe.each<Dialect>(['v8', 'acs'])('Profile Create or Update, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  it('creates what is missing, updates what differs, leaves the rest, and says which', async () => {
    const input = [
      { email: NEW, phone: '5' },
      { email: KIM, phone: '5' },
    ];
    const first = await campaign.outputOf(automatic(), input);
    expect(first.map(({ outcome, email }) => [outcome, email])).toEqual([
      ['created', NEW],
      ['updated', KIM],
    ]);
    expect(Object.keys(first[0] ?? {})).toEqual(['outcome', 'email', 'phone', 'PKey', 'href']);
    expect([stored(NEW)[0]?.phone, stored(KIM)[0]?.phone]).toEqual(['5', '5']);

    campaign.simulator.resetStats();
    const second = await campaign.outputOf(automatic(), input);
    expect(second.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('sends a new profile whole, and of one that is there what differs', async () => {
    await campaign.outputOf(automatic(), [
      { email: NEW, firstName: 'New', phone: '', gender: null },
      { email: KIM, firstName: 'Kim', phone: '2' },
    ]);
    expect(bodies('POST')).toEqual([{ email: NEW, firstName: 'New' }]);
    expect(bodies('PATCH')).toEqual([{ phone: '2' }]);
  });

  it('sends everything when told to, but not what identifies the profile', async () => {
    const [output] = await campaign.outputOf(automatic('email', { options: { sendOnlyChangedFields: false } }), [
      { email: KIM, firstName: 'Kim', phone: '1' },
    ]);
    expect(bodies('PATCH')).toEqual([{ firstName: 'Kim', phone: '1' }]);
    expect(output).toMatchObject({ outcome: 'updated' });
  });

  it('takes a profile with nothing but its email', async () => {
    expect(await campaign.outputOf(automatic(), [{ email: KIM }, { email: NEW }])).toMatchObject([
      { outcome: 'unchanged' },
      { outcome: 'created' },
    ]);
  });

  it('matches on a custom key', async () => {
    const outputs = await campaign.outputOf(automatic('cusLoyaltyId', EXTENDED), [
      { cusLoyaltyId: 'L-kim', phone: '3' },
      { cusLoyaltyId: 'L-new', email: NEW },
    ]);
    expect(outputs.map(({ outcome, cusLoyaltyId }) => [outcome, cusLoyaltyId])).toEqual([
      ['updated', 'L-kim'],
      ['created', 'L-new'],
    ]);
    expect(stored(NEW)).toMatchObject([{ cusLoyaltyId: 'L-new' }]);
    expect(bodies('PATCH')).toEqual([{ phone: '3' }]);
  });

  it('updates nobody else when the column is not the custom key', async () => {
    const [kim] = stored(KIM);
    if (kim) campaign.simulator.profiles.update(kim.id, { cusLoyaltyId: '42' });
    expect(await failure(automatic('cusPoints', EXTENDED), [{ cusPoints: 42, phone: '3' }])).toMatch(
      /'cusPoints' is not the custom key of profiles/,
    );
    expect(requests('POST') + requests('PATCH')).toBe(0);
  });

  it.each<[string, IDataObject]>([
    ['whose value is the key of somebody else', { cusPoints: 42, phone: '3' }],
    ['whose value nobody has for a key', { cusPoints: 4711, phone: '3', email: NEW }],
  ])('neither updates nor creates anybody by a column that is not the custom key, %s', async (_, row) => {
    const [kim] = stored(KIM);
    if (kim) campaign.simulator.profiles.update(kim.id, { cusLoyaltyId: '42' });
    for (const operation of ['update', 'upsert']) {
      const parameters = { ...automatic('cusPoints', EXTENDED), operation, identifyBy: 'matchingColumn' };
      expect(await failure(parameters, [row])).toMatch(/'cusPoints' is not the custom key of profiles/);
    }
    expect(requests('POST') + requests('PATCH')).toBe(0);
  });

  it('updates by a column of which nothing proves that it is the key, once the profile shows it', async () => {
    for (const { id, email } of campaign.simulator.profiles.all())
      if (email !== KIM) campaign.simulator.profiles.update(id, { cusLoyaltyId: '' });
    const [kim] = stored(KIM);
    const parameters = { ...automatic('cusLoyaltyId', EXTENDED), operation: 'update', identifyBy: 'matchingColumn' };
    await campaign.outputOf(parameters, [{ cusLoyaltyId: kim?.cusLoyaltyId, phone: '31' }]);
    expect(stored(KIM)[0]?.phone).toBe('31');
  });

  it('matches on a custom filter', async () => {
    const parameters: INodeParameters = {
      operation: 'upsert',
      ...EXTENDED,
      matchOn: 'customFilter',
      matchFilter: customFilter,
      matchParameters: { parameter: [{ name: 'pointsFrom', value: '={{ $json.points }}' }] },
      fields: {
        mappingMode: 'defineBelow',
        value: { email: '={{ $json.email }}', phone: '9', cusPoints: '={{ $json.points }}' },
        matchingColumns: [],
        schema: [],
      },
    };
    const outputs = await campaign.outputOf(parameters, [
      { points: 777_777, email: KIM },
      { points: 888_888, email: NEW },
    ]);
    expect(outputs.map(({ outcome }) => outcome)).toEqual(['updated', 'created']);
    expect(stored(NEW)).toMatchObject([{ phone: '9', cusPoints: 888_888 }]);
  });

  it('matches on a field of the JSON', async () => {
    const parameters: INodeParameters = { operation: 'upsert', fieldsFrom: 'json', matchField: 'email', fieldsJson: '={{ $json }}' };
    const outputs = await campaign.outputOf(parameters, [{ email: KIM, phone: '4' }, { email: NEW }]);
    expect(outputs.map(({ outcome }) => outcome)).toEqual(['updated', 'created']);
  });

  describe('twice in one run', () => {
    it.each([
      [
        'one email',
        'email',
        {},
        [
          { email: NEW, phone: '1' },
          { email: NEW, phone: '2' },
        ],
      ],
      [
        'one email in two spellings',
        'email',
        {},
        [
          { email: NEW, phone: '1' },
          { email: ` ${NEW.toUpperCase()}`, phone: '2' },
        ],
      ],
      [
        'one custom key',
        'cusLoyaltyId',
        EXTENDED,
        [
          { cusLoyaltyId: 'L-x', email: NEW, phone: '1' },
          { cusLoyaltyId: 'L-x', email: NEW, phone: '2' },
        ],
      ],
    ])('%s is one profile, and the later item wins', async (_, column, more, input) => {
      const filler = Array.from({ length: 8 }, (__, index) => ({
        ...input[0],
        email: `filler${index}@mail.com`,
        cusLoyaltyId: `L-${index}`,
      }));
      const filled = [...input.slice(0, 1), ...(column === 'email' ? filler.map(({ email }) => ({ email })) : []), ...input.slice(1)];
      const outputs = await campaign.outputOf(automatic(column, more), filled);
      expect([outputs[0]?.outcome, outputs.at(-1)?.outcome]).toEqual(['created', 'updated']);
      expect(stored(NEW)).toMatchObject([{ phone: '2' }]);
      campaign.simulator.profiles.remove(...filler.flatMap(({ email }) => stored(email)));
    });

    it('a new profile is not created again because the filter does not find it yet', async () => {
      campaign.simulator.faults.add({
        url: 'byEmail',
        action: { type: 'answer', status: 200, body: '{"content":[],"count":{"value":0}}' },
      });
      const outputs = await campaign.outputOf(automatic(), [
        { email: NEW, phone: '1' },
        { email: NEW, phone: '2' },
        { email: NEW, phone: '2' },
      ]);
      expect(outputs.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'unchanged']);
      expect(stored(NEW)).toMatchObject([{ phone: '2' }]);
    });
  });

  it('finds a profile whose email is stored in lower case', async () => {
    const [output] = await campaign.outputOf(automatic(), [{ email: 'Kim.Lee@Mail.com', phone: '7' }]);
    expect(output).toMatchObject({ outcome: 'updated' });
    expect(stored(KIM)).toMatchObject([{ phone: '7', email: KIM }]);
  });

  describe('a POST whose answer got lost', () => {
    it('is looked for and not repeated', async () => {
      campaign.simulator.faults.add({ method: 'POST', action: faultActions.resetAfter });
      expect(await campaign.outputOf(automatic(), [{ email: NEW, phone: '1' }])).toMatchObject([
        { outcome: 'created', PKey: expect.any(String) },
      ]);
      expect([requests('POST'), stored(NEW).length]).toEqual([1, 1]);
    });

    it('is told when it cannot be found either', async () => {
      campaign.simulator.faults.add({ method: 'POST', action: faultActions.stallBefore });
      const parameters = automatic('email', { options: { timeout: 2 } });
      expect(await failure(parameters, [{ email: NEW }])).toMatch(/may or may not have been carried out/);
      expect([requests('POST'), stored(NEW).length]).toEqual([1, 0]);
    });

    it('B2: is sent anew where it broke off and nothing was made of it', async () => {
      campaign.simulator.faults.add({ method: 'POST', nth: 1, action: faultActions.resetBefore });
      expect(await campaign.outputOf(automatic(), [{ email: NEW }])).toMatchObject([{ outcome: 'created' }]);
      expect([requests('POST'), stored(NEW).length]).toEqual([2, 1]);
    });
  });

  it('does not send again what an earlier item may have created', async () => {
    campaign.simulator.faults.add({ method: 'POST', nth: 1, action: faultActions.stallBefore });
    const parameters = automatic('email', { options: { timeout: 2 } });
    const result = await campaign.runStep(parameters, [{ email: NEW }, { email: NEW.toUpperCase() }], { onError: 'continueErrorOutput' });
    expect(result.items(STEP, 1).map(({ json }) => json.message)).toMatchObject([
      { reason: 'outcomeUnknown' },
      { reason: 'outcomeUnknown' },
    ]);
    expect(requests('POST')).toBe(1);
  });

  describe('the behavior', () => {
    it('Create Only leaves what is there', async () => {
      const outputs = await campaign.outputOf(automatic('email', { behavior: 'createOnly' }), [{ email: KIM, phone: '8' }, { email: NEW }]);
      expect(outputs.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created']);
      expect(stored(KIM)).toMatchObject([{ phone: '1' }]);
    });

    it('Update Only creates nothing', async () => {
      expect(await failure(automatic('email', { behavior: 'updateOnly' }), [{ email: NEW }])).toMatch(/There is no profile with email/);
      const outputs = await campaign.outputOf(automatic('email', { behavior: 'updateOnly', options: { notFound: 'returnNothing' } }), [
        { email: NEW },
        { email: KIM, phone: '8' },
      ]);
      expect(outputs.map(({ outcome }) => outcome)).toEqual(['updated']);
      expect(requests('POST')).toBe(0);
    });
  });

  describe('several matches', () => {
    beforeEach(() => campaign.simulator.profiles.add({ email: KIM, phone: '1' }));

    it('fail, or are all or one of them updated, as chosen', async () => {
      const input = [{ email: KIM, phone: '6' }];
      expect(await failure(automatic(), input)).toMatch(/2 profiles have email/);
      expect(await campaign.outputOf(automatic('email', { options: { severalMatches: 'first' } }), input)).toHaveLength(1);
      expect(
        stored(KIM)
          .map(({ phone }) => phone)
          .sort(),
      ).toEqual(['1', '6']);
      expect(await campaign.outputOf(automatic('email', { options: { severalMatches: 'all' } }), input)).toMatchObject([
        { outcome: expect.any(String) },
        { outcome: expect.any(String) },
      ]);
      expect(stored(KIM).map(({ phone }) => phone)).toEqual(['6', '6']);
      expect(requests('POST')).toBe(0);
    });

    it('are nothing to create', async () => {
      expect(await campaign.outputOf(automatic('email', { behavior: 'createOnly' }), [{ email: KIM }])).toMatchObject([
        { outcome: 'unchanged' },
      ]);
    });
  });

  it('reads back, and verifies, created and updated profiles', async () => {
    const outputs = await campaign.outputOf(automatic('email', { readBack: 'verify' }), [
      { email: NEW, phone: '5' },
      { email: KIM, phone: '5' },
    ]);
    expect(outputs).toMatchObject([
      { outcome: 'created', email: NEW, phone: '5' },
      { outcome: 'updated', firstName: 'Kim', phone: '5' },
    ]);

    campaign.simulator.profiles.remove(...stored(NEW));
    campaign.simulator.faults.add({
      method: 'GET',
      url: '/profile/@',
      when: () => {
        for (const { id } of stored(NEW)) campaign.simulator.profiles.update(id, { firstName: 'Somebody else' });
        return false;
      },
      action: { type: 'delay', ms: 0 },
    });
    expect(await failure(automatic('email', { readBack: 'verify' }), [{ email: NEW, firstName: 'New' }])).toMatch(
      /does not hold what was written: 'First name' \(firstName\) is 'Somebody else' instead of 'New'/,
    );
  });

  it('takes what the data policy of a field makes of the value for what was written', async () => {
    campaign.simulator.assumptions.smartCaseNames = true;
    const output = await campaign.outputOf(automatic('email', { readBack: 'verify' }), [{ email: NEW, firstName: 'mcNEW' }]);
    expect(output).toMatchObject([{ outcome: 'created', firstName: 'Mcnew' }]);
    expect(stored(NEW)[0]?.firstName).toBe('Mcnew');
  });

  it.each<[string, INodeParameters, IDataObject, RegExp]>([
    ['an empty email', automatic(), { email: '', phone: '1' }, /'email' is empty/],
    ['no email', automatic(), { phone: '1' }, /There is no column 'email'/],
    ['blanks for an email', automatic(), { email: '  ' }, /'email' is empty/],
    ['null for a custom key', automatic('cusLoyaltyId', EXTENDED), { cusLoyaltyId: null, email: NEW }, /'cusLoyaltyId' is empty/],
    ['PKey as the column', automatic('PKey'), { PKey: '@a' }, /PKey cannot tell whether a profile is there already/],
    ['a custom key on the standard API', automatic('cusLoyaltyId'), { cusLoyaltyId: 'L-1' }, /standard API does not know/],
    ['no column', automatic(''), { email: NEW }, /No column to match on is chosen/],
    ['an unknown column', automatic(), { email: NEW, mood: 'good' }, /'mood' is not known to Campaign/],
    [
      'JSON without the field',
      { operation: 'upsert', fieldsFrom: 'json', matchField: 'email', fieldsJson: '{"phone":"1"}' },
      {},
      /'email' is empty/,
    ],
    [
      'no filter',
      {
        operation: 'upsert',
        ...EXTENDED,
        matchOn: 'customFilter',
        matchFilter: '={{ "" }}',
        fieldsFrom: 'json',
        fieldsJson: '{"phone":"1"}',
      },
      {},
      /'Filter Name or ID' is empty/,
    ],
    [
      'a filter without a parameter',
      {
        operation: 'upsert',
        ...EXTENDED,
        matchOn: 'customFilter',
        matchFilter: 'byEmail',
        fieldsFrom: 'json',
        fieldsJson: '{"phone":"1"}',
      },
      {},
      /Filter 'byEmail' has no parameter .*return everybody/,
    ],
  ])('writes nothing for %s', async (_, parameters, input, message) => {
    expect(await failure(parameters, [input])).toMatch(message);
    expect(requests('POST') + requests('PATCH')).toBe(0);
  });

  it('does not write unchecked to what a filter of unknown nature finds', async () => {
    campaign.simulator.faults.add({ url: '/filters', action: { type: 'answer', status: 404, body: 'Unsupported endpoint.' } });
    const parameters: INodeParameters = {
      operation: 'upsert',
      ...EXTENDED,
      matchOn: 'customFilter',
      matchFilter: customFilter,
      matchParameters: { parameter: [{ name: 'pointsFrom', value: '1' }] },
      fieldsFrom: 'json',
      fieldsJson: '{"phone":"1"}',
      options: { severalMatches: 'all' },
    };
    expect((await campaign.runStep(parameters)).error).toBeDefined();
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('goes on with the others when a handful of many are bad', async () => {
    const input: IDataObject[] = Array.from({ length: 300 }, (_, index) => ({ email: `many${index}@mail.com`, firstName: `Many${index}` }));
    for (const index of [7, 99, 250]) input[index] = { email: '', firstName: 'Nobody' };
    const result = await campaign.runStep(automatic(), input, { onError: 'continueErrorOutput' });
    const created = input.flatMap(({ email }) => (email === '' ? [] : stored(String(email))));
    expect([result.items(STEP, 0).length, result.items(STEP, 1).length, created.length]).toEqual([297, 3, 297]);
    expect(result.items(STEP, 1).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 7 }, { item: 99 }, { item: 250 }]);
    campaign.simulator.profiles.remove(...created);
  });
});
