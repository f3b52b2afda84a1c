import type {
  ILoadOptionsFunctions,
  INodeParameters,
  INodePropertyOptions,
  ResourceMapperFields,
  INodeListSearchResult,
} from 'n8n-workflow';

import type { FaultAction } from '../simulator/faults';
import { startCampaign, type Campaign } from '../support/campaign';
import { locator, profileStep } from '../support/workflows';

describe.each([true, false])('lists and forms in the editor (fresh keys: %s)', (freshKeys) => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ profiles: 120, settings: { freshKeys } });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    campaign.resetCredential();
    campaign.simulator.resetStats();
  });

  const editor = (parameters: INodeParameters = {}): ILoadOptionsFunctions =>
    campaign.engine.editor(profileStep('Step', { operation: 'update', ...parameters }));
  const search = async (typed?: string, token?: string): Promise<INodeListSearchResult> => {
    const method = campaign.engine.nodeType('adobeCampaignProfile').methods?.listSearch?.searchProfiles;
    if (!method) throw new Error('searchProfiles is missing');
    return await method.call(editor(), typed, token);
  };
  const mapperFields = async (parameters: INodeParameters): Promise<ResourceMapperFields> => {
    const method = campaign.engine.nodeType('adobeCampaignProfile').methods?.resourceMapping?.getFields;
    if (!method) throw new Error('getFields is missing');
    return await method.call(editor(parameters));
  };

  describe('the list of profiles', () => {
    it('shows names and emails, and pages on', async () => {
      const first = await search();
      expect(first.results).toHaveLength(50);
      expect(first.results[0]).toEqual({ name: 'Amy Dakota (amy.dakota@mail.com)', value: 'amy.dakota@mail.com' });

      const second = await search(undefined, String(first.paginationToken));
      const third = await search(undefined, String(second.paginationToken));
      expect(third.results).toHaveLength(20);
      expect(third.paginationToken).toBeUndefined();
    });

    it.each([
      'Amy',
      'amy',
      'Dako',
      'dako',
      'DAKO',
      'amy.dakota@',
      ' Amy ',
      'amy dakota',
      'Dakota Amy',
      'AMY d',
      'amy.d dako',
      'Dakota, Amy',
      'Amy Dakota (amy.dakota@mail.com)',
      'Amy <amy.dakota@mail.com>',
      '\u200bDako\u00a0',
    ])('finds Amy by "%s"', async (typed) => {
      const { results } = await search(typed);
      expect(results.map(({ value }) => value)).toContain('amy.dakota@mail.com');
    });

    it('stores a key only where the email says too little', async () => {
      const twins = ['Ana', 'Bea'].map((firstName) =>
        campaign.simulator.profiles.add({ firstName, lastName: 'Twinly', email: 'twin@mail.com' }),
      );
      const nameless = campaign.simulator.profiles.add({ firstName: 'Cleo', lastName: 'Twinly' });
      try {
        const { results } = await search('Twinly');
        expect(results.map(({ name }) => name)).toEqual(['Ana Twinly (twin@mail.com)', 'Bea Twinly (twin@mail.com)', 'Cleo Twinly']);
        const [ana] = (await search('Ana Twinly')).results;
        expect(ana?.value).toMatch(/^@/);
        for (const [index, { value }] of results.entries()) {
          const [found] = await campaign.outputOf({ operation: 'get', profile: locator('list', String(value)) });
          expect(found?.firstName).toBe(['Ana', 'Bea', 'Cleo'][index]);
        }
      } finally {
        campaign.simulator.profiles.remove(...twins, nameless);
      }
    });

    it('is empty when nobody fits', async () => {
      expect((await search('zzzzz')).results).toEqual([]);
    });

    it('follows a page token to no other host', async () => {
      await expect(search('', 'https://evil.example/northwind/campaign/profileAndServices/profile')).rejects.toThrow(/nowhere else/);
      expect(campaign.simulator.stats.requests).toBe(0);
    });

    it('says in one line what is wrong with the credential', async () => {
      campaign.resetCredential({ clientSecret: 'wrong' });
      await expect(search()).rejects.toThrow(/does not accept 'Client Secret'.*Developer Console/);
    });

    it.each<[string, FaultAction]>([
      ['gives no answer', { type: 'stall', when: 'before' }],
      ['asks to slow down', { type: 'answer', status: 429, body: '{"error_code":"429001"}' }],
    ])('does not let somebody wait for a Campaign that %s', async (_, action) => {
      const { simulator } = campaign;
      await search();
      const halfAMinute = new AbortController();
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      const spy = jest
        .spyOn(AbortSignal, 'timeout')
        .mockImplementation((milliseconds) => (milliseconds === 30_000 ? halfAMinute.signal : timeout(milliseconds)));
      const remove = simulator.faults.add({ url: '/profile', when: () => (setImmediate(() => halfAMinute.abort()), true), action });
      try {
        await expect(search()).rejects.toThrow(/has not answered within 30 seconds\. It may be busy/);
      } finally {
        remove();
        spy.mockRestore();
      }
    });

    it('says nothing of items where Campaign refuses a list', async () => {
      const remove = campaign.simulator.faults.add({ url: '/profile', times: 1, action: { type: 'answer', status: 500, body: 'no' } });
      await expect(search()).rejects.toThrow(/did not accept the request.*look into the logs of Campaign/);
      remove();
    });
  });

  describe('the form of Update', () => {
    it("has Campaign's labels, types and choices, and no read-only fields", async () => {
      const { fields } = await mapperFields({ api: 'profileAndServices', identifyBy: 'profile' });
      const byId = new Map(fields.map((field) => [field.id, field]));

      expect(byId.get('phone')).toMatchObject({ displayName: 'Phone', type: 'string' });
      expect(byId.get('birthDate')).toMatchObject({ type: 'dateTime' });
      expect(byId.get('blackListEmail')).toMatchObject({ type: 'boolean' });
      expect(byId.get('gender')).toMatchObject({ type: 'options', options: expect.arrayContaining([{ name: 'Female', value: 'female' }]) });
      expect(byId.get('gender')?.options).not.toContainEqual(expect.objectContaining({ value: '__Invalid_value__' }));
      for (const name of ['PKey', 'age', 'created', 'lastModified', 'title', 'domain', 'cryptedId', 'subscriptions', 'cusPoints']) {
        expect(byId.has(name)).toBe(false);
      }
    });

    it('has custom fields with the extended API', async () => {
      const { fields } = await mapperFields({ api: 'profileAndServicesExt', identifyBy: 'profile' });
      expect(fields).toContainEqual(expect.objectContaining({ id: 'cusPoints', type: 'number' }));
      expect(fields).toContainEqual(
        expect.objectContaining({
          id: 'cusLoyaltyLevel',
          type: 'options',
          options: expect.arrayContaining([expect.objectContaining({ value: 'gold' })]),
        }),
      );
    });

    it('offers PKey, email and custom keys to match on', async () => {
      const standard = await mapperFields({ api: 'profileAndServices', identifyBy: 'matchingColumn' });
      expect(standard.fields.filter(({ canBeUsedToMatch }) => canBeUsedToMatch).map(({ id }) => id)).toEqual(['PKey', 'email']);
      const extended = await mapperFields({ api: 'profileAndServicesExt', identifyBy: 'matchingColumn' });
      expect(extended.fields.filter(({ canBeUsedToMatch }) => canBeUsedToMatch).map(({ id }) => id)).toContain('cusLoyaltyId');
    });
  });

  it('lists all fields, read-only ones too, for choosing what to return', async () => {
    const method = campaign.engine.nodeType('adobeCampaignProfile').methods?.loadOptions?.getFields;
    const options: INodePropertyOptions[] = method ? await method.call(editor({ api: 'profileAndServices' })) : [];
    expect(options).toContainEqual({ name: 'Email (email)', value: 'email' });
    expect(options.map(({ value }) => value)).toContain('age');
  });

  describe('the list of services', () => {
    const services = async (typed?: string, token?: string): Promise<INodeListSearchResult> => {
      const method = campaign.engine.nodeType('adobeCampaignProfile').methods?.listSearch?.searchServices;
      if (!method) throw new Error('searchServices is missing');
      return await method.call(editor({ resource: 'subscription', operation: 'subscribe' }), typed, token);
    };

    it('stores names, and leaves templates out', async () => {
      const { results } = await services();
      const expected = campaign.simulator.services
        .all()
        .filter(({ isTemplate }) => isTemplate !== true)
        .map(({ name }) => name);
      expect(results.map(({ value }) => value)).toEqual(expected);
      expect(expected.length).toBeLessThan(campaign.simulator.services.size);
    });

    it('searches as one types', async () => {
      const found = async (typed: string) => (await services(typed)).results.map(({ value }) => value).sort();
      expect(await found(' weekly ')).toEqual(['delivery_updates', 'weekly_offers']);
      for (const typed of ['Weekly Offers', 'OFFERS', 'weekly_off', '\u200boffers']) expect(await found(typed)).toEqual(['weekly_offers']);
      expect((await services('zzzzz')).results).toEqual([]);
    });

    it('pages on, past pages of nothing but templates', async () => {
      const { assumptions } = campaign.simulator;
      assumptions.maximumLineCount = 1;
      try {
        const all: unknown[] = [];
        for (let page = await services(); ; page = await services(undefined, page.paginationToken)) {
          all.push(...page.results.map(({ value }) => value));
          if (page.paginationToken === undefined) break;
        }
        expect(all).toEqual(
          campaign.simulator.services
            .all()
            .filter(({ isTemplate }) => isTemplate !== true)
            .map(({ name }) => name),
        );
      } finally {
        assumptions.maximumLineCount = null;
      }
    });
  });

  const options = async (name: string, parameters: INodeParameters): Promise<INodePropertyOptions[]> => {
    const method = campaign.engine.nodeType('adobeCampaignProfile').methods?.loadOptions?.[name];
    if (!method) throw new Error(`${name} is missing`);
    return await method.call(editor(parameters));
  };

  it('lists filters with their parameters, custom ones with the extended API only', async () => {
    const extended = await options('getFilters', { api: 'profileAndServicesExt' });
    expect(extended.find(({ value }) => value === 'byText')).toMatchObject({
      name: expect.stringContaining('byText'),
      description: expect.stringMatching(/^Parameters: .*text/),
    });
    expect(extended.find(({ value }) => value === 'pointsFrom')?.description).toBe('Parameters: pointsFrom_parameter');
    const standard = await options('getFilters', { api: 'profileAndServices' });
    expect(standard.map(({ value }) => value)).toContain('byText');
    expect(standard.map(({ value }) => value)).not.toContain('pointsFrom');
  });

  it('lists the fields to sort by', async () => {
    const values = (await options('getSortableFields', { api: 'profileAndServices' })).map(({ value }) => value);
    expect(values).toContain('lastName');
    expect(values).not.toContain('postalAddress');
  });

  it('shows email first in the form of Create or Update, and everything where a filter matches', async () => {
    const byColumn = (await mapperFields({ operation: 'upsert', matchOn: 'matchingColumn', api: 'profileAndServices' })).fields;
    expect(byColumn.filter(({ removed }) => !removed)).toMatchObject([{ id: 'email', defaultMatch: true, canBeUsedToMatch: true }]);
    expect(byColumn.map(({ id }) => id)).not.toContain('PKey');
    const byFilter = (await mapperFields({ operation: 'upsert', matchOn: 'customFilter', api: 'profileAndServices' })).fields;
    expect(byFilter.map(({ id }) => id)).toEqual(byColumn.map(({ id }) => id));
    expect(byFilter.some(({ removed, defaultMatch }) => removed === true || defaultMatch)).toBe(false);
  });
});
