import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect, ReceivedRequest, StoredProfile } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters, locator, updateParameters } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const EXTENDED = { api: 'profileAndServicesExt' };

describe.each<Dialect>(['v8', 'acs'])('Profile Update, against Campaign %s', (dialect) => {
  let campaign: Campaign;
  let person: StoredProfile;

  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
    // The token and nothing else: the tests below count requests.
    await campaign.runStep({ operation: 'get', profile: locator('email', AMY) });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    person = campaign.simulator.profiles.add({
      email: 'kim@mail.com',
      firstName: 'Kim',
      lastName: 'Lee',
      phone: '1',
      cusLoyaltyId: 'L-kim',
      cusPoints: 10,
    });
    campaign.simulator.resetStats();
  });
  afterEach(() => {
    campaign.simulator.profiles.remove(person);
    campaign.simulator.faults.clear();
  });

  const stored = () => campaign.simulator.profiles.get(person.id);
  const key = () => campaign.simulator.profiles.keyOf(person);
  const sent = (): ReceivedRequest[] => campaign.simulator.stats.received.filter(({ api }) => api !== 'ims');
  const calls = () =>
    sent().map(({ method, path }) => `${method} ${path.replace(/@.*/, '<PKey>').replace('/northwind/campaign/profileAndServices', '')}`);
  const bodies = () =>
    sent()
      .filter(({ method }) => method === 'PATCH')
      .map(({ json }) => json);

  describe('the request', () => {
    it("is the PATCH of Adobe's page, with its headers and nothing but the fields", async () => {
      const [answer] = await campaign.outputOf(updateParameters(locator('pKey', key()), { phone: '3301020304' }));

      const patch = sent().find(({ method }) => method === 'PATCH');
      expect(patch?.path).toMatch(/^\/northwind\/campaign\/profileAndServices\/profile\/@[\w-]+$/);
      expect(patch?.json).toEqual({ phone: '3301020304' });
      expect(patch?.headers).toMatchObject({
        authorization: expect.stringMatching(/^Bearer \S+$/),
        'x-api-key': campaign.simulator.apiKey,
        'cache-control': 'no-cache',
        'content-type': 'application/json;charset=utf-8',
      });
      expect(stored()?.phone).toBe('3301020304');
      expect(answer).toEqual({ phone: '3301020304', PKey: expect.any(String), href: expect.any(String) });
    });

    it('reads the field descriptions once, however many items there are', async () => {
      const input = Array.from({ length: 20 }, (_, index) => ({ phone: String(index) }));
      await campaign.outputOf(updateParameters(locator('pKey', key()), { phone: '={{ $json.phone }}' }), input);
      expect(calls().filter((call) => call.includes('resourceType'))).toHaveLength(1);
      expect(campaign.simulator.stats.writesApplied).toBe(20);
    });
  });

  describe('a row with nothing in it', () => {
    const blank = { email: 'kim@mail.com', phone: '', firstName: ' ' };

    it.each<[string, INodeParameters]>([
      ['taken from columns', automaticUpdateParameters('email')],
      [
        'of the form',
        updateParameters(locator('email', 'kim@mail.com'), { phone: '={{ $json.phone }}', firstName: '={{ $json.firstName }}' }),
      ],
      ['of a profile that is known by its key', updateParameters(locator('customKey', 'L-kim'), { phone: '={{ $json.phone }}' }, EXTENDED)],
    ])('leaves the profile as it is, as Create or Update does: %s', async (_, parameters) => {
      for (const operation of ['update', 'upsert']) {
        const column = { fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] } };
        const given = operation === 'update' ? parameters : { operation, ...column };
        const result = await campaign.runStep({ ...given, options: { includeChanges: true } }, [blank]);
        expect(result.error).toBeUndefined();
        expect(result.json(STEP)).toMatchObject([{ changes: [], trail: { done: 'unchanged' } }]);
      }
      expect(campaign.simulator.stats.writesApplied).toBe(0);
      expect(stored()).toMatchObject({ phone: '1', firstName: 'Kim' });
    });

    it('goes with the rows that have something in them, and says that there is no such profile', async () => {
      const rows = [blank, { ...blank, phone: '9' }, { ...blank, email: 'nobody@mail.com' }];
      const result = await campaign.runStep(automaticUpdateParameters('email'), rows, { onError: 'continueRegularOutput' });
      expect(result.json(STEP).map(({ error }) => error)).toEqual([undefined, undefined, expect.stringContaining('There is no profile')]);
      expect(result.summary(STEP)).toContain('1 unchanged');
      expect(stored()?.phone).toBe('9');
    });

    it('is refused where no column is a field that can be written, and where a new profile would have no field', async () => {
      const leaveOut = automaticUpdateParameters('email', { options: { unknownColumns: 'leaveOut' } });
      expect((await campaign.runStep(leaveOut, [{ email: 'kim@mail.com', shoe: '', age: '' }])).error?.message).toContain(
        'nothing to write',
      );
      const create = {
        operation: 'create',
        fields: { mappingMode: 'defineBelow', value: { phone: '={{ "" }}' }, matchingColumns: [], schema: [] },
      };
      expect((await campaign.runStep(create)).error?.message).toContain('nothing to write');
      expect(campaign.simulator.stats.writesApplied).toBe(0);
    });
  });

  describe('identifying the profile', () => {
    it.each<[string, () => IDataObject]>([
      ['by PKey', () => updateParameters(locator('pKey', key()), { phone: '2' })],
      [
        'by URL',
        () =>
          updateParameters(locator('url', `${campaign.simulator.url}/northwind/campaign/profileAndServices/profile/${key()}`), {
            phone: '2',
          }),
      ],
      ['by email', () => updateParameters(locator('email', 'kim@mail.com'), { phone: '2' })],
      ['by custom key', () => updateParameters(locator('customKey', 'L-kim'), { phone: '2' }, { api: 'profileAndServicesExt' })],
      ['from the list', () => updateParameters(locator('list', 'kim@mail.com'), { phone: '2' })],
    ])('works %s', async (_, parameters) => {
      await campaign.outputOf(parameters() as ReturnType<typeof updateParameters>);
      expect(stored()?.phone).toBe('2');
      expect(bodies()).toEqual([{ phone: '2' }]);
    });

    it.each<[string, string, () => IDataObject]>([
      ['PKey', 'profileAndServices', () => ({ PKey: key() })],
      ['email', 'profileAndServices', () => ({ email: 'kim@mail.com' })],
      ['cusLoyaltyId', 'profileAndServicesExt', () => ({ cusLoyaltyId: 'L-kim' })],
    ])('works with %s as the matching column, which is not sent', async (column, api, identity) => {
      const told = identity();
      const [updated] = await campaign.outputOf(automaticUpdateParameters(column, { api }), [{ ...told, phone: '3' }]);
      expect(stored()?.phone).toBe('3');
      expect(bodies()).toEqual([{ phone: '3' }]);
      // Keys read differently every time.
      expect(updated).toEqual({ ...told, phone: '3', PKey: expect.any(String), href: expect.any(String) });
    });

    it('works with a matching column among fields that somebody filled in', async () => {
      await campaign.outputOf(
        {
          operation: 'update',
          identifyBy: 'matchingColumn',
          fields: {
            mappingMode: 'defineBelow',
            value: { email: '={{ $json.mail }}', phone: '={{ $json.tel }}', lastName: null },
            matchingColumns: ['email'],
            schema: [],
          },
        },
        [{ mail: 'kim@mail.com', tel: '4' }],
      );
      expect(bodies()).toEqual([{ phone: '4' }]);
    });

    it('returns the email that it was given, or the one that it has written', async () => {
      const by = locator('email', ' KIM@mail.com ');
      const [kept] = await campaign.outputOf(updateParameters(by, { phone: '6' }));
      const [changed] = await campaign.outputOf(updateParameters(by, { email: 'kim.lee@mail.com' }));

      expect([kept?.email, changed?.email]).toEqual(['KIM@mail.com', 'kim.lee@mail.com']);
    });

    it('updates one, all or none of several profiles with one email, as chosen', async () => {
      const twin = campaign.simulator.profiles.add({ email: 'kim@mail.com', phone: '1' });
      const update = updateParameters(locator('email', 'kim@mail.com'), { phone: '5' });

      const refused = await campaign.runStep(update);
      expect(refused.error?.message).toContain("2 profiles have email 'kim@mail.com'");
      expect(campaign.simulator.stats.writesApplied).toBe(0);

      expect(await campaign.outputOf({ ...update, options: { severalMatches: 'first' } })).toHaveLength(1);
      expect(campaign.simulator.stats.writesApplied).toBe(1);

      expect(await campaign.outputOf({ ...update, options: { severalMatches: 'all' } })).toHaveLength(2);
      expect(campaign.simulator.profiles.get(twin.id)?.phone).toBe('5');
      campaign.simulator.profiles.remove(twin);
    });
  });

  describe('the fields', () => {
    it('takes them in the forms that workflows have them, and sends them in those that Campaign takes', async () => {
      await campaign.outputOf(
        updateParameters(
          locator('pKey', key()),
          {
            birthDate: '1980-10-24T00:00:00.000-05:00',
            gender: 'Female',
            blackListEmail: 'true',
            cusPoints: '42',
            cusLastPurchase: '2026-01-31T10:30:00+01:00',
            phone: '',
          },
          { api: 'profileAndServicesExt', options: { emptyValues: 'clear' } },
        ),
      );
      expect(bodies()).toEqual([
        {
          birthDate: '1980-10-24',
          gender: 'female',
          blackListEmail: true,
          cusPoints: 42,
          cusLastPurchase: '2026-01-31 09:30:00.000Z',
          phone: '',
        },
      ]);
      expect(stored()).toMatchObject({ birthDate: '1980-10-24', gender: 'female', cusPoints: 42, phone: '' });
    });

    it("takes the date objects of n8n's expressions without moving the day", async () => {
      await campaign.outputOf(
        updateParameters(locator('pKey', key()), { birthDate: "={{ DateTime.fromISO('1980-10-24', { zone: 'Asia/Tokyo' }) }}" }),
      );
      expect(bodies()).toEqual([{ birthDate: '1980-10-24' }]);
    });

    it('takes JSON, as text or as an object from an expression', async () => {
      const json = (fieldsJson: string) => ({ operation: 'update', fieldsFrom: 'json', profile: locator('pKey', key()), fieldsJson });
      await campaign.outputOf(json('{ "phone": "6" }'));
      await campaign.outputOf(json('={{ { "phone": $json.tel } }}'), [{ tel: '7' }]);
      await campaign.outputOf(json('={"phone": "{{ $json.tel }}"}'), [{ tel: '8' }]);
      expect(bodies()).toEqual([{ phone: '6' }, { phone: '7' }, { phone: '8' }]);
    });

    it('can hand a profile on as Get returned it: what Campaign sets itself is left out', async () => {
      const [profile] = await campaign.outputOf({ operation: 'get', profile: locator('email', 'kim@mail.com') });
      campaign.simulator.resetStats();
      await campaign.outputOf(automaticUpdateParameters('PKey'), [{ ...profile, phone: '9' }]);
      expect(bodies()).toEqual([{ email: 'kim@mail.com', firstName: 'Kim', lastName: 'Lee', phone: '9', gender: 'unknown' }]);
    });

    it('A25: leaves fields with blank columns alone, or empties them and says which', async () => {
      const input = [{ email: 'kim@mail.com', phone: '', lastName: 'Park', firstName: null, gender: '' }];
      const { hints } = await campaign.runStep(automaticUpdateParameters('email'), input);
      expect(bodies()).toEqual([{ lastName: 'Park' }]);
      expect(hints(STEP)).toEqual([]);
      const clearing = await campaign.runStep(automaticUpdateParameters('email', { options: { emptyValues: 'clear' } }), input);
      expect(bodies()[1]).toEqual({ phone: '', lastName: 'Park', firstName: '' });
      expect(stored()).toMatchObject({ firstName: '', phone: '' });
      expect(clearing.hints(STEP).sort()).toEqual([
        'Emptied, because the value was blank: phone, firstName',
        'Left as they are, because they have no empty value: gender',
      ]);
    });

    it('leaves out unknown columns when told to, and names them', async () => {
      const result = await campaign.runStep(automaticUpdateParameters('email', { options: { unknownColumns: 'leaveOut' } }), [
        { email: 'kim@mail.com', phone: '10', row_number: 2, source: 'crm' },
      ]);
      expect(bodies()).toEqual([{ phone: '10' }]);
      expect(result.hints(STEP)).toEqual(['Columns left out, because they are no fields of Campaign: row_number, source']);
    });

    it('goes on unchecked, and says so, where the technical account may not read the descriptions', async () => {
      campaign.simulator.faults.add({ url: 'resourceType', action: { type: 'answer', status: 404, body: 'Unsupported endpoint.' } });
      const result = await campaign.runStep(updateParameters(locator('pKey', key()), { phone: '11' }));
      expect(stored()?.phone).toBe('11');
      expect(result.hints(STEP)).toEqual([expect.stringContaining('used unchecked')]);
    });
  });

  describe('Read Back', () => {
    it('returns the profile after the update, through the address that Campaign answered', async () => {
      const [profile] = await campaign.outputOf(updateParameters(locator('pKey', key()), { phone: '12' }, { readBack: 'return' }));
      expect(profile).toMatchObject({ phone: '12', firstName: 'Kim', email: 'kim@mail.com' });
      expect(calls()).toEqual(['GET /resourceType/profile', 'PATCH /profile/<PKey>', 'GET /profile/<PKey>']);
    });

    it('has the written fields in it, also those that Simplified leaves out', async () => {
      const [profile] = await campaign.outputOf(
        updateParameters(locator('pKey', key()), { fax: '99' }, { options: { readBack: 'return' } }),
      );
      expect(profile).toMatchObject({ fax: '99', firstName: 'Kim' });
      expect(Object.keys(profile ?? {}).slice(-2)).toEqual(['PKey', 'href']);
    });

    it('returns it as the output is chosen', async () => {
      const [profile] = await campaign.outputOf(
        updateParameters(
          locator('pKey', key()),
          { phone: '13' },
          { readBack: 'return', output: 'selectedFields', selectedFields: ['phone'] },
        ),
      );
      expect(Object.keys(profile ?? {})).toEqual(['phone', 'PKey', 'href']);
    });

    it('passes when every field holds what was written, whatever form Campaign prints it in', async () => {
      const output = await campaign.outputOf(
        updateParameters(
          locator('pKey', key()),
          {
            birthDate: '1990-02-28T23:30:00Z',
            cusLastPurchase: '2026-01-31T10:30:00Z',
            cusPoints: '7',
            blackListEmail: false,
            gender: 'male',
            fax: '',
          },
          { api: 'profileAndServicesExt', readBack: 'verify' },
        ),
      );
      expect(output).toHaveLength(1);
    });

    it('fails when a field does not, naming field, expected and found', async () => {
      campaign.simulator.faults.add({
        method: 'GET',
        url: '/profile/@',
        when: () => {
          campaign.simulator.profiles.update(person.id, { phone: 'someone else was here' });
          return false;
        },
        action: { type: 'delay', ms: 0 },
      });
      const { error } = await campaign.runStep(
        updateParameters(locator('pKey', key()), { phone: '14', fax: '15' }, { readBack: 'verify' }),
      );
      expect(error?.message).toBe(
        "The profile does not hold what was written: 'Phone' (phone) is 'someone else was here' instead of '14' [item 0]",
      );
      expect(error?.context?.data).toMatchObject({
        reason: 'notVerified',
        differences: [{ field: 'phone', expected: '14', found: 'someone else was here' }],
      });
    });

    it('lists what changed', async () => {
      const [profile] = await campaign.outputOf(
        updateParameters(
          locator('pKey', key()),
          { phone: '16', lastName: 'Lee' },
          { readBack: 'return', options: { includeChanges: true } },
        ),
      );
      expect(profile).toMatchObject({ phone: '16', changes: [{ field: 'phone', before: '1', after: '16' }] });
    });

    it('lists what changed beside PKey and href when the profile itself is not wanted', async () => {
      const [answer] = await campaign.outputOf(
        updateParameters(locator('pKey', key()), { phone: '17' }, { options: { includeChanges: true } }),
      );
      expect(Object.keys(answer ?? {})).toEqual(['phone', 'PKey', 'href', 'changes', 'trail']);
    });
  });

  describe('Send Only Changed Fields', () => {
    const options = { sendOnlyChangedFields: true };

    it('sends the difference', async () => {
      await campaign.outputOf(
        updateParameters(
          locator('pKey', key()),
          { phone: '18', firstName: 'Kim', cusPoints: '10' },
          { api: 'profileAndServicesExt', options },
        ),
      );
      expect(bodies()).toEqual([{ phone: '18' }]);
    });

    it('sends nothing when there is none, and still returns the profile', async () => {
      const [answer] = await campaign.outputOf(
        updateParameters(
          locator('email', 'kim@mail.com'),
          { phone: '1', firstName: 'Kim' },
          { options: { ...options, includeChanges: true } },
        ),
      );
      expect(answer).toMatchObject({ PKey: expect.any(String), href: expect.any(String), changes: [] });
      // The email already brought the profile along: no further GET for the comparison.
      expect(calls()).toEqual(['GET /resourceType/profile', 'GET /profile/byEmail']);
      expect(campaign.simulator.stats.writesApplied).toBe(0);
    });
  });

  it('writes several items for one profile in their order', async () => {
    campaign.simulator.settings.latencyMs = 2;
    const input = Array.from({ length: 30 }, (_, index) => ({ email: 'kim@mail.com', phone: String(index) }));
    await campaign.outputOf(automaticUpdateParameters('email'), input);
    campaign.simulator.settings.latencyMs = 0;
    expect(bodies()).toEqual(input.map(({ phone }) => ({ phone })));
    expect(stored()?.phone).toBe('29');
  });

  it.each([
    ['an empty 200', 200],
    ['a 204', 204],
  ])('takes %s for a done update and returns the address it used', async (_, status) => {
    campaign.simulator.faults.add({ method: 'PATCH', action: { type: 'answer', status, when: 'after' } });
    const [answer] = await campaign.outputOf(updateParameters(locator('pKey', key()), { phone: '19' }, { readBack: 'off' }));
    expect(answer).toEqual({ phone: '19', PKey: expect.any(String), href: expect.stringContaining('/profileAndServices/profile/@') });
    const [profile] = await campaign.outputOf(updateParameters(locator('pKey', key()), { phone: '20' }, { readBack: 'verify' }));
    expect(profile).toMatchObject({ phone: '20' });
  });
});
