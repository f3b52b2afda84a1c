import type { INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters, chain, getParameters, locator, profileStep, updateParameters } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const EXTENDED = { api: 'profileAndServicesExt' };

describe('bad input', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ settings: { freshKeys: true } });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    campaign.resetCredential();
    campaign.simulator.resetStats();
  });

  const url = (path: string) => `${campaign.simulator.url}${path}`;
  const amysKey = () => {
    const [amy] = campaign.simulator.profiles.byEmail(AMY);
    if (!amy) throw new Error('Amy is missing');
    return campaign.simulator.profiles.keyOf(amy);
  };
  const writes = () => campaign.simulator.stats.byMethod.get('PATCH') ?? 0;

  describe('is found before any request', () => {
    it.each<[string, () => INodeParameters, RegExp, RegExp]>([
      ['an empty PKey', () => getParameters(locator('pKey', '={{ "" }}')), /'Profile' is empty/, /expression/],
      ['a blank PKey', () => getParameters(locator('pKey', '  \t ')), /'Profile' is empty/, /expression/],
      [
        'an expression that finds nothing',
        () => getParameters(locator('pKey', '={{ $json.nothing }}')),
        /'Profile' is empty/,
        /expression/,
      ],
      ['a PKey with a slash', () => getParameters(locator('pKey', '@abc/subscriptions')), /'Profile' has characters/, /By URL/],
      ['a PKey with a question mark', () => getParameters(locator('pKey', '@abc?_lineCount=1')), /'Profile' has characters/, /By URL/],
      ['a PKey with a hash', () => getParameters(locator('pKey', '@abc#x')), /'Profile' has characters/, /By URL/],
      ['a PKey with dots', () => getParameters(locator('pKey', '..')), /'Profile' has characters/, /By URL/],
      ['a PKey with an encoded slash', () => getParameters(locator('pKey', '@a%2fb')), /'Profile' has characters/, /By URL/],
      ['a PKey with a line break', () => getParameters(locator('pKey', '@abc\ndef')), /'Profile' has characters/, /By URL/],
      ['an empty email', () => getParameters(locator('email', ' ')), /'Profile' is empty/, /email/],
      ['no profile chosen', () => getParameters(locator('list', ' ')), /No 'Profile' is chosen/, /list/],
      ['a custom key on the standard API', () => getParameters(locator('customKey', 'L-1')), /'Profile' is a custom key/, /'Extended'/],
      [
        'a URL of another origin',
        () => getParameters(locator('url', 'https://evil.example/northwind/campaign/profileAndServices/profile/@a')),
        /leads to https:\/\/evil\.example/,
        /nowhere else/,
      ],
      [
        'a URL of another organization',
        () => getParameters(locator('url', url('/southwind/campaign/profileAndServices/profile/@a'))),
        /organization 'northwind'/,
        /other organization/,
      ],
      [
        'a URL whose organization only starts alike',
        () => getParameters(locator('url', url('/northwind-evil/campaign/profileAndServices/profile/@a'))),
        /organization 'northwind'/,
        /other organization/,
      ],
      [
        'a URL that climbs out',
        () => getParameters(locator('url', url('/northwind/campaign/../../southwind/campaign/profileAndServices/profile/@a'))),
        /organization 'northwind'/,
        /other organization/,
      ],
      [
        'a URL with a user and password',
        () => getParameters(locator('url', url('/northwind/campaign/profileAndServices/profile/@a').replace('//', '//me:secret@'))),
        /user name or password/,
        /@/,
      ],
      [
        'a URL of something else',
        () => getParameters(locator('url', url('/northwind/campaign/profileAndServices/service/@a'))),
        /not the address of a profile/,
        /href/,
      ],
      [
        'a URL below a profile',
        () => updateParameters(locator('url', url('/northwind/campaign/profileAndServices/profile/@a/subscriptions/')), { phone: '1' }),
        /not the address of a profile/,
        /href/,
      ],
      ['a URL that is none', () => getParameters(locator('url', 'amy')), /not a web address/, /href/],
      [
        'no fields selected for the output',
        () => getParameters(locator('email', AMY), { output: 'selectedFields', selectedFields: [] }),
        /No 'Field Names or IDs'/,
        /Simplified/,
      ],
      ['an unknown output', () => getParameters(locator('email', AMY), { output: '={{ "most" }}' }), /'Output' is 'most'/, /simplified/],
      ['an empty update', () => updateParameters(locator('email', AMY), {}), /'Fields' is empty/, /at least one field/],
      [
        'an update of unfilled fields',
        () => updateParameters(locator('email', AMY), { phone: null }),
        /'Fields' is empty/,
        /at least one field/,
      ],
      [
        'an empty JSON update',
        () => ({ operation: 'update', fieldsFrom: 'json', profile: locator('email', AMY), fieldsJson: '{}' }),
        /'Fields' is empty/,
        /at least one field/,
      ],
      ['an automatic update without another column', () => automaticUpdateParameters('email'), /'Fields' is empty/, /at least one field/],
      [
        'JSON that is none',
        () => ({ operation: 'update', fieldsFrom: 'json', profile: locator('email', AMY), fieldsJson: '{ phone: 1' }),
        /'Fields' is not JSON/,
        /object/,
      ],
      [
        'JSON that is a list',
        () => ({ operation: 'update', fieldsFrom: 'json', profile: locator('email', AMY), fieldsJson: '[1]' }),
        /'Fields' is not a JSON object/,
        /object/,
      ],
    ])('%s', async (_, parameters, message, description) => {
      const { error } = await campaign.runStep(parameters(), [{ email: AMY }]);
      expect(error?.message).toMatch(message);
      expect(error?.message).toMatch(/ \[item 0\]$/);
      expect(error?.description).toMatch(description);
      expect(campaign.simulator.stats.requests).toBe(0);
    });
  });

  describe('in the credential is found before any request', () => {
    it.each<[string, Record<string, string>, RegExp, RegExp]>([
      ['an organization with a slash', { organization: 'north/wind' }, /'Organization' in the credential/, /letters, digits/],
      ['an organization that climbs', { organization: '..' }, /'Organization' in the credential/, /letters, digits/],
      ['no organization', { organization: '' }, /'Organization' in the credential/, /letters, digits/],
      [
        'a base URL that is not loopback over http',
        { baseUrl: 'http://mc.adobe.io' },
        /'API Base URL' in the credential starts with http/,
        /https/,
      ],
      ['a base URL with a password', { baseUrl: 'https://me:secret@mc.adobe.io' }, /'API Base URL' in the credential has more/, /Remove/],
      ['a base URL that is none', { baseUrl: 'mc.adobe.io' }, /'API Base URL' in the credential is not a URL/, /full address/],
      ['a token URL over http', { tokenUrl: 'http://ims.example/token' }, /'Token URL' in the credential starts with http/, /https/],
      ['no client secret', { clientSecret: ' ' }, /'Client Secret' in the credential is empty/, /Developer Console/],
    ])('%s', async (_, data, message, description) => {
      campaign.resetCredential(data);
      const { error } = await campaign.runStep(getParameters(locator('email', AMY)));
      expect(error?.message).toMatch(message);
      expect(error?.description).toMatch(description);
      expect(campaign.simulator.stats.requests).toBe(0);
    });
  });

  describe('among the fields is found before the update', () => {
    it.each<[string, INodeParameters, INodeParameters, RegExp]>([
      ['an unknown field', { shoeSize: '44' }, {}, /^Field 'shoeSize' is not known to Campaign \[item 0\]$/],
      ['a field with a typing slip', { mobilephone: '1' }, {}, /did you mean '.*' \(mobilePhone\)\?/],
      ['a label instead of a name', { 'Last name': 'x' }, {}, /did you mean 'Last name' \(lastName\)\?/],
      ['a custom field on the standard API', { cusPoints: 1 }, {}, /set 'API' under 'Options' to 'Extended'/],
      ['a read-only field', { age: 3 }, {}, /\(age\) is read-only/],
      [
        'a value outside the enumeration',
        { gender: 'often' },
        {},
        /\(gender\) takes one of .*\(unknown\), Male \(male\), Female \(female\), not 'often'/,
      ],
      ["Campaign's marker for broken values", { gender: '__Invalid_value__' }, {}, /\(gender\) takes one of/],
      ['text for a number', { cusPoints: 'many' }, EXTENDED, /\(cusPoints\) takes a number, not 'many'/],
      ['text for a switch', { blackListEmail: 'maybe' }, {}, /\(blackListEmail\) takes true or false/],
      ['a day that is none', { birthDate: '1981-02-29' }, {}, /\(birthDate\) takes a date such as 1980-10-24/],
      ['a day in another order', { birthDate: '24/10/1980' }, {}, /\(birthDate\) takes a date/],
      ['a moment that is none', { cusLastPurchase: 'yesterday' }, EXTENDED, /\(cusLastPurchase\) takes a date and time/],
      ['text that is too long', { firstName: 'x'.repeat(31) }, {}, /\(firstName\) takes at most 30 characters \(got 31\)/],
      ['several at once', { gender: 'often', age: 3 }, {}, /^2 fields cannot be sent: .*\(gender\) takes .*; .*\(age\) is read-only/],
    ])('%s', async (_, value, more, message) => {
      const { error } = await campaign.runStep(updateParameters(locator('email', AMY), value, more));
      expect(error?.message).toMatch(message);
      expect(error?.description).toContain('Nothing was sent');
      expect(writes()).toBe(0);
    });

    it('a read-only field in JSON', async () => {
      const { error } = await campaign.runStep({
        operation: 'update',
        fieldsFrom: 'json',
        profile: locator('email', AMY),
        fieldsJson: '{"created":"2020-01-01"}',
      });
      expect(error?.message).toMatch(/\(created\) is read-only/);
      expect(writes()).toBe(0);
    });

    it('no column to match on, and one that is not there: Campaign is asked what columns mean, and no more', async () => {
      const fields = { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] };
      const none = await campaign.runStep({ ...automaticUpdateParameters('email'), fields }, [{ email: AMY }]);
      expect(none.error).toMatchObject({
        message: expect.stringContaining('No column to match on'),
        description: expect.stringContaining('Column to match on'),
      });
      const missing = await campaign.runStep(automaticUpdateParameters('PKey'), [{ email: AMY }]);
      expect(missing.error?.message).toBe("There is no column 'PKey' [item 0]");
      expect(campaign.simulator.stats.received.filter(({ api, path }) => api !== 'ims' && !path.includes('resourceType'))).toEqual([]);
    });

    it('a column that is no field', async () => {
      const { error } = await campaign.runStep(automaticUpdateParameters('email'), [{ email: AMY, phone: '1', row_number: 7 }]);
      expect(error?.message).toMatch(/'row_number' is not known to Campaign/);
      expect(writes()).toBe(0);
    });
  });

  it('sends nothing where the only value is a blank choice, which cannot be emptied', async () => {
    const result = await campaign.runStep(updateParameters(locator('email', AMY), { gender: '' }, { options: { emptyValues: 'clear' } }));
    expect(result.error).toBeUndefined();
    expect(result.hints(STEP)).toEqual(['Left as they are, because they have no empty value: gender']);
    expect(writes()).toBe(0);
  });

  it('never reaches everybody by an empty email in the matching column', async () => {
    for (const email of ['', '   ', null]) {
      const { error } = await campaign.runStep(automaticUpdateParameters('email'), [{ email, phone: 'oops' }]);
      expect(error?.message).toMatch(/'email' is empty/);
    }
    expect(campaign.simulator.profiles.find(({ phone }) => phone === 'oops')).toBeUndefined();
    expect(campaign.simulator.stats.requests).toBe(0);
  });

  it.each(['text', 'json'] as const)(
    'what v8 answers with its one generic 500 (%s) names the fields that were sent',
    async (errorBodies) => {
      campaign.simulator.settings.errorBodies = errorBodies;
      // Where the descriptions cannot be read, bad values reach Campaign.
      const restore = campaign.simulator.faults.add({
        url: 'resourceType',
        action: { type: 'answer', status: 404, body: 'Unsupported endpoint.' },
      });
      const { error } = await campaign.runStep(updateParameters(locator('email', AMY), { gender: 'often', phone: '1' }));
      restore();
      expect(error?.message).toBe('Campaign did not accept the request (500) [item 0]');
      expect(error?.description).toMatch(/Fields sent: gender, phone\. .*check types, enumeration values and lengths/);
      expect(error?.context?.data).toMatchObject({ reason: 'rejected', fieldsSent: ['gender', 'phone'] });
      expect(campaign.simulator.stats.byMethod.get('PATCH')).toBe(1);
      campaign.simulator.settings.errorBodies = 'text';
    },
  );

  it('v8 cannot update the location, and the message says so', async () => {
    const { error } = await campaign.runStep({
      operation: 'update',
      fieldsFrom: 'json',
      profile: locator('email', AMY),
      fieldsJson: '{"location":{"zipCode":"1000"}}',
    });
    expect(error?.description).toContain("Campaign v8 cannot update 'location'");
  });

  it.each<[string, INodeParameters, string]>([
    ['Create or Update', { ...automaticUpdateParameters('email'), operation: 'upsert' }, "There is no column 'email'"],
    ['Create', { ...automaticUpdateParameters('email'), operation: 'create' }, 'There is nothing to write'],
    ['Update', updateParameters(locator('email', '={{ $json.email }}'), { phone: '1' }), "'Profile' is empty"],
  ])('says of a file that nobody has taken apart what comes first: %s', async (_, parameters, message) => {
    const file = { data: Buffer.from('email').toString('base64'), mimeType: 'text/csv', fileName: 'people.csv' };
    const pinData = { Start: [{ json: {}, binary: { data: file } }] };
    const { error } = await campaign.engine.run({ ...chain(profileStep(STEP, parameters)), pinData });
    expect(error?.message).toContain(message);
    expect(error?.description).toContain("put n8n's 'Extract from File' in front of this step");
    const without = await campaign.runStep(parameters, [{}]);
    expect(without.error?.message).toContain(message);
    expect(without.error?.description).not.toContain('carries a file');
  });

  describe('with "continue on fail"', () => {
    const input = [
      { id: 1, email: AMY, phone: '100' },
      { id: 2, email: '', phone: '101' },
      { id: 3, email: 'nobody@mail.com', phone: '102' },
      { id: 4, email: AMY, phone: '103' },
    ];
    const parameters = updateParameters(locator('email', '={{ $json.email }}'), { phone: '={{ $json.phone }}' });

    it('every bad item has its own error item, the good ones go through, and a hint sums up', async () => {
      const result = await campaign.runStep(parameters, input, { onError: 'continueRegularOutput' });
      expect(result.error).toBeUndefined();
      expect(result.json(STEP)).toEqual([
        { email: AMY, phone: '100', PKey: expect.any(String), href: expect.any(String) },
        { error: "'Profile' is empty", message: { reason: 'invalidInput', description: expect.any(String) } },
        { error: "There is no profile with email 'nobody@mail.com'", message: { reason: 'notFound', description: expect.any(String) } },
        { email: AMY, phone: '103', PKey: expect.any(String), href: expect.any(String) },
      ]);
      expect(result.items(STEP).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }]);
      expect(result.summary(STEP)).toMatch(
        /^4 items: 2 \w+, 2 failed\. 1 of 4 items had values that cannot be used\. 1 of 4 items were not found\. \d+ requests were made/,
      );
      expect(campaign.simulator.profiles.byEmail(AMY)[0]?.phone).toBe('103');
    });

    it('the error branch keeps the input, and only the failed items', async () => {
      const workflow = chain(profileStep(STEP, parameters, { onError: 'continueErrorOutput' }));
      const result = await campaign.engine.run(workflow, input);
      expect(result.json(STEP, 0)).toHaveLength(2);
      expect(result.json(STEP, 1)).toMatchObject([
        { id: 2, email: '', phone: '101', error: "'Profile' is empty" },
        { id: 3, email: 'nobody@mail.com', phone: '102', error: "There is no profile with email 'nobody@mail.com'" },
      ]);
    });

    it('an expression that cannot be evaluated is an error item as well', async () => {
      const result = await campaign.runStep(
        updateParameters(locator('email', AMY), { phone: '={{ $json.phone.nothing.here }}' }),
        [{ phone: {} }],
        { onError: 'continueRegularOutput' },
      );
      expect(result.json(STEP)).toHaveLength(1);
      expect(result.json(STEP)[0]).toHaveProperty('error');
    });
  });

  it('without it, the run ends and says what was done by then', async () => {
    const input = [{ email: AMY }, { email: AMY }, { email: '' }];
    const { error } = await campaign.runStep(getParameters(locator('email', '={{ $json.email }}')), input);
    expect(error?.message).toBe("'Profile' is empty [item 2]");
    expect(error?.description).toMatch(/\d of 3 items were completed before the run ended/);
    expect(error?.context).toMatchObject({ itemIndex: 2 });
  });

  it('a good key of this instance still works after all that', async () => {
    expect(await campaign.outputOf(getParameters(locator('pKey', amysKey())))).toHaveLength(1);
  });
});
