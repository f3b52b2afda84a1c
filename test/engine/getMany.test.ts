import type { INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { locator } from '../support/workflows';

const PROFILES = 67;
const EXTENDED: INodeParameters = { api: 'profileAndServicesExt' };

const getMany = (more: INodeParameters = {}): INodeParameters => ({ operation: 'getAll', returnAll: true, ...more });
const filtered = (filters: INodeParameters, more: INodeParameters = {}): INodeParameters => getMany({ filters, ...more });
const sorted = (field: string, direction = 'ascending'): INodeParameters => ({ sort: { by: { field, direction } } });
const byName = (name: string, parameters: Record<string, unknown> = {}): INodeParameters =>
  ({
    byName: [{ name, parameters: { parameter: Object.entries(parameters).map(([parameter, value]) => ({ name: parameter, value })) } }],
  }) as INodeParameters;

let campaign: Campaign;
let customFilter: string;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, profiles: PROFILES, settings: { freshKeys: true } });
  customFilter = dialect === 'v8' ? 'pointsFrom' : 'byPointsFrom';
  await campaign.outputOf({ operation: 'get', profile: locator('email', 'amy.dakota@mail.com') });
};
const stop = async () => await campaign.close();
const reset = () => {
  campaign.simulator.faults.clear();
  campaign.simulator.resetStats();
};
const gets = () =>
  campaign.simulator.stats.received
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replace('/northwind/campaign/profileAndServices', ''));
const failure = async (parameters: INodeParameters) => {
  const { error } = await campaign.runStep(parameters);
  return `${error?.message} ${error?.description}`;
};

