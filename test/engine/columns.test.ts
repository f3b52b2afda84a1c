import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';

const AMY = 'amy.dakota@mail.com';
const KIM = 'kim@mail.com';

describe.each<Dialect>(['v8', 'acs'])('columns with headers as people write them, against Campaign %s', (dialect) => {
  let campaign: Campaign;

  beforeEach(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  });
  afterEach(async () => await campaign.close());

  const automatic = (operation: string, column: string, more: INodeParameters = {}): INodeParameters => ({
    operation,
    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
    ...more,
    options: { identifyBy: 'matchingColumn', ...(more.options as object) },
  });
  const stored = (email: string) => campaign.simulator.profiles.byEmail(email)[0];
  const failure = async (parameters: INodeParameters, row: IDataObject) => {
    const { error } = await campaign.runStep(parameters, [row]);
    return { message: String(error?.message), description: String(error?.description) };
  };

  it('are matched by label and letter case, and the output panel says which went where', async () => {
    campaign.simulator.profiles.add({ email: KIM, firstName: 'Kim' });
    const rows = [
      { '\uFEFFEmail': AMY, 'First name': 'Amelia', LAST_NAME: 'North', 'Mobile phone': '' },
      { '\uFEFFEmail': KIM, 'First name': 'Kimberly', LAST_NAME: 'South', 'Mobile phone': '' },
    ];
    const result = await campaign.runStep(automatic('update', 'email', { options: { unknownColumns: 'leaveOut' } }), rows);

    expect(result.error).toBeUndefined();
    expect(stored(AMY)).toMatchObject({ firstName: 'Amelia', lastName: 'North' });
    expect(stored(KIM)).toMatchObject({ firstName: 'Kimberly', lastName: 'South' });
    expect(result.hints(STEP).filter((hint) => hint.startsWith('Columns that were matched'))).toEqual([
      expect.stringMatching(/Email → email \(2 items\), First name → firstName \(2 items\), LAST_NAME → lastName \(2 items\)/),
    ]);
  });

  it('create and update, by a custom key written otherwise too', async () => {
    const member = campaign.simulator.profiles.find(({ cusLoyaltyId }) => cusLoyaltyId !== '');
    const [output] = await campaign.outputOf(automatic('upsert', 'cusLoyaltyId', { api: 'profileAndServicesExt' }), [
      { CUS_LOYALTY_ID: String(member?.cusLoyaltyId), Fax: '42' },
    ]);
    expect(output).toMatchObject({ outcome: 'updated', cusLoyaltyId: member?.cusLoyaltyId, fax: '42' });

    const created = await campaign.outputOf(automatic('upsert', 'email'), [{ EMAIL: 'new.person@mail.com', 'First Name': 'New' }]);
    expect(created).toMatchObject([{ outcome: 'created', email: 'new.person@mail.com', firstName: 'New' }]);
    expect(await campaign.outputOf(automatic('create', 'email'), [{ 'E-Mail': 'another@mail.com' }])).toHaveLength(1);
    expect(stored('another@mail.com')).toBeDefined();
  });

  it('are left out where that was chosen, with the name that may have been meant', async () => {
    const leaveOut = automatic('update', 'email', { options: { unknownColumns: 'leaveOut' } });
    const result = await campaign.runStep(leaveOut, [{ email: AMY, phonne: '1', 'shoe size': '7', Fax: '2' }]);

    expect(result.error).toBeUndefined();
    expect(stored(AMY)).toMatchObject({ phone: '', fax: '2' });
    expect(result.hints(STEP)).toContain(
      'Columns left out, because they are no fields of Campaign: phonne (did you mean phone?), shoe size',
    );
  });

  it('are refused where there is no telling, with what to do', async () => {
    const extra = await failure(automatic('update', 'email'), { Email: AMY, phonne: '1' });
    expect(extra.message).toContain("'phonne' is not known to Campaign: did you mean 'Phone' (phone)?");
    expect(extra.description).toContain("Set 'Unknown Columns' under 'Options' to 'Leave Out'");

    const twice = await failure(automatic('update', 'email'), { email: AMY, phone: '1', Phone: '2' });
    expect(twice.message).toContain("'Phone' and 'phone' both are");

    expect((await failure(automatic('update', 'email'), { emial: AMY, phone: '1' })).message).toContain(
      "There is no column 'email': did you mean 'emial'?",
    );
    const none = await failure(automatic('upsert', 'email'), { street: 'Elm', phone: '1' });
    expect(none.message).toContain("There is no column 'email'");
    expect(none.description).toContain('The columns are: street, phone.');
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('have dates in the order that was chosen, and in no other', async () => {
    const birthDate = async (value: string, dateOrder?: string) =>
      await failure(automatic('update', 'email', { options: dateOrder === undefined ? {} : { dateOrder } }), {
        email: AMY,
        'Birth Date': value,
      });

    await birthDate('03.04.1981', 'dayFirst');
    expect(stored(AMY)?.birthDate).toBe('1981-04-03');
    await birthDate('03/04/1981', 'monthFirst');
    expect(stored(AMY)?.birthDate).toBe('1981-03-04');
    await birthDate('1982-05-06', 'dayFirst');
    expect(stored(AMY)?.birthDate).toBe('1982-05-06');

    const { message, description } = await birthDate('24.10.1980');
    expect(message).toContain("(birthDate) takes a date such as 1980-10-24, not '24.10.1980'");
    expect(description).toMatch(
      /Set 'Dates Are Written As' under 'Options' to 'Day First'\. Or: Convert it with an expression: \{\{ DateTime/,
    );
    expect((await birthDate('24.10.1980', 'monthFirst')).message).toContain('a date such as 10/24/1980');
    expect(stored(AMY)?.birthDate).toBe('1982-05-06');
  });
});
