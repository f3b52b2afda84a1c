import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain, locator, profileStep, updateParameters } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const EVENT = { operation: 'send', eventId: 'EVTcart', email: AMY };

describe.each<Dialect>(['v8', 'acs'])('what spreadsheets and web pages bring along, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true }, profiles: 10 });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => campaign.simulator.resetStats());

  const automatic = (operation: string, column = 'email', more: INodeParameters = {}): INodeParameters => ({
    operation,
    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
    ...more,
  });
  const run = async (resource: string, parameters: INodeParameters, input: IDataObject[] = [{}]) => {
    const make = resource === 'profile' ? profileStep : campaignStep(resource);
    return await campaign.engine.run(chain(make(STEP, { resource, ...parameters }, { onError: 'continueRegularOutput' })), input);
  };
  const outputs = async (resource: string, parameters: INodeParameters, input?: IDataObject[]) =>
    (await run(resource, parameters, input)).json(STEP);
  const stored = (email: string) => campaign.simulator.profiles.byEmail(email);

  it.each([' pad.created@mail.com\u00a0', '\ufeffpad.created@mail.com', 'pad.\u200bcreated@mail.com'])(
    'creates %j under the email that is meant',
    async (email) => {
      const [output] = await outputs('profile', automatic('create'), [{ email, firstName: 'Pad' }]);
      expect(output).toMatchObject({ email: 'pad.created@mail.com' });
      expect(stored('pad.created@mail.com')).toHaveLength(1);
      campaign.simulator.profiles.remove(...stored('pad.created@mail.com'));
    },
  );

  it('gives an email to a profile without what cannot be seen around it', async () => {
    campaign.simulator.profiles.add({ email: 'old@mail.com' });
    await outputs('profile', updateParameters(locator('email', 'old@mail.com'), { email: ' new@mail.com\u200b' }));
    expect(stored('new@mail.com')).toHaveLength(1);
  });

  it.each(['noat', 'x@mail.com; y@mail.com', 'Q Name <q@mail.com>', 'a b@mail.com'])(
    'creates nobody with the email %j, and names it',
    async (email) => {
      const [output] = await outputs('profile', automatic('upsert'), [{ email }]);
      expect(output?.error).toBe(`Field 'Email' (email) takes one email address, not '${email}'`);
      expect(campaign.simulator.stats.byMethod.get('POST') ?? 0).toBeLessThanOrEqual(1);
      expect(campaign.simulator.stats.writesApplied).toBe(0);
    },
  );

  it('takes numbers, dates, choices and switches amid what cannot be seen, and empties nothing with it', async () => {
    const row = { email: 'csv@mail.com', firstName: 'Cleo', lastName: '\u200b', cusPoints: '\u00a012\u00a0', birthDate: '\ufeff1980/1/5' };
    const more = { api: 'profileAndServicesExt', options: { emptyValues: 'clear' } };
    campaign.simulator.profiles.add({ email: row.email, lastName: 'North' });
    const [output] = await outputs('profile', automatic('upsert', 'email', more), [
      { ...row, gender: 'FEMALE\u200e', blackListEmail: '\u00a0true', preferredLanguage: 'fr_FR' },
    ]);
    expect(output).toMatchObject({ outcome: 'updated' });
    expect(stored(row.email)).toMatchObject([
      { lastName: '', cusPoints: 12, birthDate: '1980-01-05', gender: 'female', blackListEmail: true, preferredLanguage: 'fr_fr' },
    ]);
  });

  it('does not take thousands for ones', async () => {
    const [output] = await outputs('profile', automatic('upsert', 'email', { api: 'profileAndServicesExt' }), [
      { email: AMY, cusPoints: '1.000' },
    ]);
    expect(output?.error).toMatch(/\(cusPoints\) takes a whole number in digits alone, not '1\.000'/);
  });

  it('does not take thousands for fractions, says how to convert either, and takes back from a table what it wrote', async () => {
    const orders = { customResource: { __rl: true, mode: 'name', value: 'cusOrder' }, options: { includeChanges: true } };
    const write = async (amount: unknown) =>
      await outputs('customResource', { ...automatic('upsert', 'orderNumber'), ...orders }, [
        { orderNumber: 'U-2', amount } as IDataObject,
      ]);
    const [refused] = await write('1.500');
    expect(refused?.error).toBe("Field 'Amount' (amount) takes a number that can be read in one way, not '1.500'");
    expect(refused?.message).toMatchObject({ description: expect.stringContaining('It may be 1.5 or 1500.') });
    await write(12.345);
    const [trail] = await write(2.125);
    const row = JSON.parse(JSON.stringify(trail), (_, value: unknown) =>
      typeof value === 'number' ? String(value) : value,
    ) as IDataObject;
    const undo = { operation: 'undoChanges', customResource: orders.customResource, matchBy: 'key' };
    expect(await outputs('customResource', undo, [row])).toMatchObject([
      { outcome: 'restored', changes: [{ before: 2.125, after: 12.345 }] },
    ]);
  });

  it('takes no key that a spreadsheet has shortened: several people would become one', async () => {
    const more = { api: 'profileAndServicesExt' };
    const rows = [
      { cusLoyaltyId: '3.36012E+10', email: 'one@mail.com' },
      { cusLoyaltyId: '3.36012E+10', email: 'two@mail.com' },
    ];
    for (const { error } of await outputs('profile', automatic('upsert', 'cusLoyaltyId', more), rows))
      expect(error).toMatch(/takes a key, not '3\.36012E\+10'/);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('says that two columns mean one field, also where the other one says whose record it is', async () => {
    const [output] = await outputs('profile', { ...automatic('update'), identifyBy: 'matchingColumn' }, [
      { email: AMY, Email: 'other@mail.com', phone: '5' },
    ]);
    expect(output?.error).toBe("Field 'Email' means 'Email' (email), which another column is matched to: keep one of them");
  });

  it('sends no event at once whose time an expression was to find', async () => {
    const before = campaign.simulator.events.all().length;
    for (const name of ['scheduled', 'expiration']) {
      const options = { [name]: '={{ $json.when }}' };
      const [none, blank] = await outputs('transactionalEvent', { ...EVENT, options }, [{}, { when: '' }]);
      expect([none?.error, blank?.error]).toEqual(Array(2).fill(expect.stringMatching(/'(?:Scheduled|Expiration)' is empty/)));
    }
    expect(campaign.simulator.events.all()).toHaveLength(before);
    expect(await outputs('transactionalEvent', { ...EVENT, options: { scheduled: '' } })).toMatchObject([{ status: 'pending' }]);
  });

  it('says which columns are matched to what nobody can write', async () => {
    const result = await run('profile', automatic('upsert'), [{ Email: 'titled@mail.com', Title: 'Mr', 'First name': 'Tim' }]);
    expect(result.hints(STEP)).toEqual([
      'Columns that were matched to fields by their label or spelling: Email → email, First name → firstName',
      'Columns left out, because they were matched to fields that Campaign sets itself: Title → title',
    ]);
  });

  it('does not link a record to what is no PKey', async () => {
    const orders = { customResource: { __rl: true, mode: 'name', value: 'cusOrder' } };
    const [output] = await outputs('customResource', { ...automatic('upsert', 'orderNumber'), ...orders }, [
      { orderNumber: 'U-1', profile: AMY },
    ]);
    expect(output?.error).toBe(`Field 'Profile' (profile) takes a PKey, or an object with a PKey, not '${AMY}'`);
  });

  it('filters by the email that is meant, and says what its letter case may hide', async () => {
    const count = { operation: 'count', filters: { email: [{ email: '={{ $json.email }}' }] } };
    expect(await outputs('profile', count, [{ email: ' amy.\u200bdakota@mail.com' }])).toEqual([{ count: 1 }]);
    const capital = await run('profile', count, [{ email: 'Nobody@mail.com' }]);
    expect(capital.hints(STEP)).toEqual([expect.stringContaining("The filter 'Email' found nothing")]);
  });

  it('says which field to sort by was meant', async () => {
    const sort = { by: [{ field: '={{ "Email" }}', direction: 'ascending' }] };
    const [output] = await outputs('profile', { operation: 'getAll', sort });
    expect(output?.error).toBe("There is no field 'Email' to sort by: did you mean 'Email' (email)?");
  });

  it.each([
    ['amy@', "'Email' is 'amy@', which is no email address"],
    ['a@b@c', "'Email' is 'a@b@c', which is no email address"],
    ['a@mail.com, b@mail.com', 'which is no email address'],
    ['"Amy" <amy@mail.com>', 'which is no email address'],
    ['amy @mail.com', 'which is no email address'],
  ])('sends no event to %j', async (email, message) => {
    const [output] = await outputs('transactionalEvent', { ...EVENT, email: '={{ $json.email }}' }, [{ email }]);
    expect(output?.error).toContain(message);
    expect(campaign.simulator.events.all().filter((event) => event.email === email)).toEqual([]);
  });

  it('sends an event to the email that is meant, and none without the context that an expression was to find', async () => {
    const before = campaign.simulator.events.all().length;
    const json = { ...EVENT, email: '={{ $json.email }}', contextFrom: 'json', contextJson: '={{ $json.context }}' };
    const [sent, ...refused] = await outputs('transactionalEvent', json, [
      { email: ' a\u200bmy@mail.com\n', context: '\ufeff{}' },
      { email: AMY, context: '' },
      { email: AMY, context: ' \u200b' },
      { email: AMY },
    ]);
    expect(sent).toMatchObject({ status: 'pending' });
    expect(campaign.simulator.events.all().slice(before)).toMatchObject([{ email: 'amy@mail.com' }]);
    expect(refused.map(({ error }) => error)).toEqual(Array(3).fill("'Context' is empty"));
    expect(await outputs('transactionalEvent', { ...EVENT, contextFrom: 'json', contextJson: '' })).toMatchObject([{ status: 'pending' }]);
  });
});
