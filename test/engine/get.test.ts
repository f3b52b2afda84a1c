import type { IDataObject } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { getParameters, locator } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';

describe.each<Dialect>(['v8', 'acs'])('Profile Get, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeAll(async () => {
    // Keys that read differently in every answer: whoever compares or keeps them fails here.
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => campaign.simulator.resetStats());

  const amy = () => {
    const [profile] = campaign.simulator.profiles.byEmail(AMY);
    if (!profile) throw new Error('Amy is missing');
    return profile;
  };

  it('finds a profile by email with one request', async () => {
    const [profile] = await campaign.outputOf(getParameters(locator('email', AMY)));

    expect(profile).toMatchObject({ firstName: 'Amy', lastName: 'Dakota', birthDate: '1980-10-24', email: AMY });
    expect(campaign.simulator.stats.received.filter(({ api }) => api !== 'ims').map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /northwind/campaign/profileAndServices/profile/byEmail',
    ]);
  });

  it('finds a profile by PKey and by the URL that Campaign returned', async () => {
    const key = campaign.simulator.profiles.keyOf(amy());
    const [byKey] = await campaign.outputOf(getParameters(locator('pKey', key)));
    expect(byKey).toMatchObject({ email: AMY });

    const href = `${campaign.simulator.url}/northwind/campaign/profileAndServices/profile/${key}`;
    const [byUrl] = await campaign.outputOf(getParameters(locator('url', href)));
    expect(byUrl).toMatchObject({ email: AMY });

    // People paste an address where a key is asked for.
    const [byPastedUrl] = await campaign.outputOf(getParameters(locator('pKey', href)));
    expect(byPastedUrl).toMatchObject({ email: AMY });
  });

  it('finds a profile by custom key on the extended API, custom fields included', async () => {
    const member = campaign.simulator.profiles.find(({ cusLoyaltyId }) => cusLoyaltyId !== '');
    const [profile] = await campaign.outputOf(
      getParameters(locator('customKey', String(member?.cusLoyaltyId)), { api: 'profileAndServicesExt' }),
    );

    expect(profile).toMatchObject({ email: member?.email, cusLoyaltyId: member?.cusLoyaltyId, cusPoints: member?.cusPoints });
    expect(Object.keys(profile ?? {})).toContain('cusLoyaltyLevel');
  });

  it('finds a profile by the email that was dragged onto the field: the editor puts it under By PKey', async () => {
    const [profile] = await campaign.outputOf(getParameters({ __rl: true, mode: 'pKey', value: '={{ $json.email }}' }), [{ email: AMY }]);
    expect(profile).toMatchObject({ firstName: 'Amy', email: AMY });
  });

  it('finds a profile chosen from the list, which stores its email', async () => {
    const [profile] = await campaign.outputOf(getParameters(locator('list', AMY)));
    expect(profile).toMatchObject({ firstName: 'Amy' });
  });

  it.each(['plus+tag@mail.com', 'two words@mail.com', 'zoë.müller@bücher.example', "o'neil&co@mail.com", '100%@mail.com'])(
    'finds the email %s as it is',
    async (email) => {
      const profile = campaign.simulator.profiles.add({ email, firstName: 'Odd' });
      try {
        expect(await campaign.outputOf(getParameters(locator('email', email)))).toMatchObject([{ email, firstName: 'Odd' }]);
      } finally {
        campaign.simulator.profiles.remove(profile);
      }
    },
  );

  it('returns ten flat fields, everything, or what is chosen', async () => {
    const [simplified] = await campaign.outputOf(getParameters(locator('email', AMY)));
    expect(Object.keys(simplified ?? {})).toEqual([
      'email',
      'firstName',
      'lastName',
      'mobilePhone',
      'phone',
      'birthDate',
      'gender',
      'lastModified',
      'PKey',
      'href',
    ]);

    const [raw] = await campaign.outputOf(getParameters(locator('email', AMY), { output: 'raw' }));
    expect(raw).toMatchObject({ postalAddress: { line1: 'Amy DAKOTA' }, subscriptions: { href: expect.any(String) } });

    const [selected] = await campaign.outputOf(
      getParameters(locator('email', AMY), { output: 'selectedFields', selectedFields: ['domain', 'email'] }),
    );
    expect(Object.keys(selected ?? {})).toEqual(['domain', 'email', 'PKey', 'href']);
  });

  describe('when several profiles have the email', () => {
    const email = 'family@mail.com';
    let family: number[] = [];

    beforeAll(() => {
      // More than one page of Campaign's 25.
      family = Array.from({ length: 27 }, (_, index) => campaign.simulator.profiles.add({ email, firstName: `Kid ${index}` }).id);
    });
    afterAll(() => campaign.simulator.profiles.remove(...family));

    it('says how many there are', async () => {
      const { error } = await campaign.runStep(getParameters(locator('email', email)));
      expect(error?.message).toBe(`27 profiles have email '${email}' [item 0]`);
      expect(error?.description).toContain('When Several Match');
    });

    it('returns all of them, over all pages', async () => {
      const all = await campaign.outputOf(getParameters(locator('email', email), { options: { severalMatches: 'all' } }));
      expect(all.map(({ firstName }) => firstName)).toEqual(Array.from({ length: 27 }, (_, index) => `Kid ${index}`));
    });

    it('returns the first with one request', async () => {
      const first = await campaign.outputOf(getParameters(locator('email', email), { options: { severalMatches: 'first' } }));
      expect(first).toMatchObject([{ firstName: 'Kid 0' }]);
      expect(campaign.simulator.stats.apiRequests).toBe(1);
    });
  });

  describe('when nothing is found', () => {
    it.each<[string, () => IDataObject[string]]>([
      ['by email', () => locator('email', 'nobody@mail.com')],
      [
        'by the PKey of a deleted profile',
        () => {
          const gone = campaign.simulator.profiles.add({ email: 'gone@mail.com' });
          const key = campaign.simulator.profiles.keyOf(gone);
          campaign.simulator.profiles.remove(gone);
          return locator('pKey', key);
        },
      ],
      ['by custom key', () => locator('customKey', 'L-none')],
    ])('%s, it fails or returns nothing', async (_, profile) => {
      const parameters = getParameters(profile() as ReturnType<typeof locator>, { api: 'profileAndServicesExt' });
      const { error } = await campaign.runStep(parameters);
      expect(error?.message).toMatch(/^There is no profile with (email|PKey|custom key) '.+' \[item 0\]$/);

      const nothing = await campaign.runStep({ ...parameters, options: { notFound: 'returnNothing' } });
      expect(nothing.error).toBeUndefined();
      expect(nothing.json(STEP)).toEqual([]);
    });

    it('still fails for a PKey of another instance: that is no missing profile', async () => {
      const foreign = `@${'A'.repeat(91)}`;
      const { error } = await campaign.runStep(getParameters(locator('pKey', foreign), { options: { notFound: 'returnNothing' } }));
      expect(error?.message).toContain('not one that this Campaign instance gave out');
      expect(error?.description).toContain('not meant to be stored');
    });
  });

  it('keeps the order of the items and says which item each came from', async () => {
    const people = campaign.simulator.profiles
      .all()
      .filter(({ email }) => campaign.simulator.profiles.byEmail(String(email)).length === 1)
      .slice(0, 60);
    const input = people.map(({ email }) => ({ email: String(email) }));
    // Long enough that requests overlap.
    campaign.simulator.settings.latencyMs = 5;
    const result = await campaign.runStep(getParameters(locator('email', '={{ $json.email }}')), input);

    campaign.simulator.settings.latencyMs = 0;

    expect(result.json(STEP).map(({ email }) => email)).toEqual(input.map(({ email }) => email));
    expect(result.items(STEP).map(({ pairedItem }) => pairedItem)).toEqual(input.map((__, item) => ({ item })));
    expect(campaign.simulator.stats.mostInFlight).toBeGreaterThan(1);
    expect(campaign.simulator.stats.mostInFlight).toBeLessThanOrEqual(64);
  });

  it('does nothing for no items', async () => {
    const result = await campaign.runStep(getParameters(locator('email', AMY)), []);
    expect(result.error).toBeUndefined();
    expect(campaign.simulator.stats.requests).toBe(0);
  });
});