describe.each<Dialect>(['v8', 'acs'])('Profile Get Many, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  describe('how many', () => {
    it('is all of them, page by page, each once', async () => {
      const profiles = await campaign.outputOf(getMany({ options: { pageSize: 10 } }));
      const everybody = campaign.simulator.profiles.all().map(({ email, firstName, lastName }) => ({ email, firstName, lastName }));
      expect(profiles.map(({ email, firstName, lastName }) => ({ email, firstName, lastName }))).toEqual(everybody);
      expect(everybody).toHaveLength(PROFILES);
      expect(gets()).toHaveLength(Math.ceil(PROFILES / 10));
    });

    it.each([
      [7, 10, 1],
      [10, 10, 1],
      [11, 10, 2],
      [20, 10, 2],
      [500, 200, 1],
    ])('is a limit of %i with pages of %i after %i requests', async (limit, pageSize, requests) => {
      const profiles = await campaign.outputOf(getMany({ returnAll: false, limit, options: { pageSize } }));
      expect(profiles).toHaveLength(Math.min(limit, PROFILES));
      expect(gets()).toHaveLength(requests);
    });

    it.each([0, -1, 1.5, 'many', ''])('is not %p', async (limit) => {
      expect(await failure(getMany({ returnAll: false, limit: `={{ ${JSON.stringify(limit)} }}` }))).toMatch(
        /'Limit' is .*Enter a whole number of 1 or more/,
      );
      expect(gets()).toEqual([]);
    });

    it('is nothing where nothing matches', async () => {
      expect(await campaign.outputOf(filtered({ email: [{ email: 'nobody@mail.com' }] }))).toEqual([]);
    });

    it('does not end at the threshold of large tables', async () => {
      campaign.simulator.settings.bigTableThreshold = 20;
      try {
        expect(await campaign.outputOf(getMany({ options: { pageSize: 10 } }))).toHaveLength(PROFILES);
      } finally {
        campaign.simulator.settings.bigTableThreshold = 100_000;
      }
    });

    it.each([
      [
        'an empty last page',
        () => {
          campaign.simulator.assumptions.emptyLastPage = true;
        },
      ],
      [
        'a bound that Campaign puts on pages',
        () => {
          campaign.simulator.assumptions.maximumLineCount = 9;
        },
      ],
    ])('does not depend on %s', async (_, assume) => {
      const before = { ...campaign.simulator.assumptions };
      assume();
      try {
        expect(await campaign.outputOf(getMany({ options: { pageSize: PROFILES } }))).toHaveLength(PROFILES);
      } finally {
        Object.assign(campaign.simulator.assumptions, before);
      }
    });
  });

  describe('filters', () => {
    beforeAll(() => {
      const { simulator } = campaign;
      for (const profile of simulator.profiles
        .all()
        .filter(({ firstName }) => firstName === 'Amy' || firstName === 'Kristen')
        .slice(0, 2)) {
        simulator.subscriptions.subscribe(profile, simulator.services.byName('weekly_offers'));
      }
    });
    const keyOf = {
      audience: () => campaign.simulator.audiences.keyOf(campaign.simulator.audiences.byName('AUD1')),
      delivery: () => campaign.simulator.deliveries.keyOf(campaign.simulator.deliveries.byName('DM1')),
      service: () => campaign.simulator.services.keyOf(campaign.simulator.services.byName('weekly_offers')),
    };
    const names = async (parameters: INodeParameters) => (await campaign.outputOf(parameters)).map(({ firstName }) => firstName);

    it.each<[string, () => INodeParameters, string[]]>([
      ['email', () => ({ email: [{ email: 'amy.dakota@mail.com' }] }), ['Amy']],
      ['text', () => ({ text: [{ searchIn: 'any', text: 'Amy' }] }), ['Amy']],
      ['text in last names', () => ({ text: [{ searchIn: 'lastName', text: 'Dako' }] }), ['Amy']],
      ['static audience', () => ({ audience: [{ audience: keyOf.audience() }] }), ['Amy', 'Kristen', 'Zoë']],
      [
        'delivery received',
        () => ({ delivery: [{ reaction: 'received', delivery: keyOf.delivery() }] }),
        ['Amy', 'Kristen', 'Zoë', 'Gloria'],
      ],
      ['delivery opened', () => ({ delivery: [{ reaction: 'opened', delivery: keyOf.delivery() }] }), ['Amy', 'Zoë']],
      ['delivery clicked', () => ({ delivery: [{ reaction: 'clicked', delivery: keyOf.delivery() }] }), ['Zoë']],
      [
        'subscribers of a service by name',
        () => ({ subscribers: [{ service: { __rl: true, mode: 'name', value: 'weekly_offers' } }] }),
        ['Amy', 'Kristen'],
      ],
      [
        'subscribers of a service from the list',
        () => ({ subscribers: [{ service: { __rl: true, mode: 'list', value: 'weekly_offers' } }] }),
        ['Amy', 'Kristen'],
      ],
      [
        'subscribers of a service by PKey',
        () => ({ subscribers: [{ service: { __rl: true, mode: 'pKey', value: keyOf.service() } }] }),
        ['Amy', 'Kristen'],
      ],
      [
        'subscribers of a service by URL',
        () => ({
          subscribers: [
            {
              service: {
                __rl: true,
                mode: 'url',
                value: `${campaign.simulator.url}/northwind/campaign/profileAndServices/service/${keyOf.service()}`,
              },
            },
          ],
        }),
        ['Amy', 'Kristen'],
      ],
      [
        'several at once',
        () => ({
          subscribers: [{ service: { __rl: true, mode: 'name', value: 'weekly_offers' } }],
          text: [{ searchIn: 'firstName', text: 'Kris' }],
        }),
        ['Kristen'],
      ],
      ['any built-in filter by its name', () => byName('byText', { text: 'Zo' }), ['Zoë']],
    ])('by %s', async (_, filters, expected) => {
      expect(await names(filtered(filters()))).toEqual(expected);
    });

    it('by birthday', async () => {
      const amy = campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.birthDate;
      const [, month, day] = String(amy).split('-').map(Number);
      const all = campaign.simulator.profiles.all();
      const onDay = all.filter(({ birthDate }) => String(birthDate).endsWith(String(amy).slice(4)));
      const inMonth = all.filter(({ birthDate }) => Number(String(birthDate).split('-')[1]) === month);

      expect(await campaign.outputOf(filtered({ birthday: [{ when: 'day', day, month }] }))).toHaveLength(onDay.length);
      expect(await campaign.outputOf(filtered({ birthday: [{ when: 'month', month }] }))).toHaveLength(inMonth.length);
      const around = { when: 'between', day: 1, month, endDay: 31, endMonth: month };
      expect(await campaign.outputOf(filtered({ birthday: [around] }))).toHaveLength(inMonth.length);
      const now = campaign.simulator.clock.now().getTime();
      const dayAt = (offset: number) => new Date(now + offset * 24 * 3_600_000).toISOString().slice(5, 10);
      const within = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => dayAt(first + index));
      const born = (days: readonly string[]) => all.filter(({ birthDate }) => days.includes(String(birthDate).slice(5))).length;
      const inThisMonth = all.filter(({ birthDate }) => String(birthDate).slice(5, 7) === dayAt(0).slice(0, 2)).length;
      const found = async (entry: INodeParameters) => (await campaign.outputOf(filtered({ birthday: [entry] }))).length;
      expect(await found({ when: 'today' })).toBe(born([dayAt(0)]));
      expect(await found({ when: 'thisMonth' })).toBe(inThisMonth);
      expect(await found({ when: 'next', days: 90 })).toBe(born(within(1, 90)));
      expect(await found({ when: 'previous', days: 90 })).toBe(born(within(-90, -1)));
      // The data tells these apart from everybody and from nobody.
      expect(born(within(1, 90))).toBeGreaterThan(0);
      expect(born(within(-90, -1))).toBeLessThan(all.length);
    });

    it("by a custom filter, with the parameter's name as in the data model", async () => {
      const rich = campaign.simulator.profiles.all().filter(({ cusPoints }) => Number(cusPoints) >= 500);
      for (const parameter of ['pointsFrom', 'pointsFrom_parameter']) {
        expect(await campaign.outputOf(filtered(byName(customFilter, { [parameter]: 500 }), EXTENDED))).toHaveLength(rich.length);
      }
      expect(rich.length).toBeGreaterThan(0);
      expect(rich.length).toBeLessThan(PROFILES);
    });

    it('by a custom field', async () => {
      const [profile] = campaign.simulator.profiles.all().filter(({ cusLoyaltyId }) => cusLoyaltyId !== '');
      const text = [{ searchIn: 'customField', customField: 'cusLoyaltyId', text: String(profile?.cusLoyaltyId) }];
      expect(await campaign.outputOf(filtered({ text }, EXTENDED))).toHaveLength(1);
    });

    it('asks for the list of filters and for a service once, however many items there are', async () => {
      const filters = {
        ...byName('byText', { text: '={{ $json.text }}' }),
        subscribers: [{ service: { __rl: true, mode: 'name', value: 'weekly_offers' } }],
      };
      await campaign.runStep(
        filtered(filters),
        ['A', 'K', 'Z', 'G', 'B'].map((text) => ({ text })),
      );
      expect(gets().filter((path) => path.includes('/filters/'))).toHaveLength(1);
      expect(gets().filter((path) => path.startsWith('/service/'))).toHaveLength(1);
    });

    it.each<[string, () => INodeParameters, RegExp]>([
      ['an empty email', () => filtered({ email: [{ email: '={{ $json.missing }}' }] }), /'Email' of a filter is empty .*return everybody/],
      ['empty text', () => filtered({ text: [{ searchIn: 'any', text: ' ' }] }), /'Text' of a filter is empty/],
      ['no name', () => filtered(byName('')), /'Filter Name or ID' is empty/],
      ['a wrong name', () => filtered(byName('byMood', { mood: 'good' }), EXTENDED), /Campaign has no filter 'byMood'/],
      [
        'a name that is nearly right',
        () => filtered(byName('By_Points from', { pointsFrom: 1 }), EXTENDED),
        /cannot be the name of a filter/,
      ],
      [
        'the name of the other Campaign',
        () => filtered(byName(dialect === 'v8' ? 'byPointsFrom' : 'pointsFrom', { pointsFrom: 1 }), EXTENDED),
        new RegExp(`Did you mean '${dialect === 'v8' ? 'pointsFrom' : 'byPointsFrom'}'`),
      ],
      [
        'a custom filter on the standard API',
        () => filtered(byName(customFilter, { pointsFrom: 1 })),
        /The standard API has no filter .*take it for a key.*Extended/,
      ],
      ['no parameter', () => filtered(byName(customFilter), EXTENDED), /has no parameter .*return everybody/],
      [
        'an empty parameter',
        () => filtered(byName(customFilter, { pointsFrom: '={{ $json.missing }}' }), EXTENDED),
        /Parameter 'pointsFrom' of filter .* is empty/,
      ],
      [
        'a wrong parameter',
        () => filtered(byName(customFilter, { points: 1 }), EXTENDED),
        /has no parameter 'points' .*pointsFrom_parameter/,
      ],
      ['a parameter without a name', () => filtered(byName(customFilter, { '': 1 }), EXTENDED), /'A parameter of filter .*' is empty/],
      ['one filter twice', () => filtered({ email: [{ email: 'a@b.com' }, { email: 'c@d.com' }] }), /Filter 'byEmail' is there twice/],
      [
        'two values for one parameter',
        () =>
          filtered({
            delivery: [
              { reaction: 'opened', delivery: '@a' },
              { reaction: 'clicked', delivery: '@b' },
            ],
          }),
        /Two filters want different values for 'delivery'/,
      ],
      [
        'a service that does not exist',
        () => filtered({ subscribers: [{ service: { __rl: true, mode: 'name', value: 'daily_offers' } }] }),
        /There is no service with name 'daily_offers'/,
      ],
      [
        'no service',
        () => filtered({ subscribers: [{ service: { __rl: true, mode: 'list', value: '={{ "" }}' } }] }),
        /No 'Service' is chosen/,
      ],
      [
        'a custom field on the standard API',
        () => filtered({ text: [{ searchIn: 'customField', customField: 'cusHobby', text: 'x' }] }),
        /standard API does not know/,
      ],
      ['a day that no month has', () => filtered({ birthday: [{ when: 'day', day: 32, month: 1 }] }), /'Day of the birthday' is 32/],
    ])('are refused with %s before any profile is asked for', async (_, parameters, message) => {
      expect(await failure(parameters())).toMatch(message);
      expect(gets().filter((path) => path.startsWith('/profile') || path.startsWith('Ext/profile'))).toEqual([]);
    });

    it('find nothing with a PKey from another instance, and say so', async () => {
      expect(await failure(filtered({ audience: [{ audience: '@notFromHere' }] }))).toContain(
        "There is no audience with PKey '@notFromHere'",
      );
    });
  });

  describe('the order', () => {
    it.each(['ascending', 'descending'])('is %s by a field that Campaign can sort by', async (direction) => {
      const profiles = await campaign.outputOf(getMany({ ...sorted('lastName', direction), options: { pageSize: 20 } }));
      const names = profiles.map(({ lastName }) => String(lastName));
      const inOrder = [...names].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
      expect(names).toEqual(direction === 'ascending' ? inOrder : inOrder.reverse());
    });

    it.each([
      ['postalAddress', /Campaign cannot sort by 'postalAddress' .*Sort by one of: .*lastName/],
      ['mood', /There is no field 'mood' to sort by/],
      ['', /'Sort' has no field/],
      ['last name', /'last name' is not a field to sort by/],
    ])('is not by "%s"', async (field, message) => {
      expect(await failure(getMany(sorted(field)))).toMatch(message);
    });
  });

  it('returns as much of each profile as wanted', async () => {
    const [simplified] = await campaign.outputOf(filtered({ email: [{ email: 'amy.dakota@mail.com' }] }));
    expect(Object.keys(simplified ?? {}).slice(0, 3)).toEqual(['email', 'firstName', 'lastName']);
    const [selected] = await campaign.outputOf(
      filtered({ email: [{ email: 'amy.dakota@mail.com' }] }, { output: 'selectedFields', selectedFields: ['lastName'] }),
    );
    expect(Object.keys(selected ?? {})).toEqual(['lastName', 'PKey', 'href']);
    const [raw] = await campaign.outputOf(filtered({ email: [{ email: 'amy.dakota@mail.com' }] }, { output: 'raw' }));
    expect(raw).toMatchObject({ postalAddress: expect.any(Object), subscriptions: { href: expect.any(String) } });
  });

  it.each([
    ['getAll', { limit: 5 }],
    ['count', {}],
  ])('E11: says, when %s finds nothing, that upper and lower case count', async (operation, more) => {
    const text = (word: string) => ({ operation, ...more, filters: { text: [{ searchIn: 'any', text: word }] } });
    expect((await campaign.runStep(text('dak'))).hints(STEP).join()).toMatch(/filter 'Text' found nothing.*upper and lower case apart/);
    expect((await campaign.runStep(text('Dak'))).hints(STEP)).toEqual([]);
  });

  it('gives every input item its own profiles', async () => {
    const result = await campaign.runStep(filtered({ text: [{ searchIn: 'firstName', text: '={{ $json.name }}' }] }), [
      { name: 'Amy' },
      { name: 'Nobody' },
      { name: 'Kristen' },
    ]);
    expect(result.items(STEP).map(({ json, pairedItem }) => [json.firstName, pairedItem])).toEqual([
      ['Amy', { item: 0 }],
      ['Kristen', { item: 2 }],
    ]);
  });

  it('fails as a whole when a page cannot be had, and not before it was tried again', async () => {
    campaign.simulator.faults.add({ nth: 3, action: faultActions.serviceUnavailable });
    expect(await campaign.outputOf(getMany({ options: { pageSize: 10 } }))).toHaveLength(PROFILES);
    campaign.simulator.faults.add({ url: '_lineStart', action: { type: 'answer', status: 500, body: 'An error has occurred' } });
    expect((await campaign.runStep(getMany({ options: { pageSize: 10 } }))).error).toBeDefined();
  });
});

