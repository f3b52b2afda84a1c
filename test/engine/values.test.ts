import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters, campaignStep, chain, getParameters, locator, updateParameters } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';

describe('what is read from the user', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ settings: { freshKeys: true, dataPolicies: { lastName: 'smartCase' } } });
  }, 60_000);
  afterAll(async () => await campaign.close());
  beforeEach(() => campaign.simulator.resetStats());

  const amy = () => campaign.simulator.profiles.byEmail(AMY)[0];
  const writes = () => (campaign.simulator.stats.byMethod.get('PATCH') ?? 0) + (campaign.simulator.stats.byMethod.get('POST') ?? 0);
  const upsert = (more: INodeParameters = {}): INodeParameters => ({
    operation: 'upsert',
    matchOn: 'matchingColumn',
    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
    ...more,
  });

  it('A2: takes a switch from an expression as what it says, and refuses what says neither', async () => {
    const all = { operation: 'getAll', limit: 2, returnAll: '={{ $json.on }}' };
    expect((await campaign.outputOf(all, [{ on: 'true' }])).length).toBeGreaterThan(2);
    expect(await campaign.outputOf(all, [{ on: 'false' }])).toHaveLength(2);
    expect(await campaign.outputOf(all, [{ on: 0 }])).toHaveLength(2);
    expect((await campaign.runStep(all, [{ on: 'maybe' }])).error?.message).toContain("'Return All' is 'maybe'");
  });

  it.each([NaN, Infinity, 12345678901234567000])('A3, A4: writes no %p', async (phone) => {
    const { error } = await campaign.runStep(automaticUpdateParameters('email'), [{ email: AMY, phone }]);
    expect(error?.message).toContain('(phone) takes ');
    expect(writes()).toBe(0);
  });

  it('A4: refuses digits that JSON text would lose', async () => {
    const fieldsJson = '{ "phone": 12345678901234567000 }';
    const { error } = await campaign.runStep({ operation: 'update', fieldsFrom: 'json', profile: locator('email', AMY), fieldsJson });
    expect(error?.message).toContain('12345678901234567000');
    expect(writes()).toBe(0);
  });

  it('A12, A25: a row with blank cells is created, then unchanged, also where blank means to empty', async () => {
    const row = { email: 'blank.row@mail.com', firstName: 'Ida', lastName: '', gender: '', blackListEmail: '' };
    const parameters = upsert({ options: { emptyValues: 'clear' } });
    expect(await campaign.outputOf(parameters, [row])).toMatchObject([{ outcome: 'created' }]);
    const again = await campaign.runStep(parameters, [row]);
    expect(again.json(STEP)).toMatchObject([{ outcome: 'unchanged' }]);
    expect(again.hints(STEP)).toEqual(['Left as they are, because they have no empty value: gender, blackListEmail']);
  });

  it('A13: what a data policy has made of a value is no change', async () => {
    const row = { email: 'policy@mail.com', lastName: 'McDonald' };
    expect(await campaign.outputOf(upsert(), [row])).toMatchObject([{ outcome: 'created' }]);
    expect(campaign.simulator.profiles.byEmail(row.email)[0]?.lastName).toBe('Mcdonald');
    expect(await campaign.outputOf(upsert(), [row])).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await campaign.outputOf(upsert(), [{ ...row, lastName: 'Macdonald' }])).toMatchObject([{ outcome: 'updated' }]);
  });

  it('A15: a raw profile can be written back on v8, and the hint names what was left out', async () => {
    const [raw] = await campaign.outputOf(getParameters(locator('email', AMY), { output: 'raw' }));
    const result = await campaign.runStep(automaticUpdateParameters('PKey'), [{ ...raw, phone: '77' }]);
    expect(result.error).toBeUndefined();
    expect(amy()?.phone).toBe('77');
    expect(result.hints(STEP)).toEqual([expect.stringMatching(/^Left out, because Campaign v8 cannot update them .*: location$/)]);
  });

  it('A19: refuses to select a field that there is not', async () => {
    const parameters = getParameters(locator('email', AMY), { output: 'selectedFields', selectedFields: ['firstname'] });
    const { error } = await campaign.runStep(parameters);
    expect(error?.message).toContain("'Field Names or IDs' has a name that Campaign does not know: firstname");
    expect(error?.description).toContain("Did you mean 'First name' (firstName)?");
  });

  it.each([
    ['refuse', undefined],
    ['cut', 'x'.repeat(30)],
    ['send', 'x'.repeat(30)],
  ])('A20: text that is too long: %s', async (longText, stored) => {
    const email = `long.${longText}@mail.com`;
    const row = { email, firstName: 'x'.repeat(34) };
    const first = await campaign.runStep(upsert({ options: { longText } }), [row]);
    expect(campaign.simulator.profiles.byEmail(email)[0]?.firstName).toBe(stored);
    if (stored === undefined) {
      expect(first.error?.message).toContain('(firstName) takes at most 30 characters');
      return;
    }
    expect(await campaign.outputOf(upsert({ options: { longText } }), [row])).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it.each([
    ['filters', { operation: 'count', filters: '={{ $json.given }}' }],
    ['options', { operation: 'getAll', options: '={{ $json.given }}' }],
    ['sort', { operation: 'getAll', sort: '={{ $json.given }}' }],
  ] satisfies Array<[string, INodeParameters]>)('A21: does not take %s for none when they are one expression', async (_, parameters) => {
    const { error } = await campaign.runStep(parameters, [{ given: { email: [{ email: AMY }] } }]);
    expect(error?.message).toContain('is one expression');
    expect(campaign.simulator.stats.byMethod.get('GET') ?? 0).toBe(0);
  });

  it('A21: does not send an event without its context', async () => {
    const step = campaignStep('transactionalEvent')(STEP, { operation: 'send', eventId: 'EVTcart', email: AMY, context: '={{ $json.c }}' });
    const { error } = await campaign.engine.run(chain(step), [{ c: { values: [] } }]);
    expect(error?.message).toContain("'Context' is one expression");
    expect(campaign.simulator.events.all()).toEqual([]);
  });

  it('A22: takes the object of an expression in place of the fields, and refuses what is none', async () => {
    const parameters = { ...updateParameters(locator('email', AMY), {}), fields: { mappingMode: 'defineBelow', value: '={{ $json.f }}' } };
    await campaign.outputOf(parameters, [{ f: { phone: '4711' } }]);
    expect(amy()?.phone).toBe('4711');
    expect((await campaign.runStep(parameters, [{ f: 'phone' }])).error?.message).toContain("'Fields' is one expression");
    expect((await campaign.runStep({ ...parameters, fields: '={{ $json.f }}' }, [{ f: {} }])).error?.message).toContain('one expression');
  });

  it.each([
    ['timeout', 3_600_000],
    ['timeout', 9_999_999],
    ['requestsPerSecond', 0.000001],
    ['maxRequestsInFlight', 0.5],
  ])('B6: refuses %s of %p', async (name, value) => {
    const { error } = await campaign.runStep(getParameters(locator('email', AMY), { options: { [name]: value } }));
    expect(error?.description).toMatch(/^Enter a (whole )?number .*\d/);
    expect(campaign.simulator.stats.requests).toBe(0);
  });

  it.each(['Email', '\ufeffemail', 'email'])('C3: sees the column that was meant: %j', async (column) => {
    const { error } = await campaign.runStep(automaticUpdateParameters('email'), [{ [column]: AMY, phone: '1' }]);
    expect(error).toBeUndefined();
    expect(campaign.simulator.profiles.byEmail(AMY)[0]?.phone).toBe('1');
  });

  it.each(['emial', 'emails'])('C3: names the column that may have been meant: %j', async (column) => {
    const { error } = await campaign.runStep(automaticUpdateParameters('email'), [{ [column]: AMY, phone: '1' }]);
    expect(error?.message).toContain(`There is no column 'email': did you mean '${column}'?`);
  });

  it('C7: says what breaks JSON that is put together as text', async () => {
    const fieldsJson = '={ "lastName": "{{ $json.name }}" }';
    const parameters = { operation: 'update', fieldsFrom: 'json', profile: locator('email', AMY), fieldsJson };
    const { error } = await campaign.runStep(parameters, [{ name: 'O"Brien' }]);
    expect(error?.description).toContain('let one expression make the object');
  });

  it('A6: what an AI agent leaves out is left alone', async () => {
    const input: IDataObject[] = [{}];
    const step = chain({
      ...campaignStep('profile')(
        STEP,
        updateParameters(locator('email', AMY), { phone: '5', lastName: '={{ "" }}', birthDate: '={{ "" }}' }),
      ),
      type: 'n8n-nodes-adobe-campaign.adobeCampaignProfileTool',
    });
    const before = amy();
    const result = await campaign.engine.run(step, input);
    expect(result.error).toBeUndefined();
    expect(amy()).toMatchObject({ phone: '5', lastName: before?.lastName, birthDate: before?.birthDate });
  });
});