describe.each<Dialect>(['v8', 'acs'])('Profile Count, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  it('is of all profiles, by the address that Campaign gives, double slash and all', async () => {
    expect(await campaign.outputOf({ operation: 'count' })).toEqual([{ count: PROFILES }]);
    expect(gets()).toEqual(['/profile', '/profile//_count']);
  });

  it('is of those that match, at once where they fit one page', async () => {
    expect(await campaign.outputOf({ operation: 'count', filters: { email: [{ email: 'amy.dakota@mail.com' }] } })).toEqual([{ count: 1 }]);
    expect(gets()).toEqual(['/profile/byEmail']);
    expect(await campaign.outputOf({ operation: 'count', filters: { email: [{ email: 'nobody@mail.com' }] } })).toEqual([{ count: 0 }]);
  });

  it('is one number for every input item', async () => {
    const parameters = { operation: 'count', ...EXTENDED, filters: byName(customFilter, { pointsFrom: '={{ $json.from }}' }) };
    const counts = await campaign.outputOf(parameters, [{ from: 0 }, { from: 1_000_000 }]);
    expect(counts).toEqual([{ count: PROFILES }, { count: 0 }]);
  });

  it('is not guessed when Campaign does not say', async () => {
    campaign.simulator.faults.add({ url: '_count', action: { type: 'answer', status: 200, body: '{"content":[]}' } });
    const { error } = await campaign.runStep({ operation: 'count' });
    expect(error?.message).toContain("Campaign's answer is not a count of profiles");
  });
});
