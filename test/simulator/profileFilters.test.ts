import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';

describe.each(DIALECTS)('profile filters on %s', (dialect) => {
  const started = useSimulator({ dialect, startAt: new Date('2026-02-27T12:00:00.000Z') });
  /** First names of the profiles found. */
  const found = async (target: string): Promise<unknown> => {
    const rows = at((await started.client.get(`${PROFILES}/${target}`)).json, 'content');
    return Array.isArray(rows) ? rows.map((row) => at(row, 'firstName')) : rows;
  };

  it('subscribers follows subscriptions from one call to the next', async () => {
    const { simulator } = started;
    const service = simulator.services.byName('weekly_offers');
    const target = `subscribers?service=${simulator.services.keyOf(service)}`;
    expect(await found(target)).toEqual([]);
    const [amy] = simulator.profiles.byEmail('amy.dakota@mail.com');
    if (amy !== undefined) simulator.subscriptions.subscribe(amy, service);
    expect(await found(target)).toEqual(['Amy']);
    expect(await found(`subscribers/byText?service=${simulator.services.keyOf(service)}&text=Zo`)).toEqual([]);
  });

  it('byStaticAudience, the delivery filters and profile take the PKey of what they name', async () => {
    const { audiences, deliveries, profiles } = started.simulator;
    const sale = deliveries.keyOf(deliveries.byName('DM1'));
    const [amy] = profiles.byEmail('amy.dakota@mail.com');
    expect(await found(`byStaticAudience?audience=${audiences.keyOf(audiences.byName('AUD1'))}`)).toEqual(['Amy', 'Kristen', 'Zoë']);
    expect(await found(`hasReceivedDelivery?delivery=${sale}`)).toEqual(['Amy', 'Kristen', 'Zoë', 'Gloria']);
    expect(await found(`hasOpenedDelivery?delivery=${sale}`)).toEqual(['Amy', 'Zoë']);
    expect(await found(`hasClickedDelivery?delivery=${sale}`)).toEqual(['Zoë']);
    expect(await found(`profile?profile=${amy === undefined ? '' : profiles.keyOf(amy)}`)).toEqual(['Amy']);
    expect(await found('byStaticAudience')).toHaveLength(profiles.size);
    audiences.byName('AUD2').members.add(4);
    started.simulator.settings.freshKeys = true;
    for (const audience of audiences.all()) {
      expect(await found(`byStaticAudience?audience=${audiences.keyOf(audience)}`)).toHaveLength(audience.members.size);
    }
  });

  it('refuse keys of something else; this is assumed', async () => {
    const { client, simulator } = started;
    const foreign = simulator.services.keyOf(simulator.services.byName('sms_alerts'));
    const refused = dialect === 'v8' ? 404 : 500;
    expect((await client.get(`${PROFILES}/byStaticAudience?audience=${foreign}`)).status).toBe(refused);
    expect((await client.get(`${PROFILES}/subscribers?service=@nothing`)).status).toBe(refused);
    expect((await client.get(`${PROFILES}/subscribers?service=sms_alerts`)).status).toBe(404);
    simulator.assumptions.filterKeyOfNothing = 'matchesNothing';
    expect(await found('subscribers?service=@nothing')).toEqual([]);
  });

  it('birthday compares a day, a month, or what lies between', async () => {
    expect(await found('birthday?type=absolute&precision=day&operator=equal&day=24&month=10')).toEqual(['Amy']);
    expect(await found('birthday?type=absolute&precision=month&operator=equal&month=2')).toEqual(['Zoë']);
    const between = 'birthday?type=absolute&precision=day&operator=between&day=29&month=2&endDay=24&endMonth=10';
    expect(await found(between)).toEqual(['Amy', 'Zoë']);
    expect(await found(`${between}&includeStart=false`)).toEqual(['Amy']);
    expect(await found(`${between}&includeEnd=false`)).toEqual(['Zoë']);
    expect(await found('birthday?type=absolute&precision=month&operator=between&month=9&endMonth=10')).toEqual(['Amy']);
    expect(await found('birthday')).toHaveLength(started.simulator.profiles.size);
  });

  it('birthday reaches around New Year; this is assumed', async () => {
    const winter = 'birthday?type=absolute&precision=month&operator=between&month=10&endMonth=2';
    expect(await found(winter)).toEqual(['Amy', 'Zoë']);
    started.simulator.assumptions.birthdayAcrossNewYear = 'matchesNothing';
    expect(await found(winter)).toEqual([]);
  });

  it('birthday counts from the day of the clock', async () => {
    const { client, simulator } = started;
    expect(await found('birthday?type=relative&precision=month&relativeValue=current')).toEqual(['Zoë']);
    expect(await found('birthday?type=relative&precision=month&relativeValue=next&nextUnitsValue=8')).toEqual(['Amy']);
    expect(await found('birthday?type=relative&precision=month&relativeValue=previous&previousUnitsValue=4')).toEqual(['Amy']);
    const tomorrow = 'birthday?type=relative&precision=day&relativeValue=next&nextUnitsValue=1';
    expect(await found(tomorrow)).toEqual([]);
    simulator.clock.set(new Date('2026-10-23T12:00:00.000Z'));
    // The first token has expired by then.
    client.headers.authorization = `Bearer ${simulator.mintToken()}`;
    expect(await found(tomorrow)).toEqual(['Amy']);
  });

  it('birthday knows words that are assumed', async () => {
    const { client, simulator } = started;
    const words = 'birthday?type=fixed&precision=day&operator=equal&day=24&month=10';
    expect((await client.get(`${PROFILES}/${words}`)).status).toBe(500);
    expect((await client.get(`${PROFILES}/birthday?type=absolute&day=x&month=1`)).status).toBe(500);
    simulator.assumptions.birthdayWords = { ...simulator.assumptions.birthdayWords, absolute: 'fixed' };
    expect(await found(words)).toEqual(['Amy']);
  });

  it('are described with templates, those with a form by absolute ones', async () => {
    const { client, simulator } = started;
    const metadata = (await client.get('profileAndServices/resourceType/profile')).json;
    const { json } = await client.get(textAt(metadata, 'filters', 'href'));
    expect(at(json, 'subscribers', 'data')).toBe('/profileAndServices/profile/subscribers?service=$value');
    expect(json).toMatchObject({ birthday: { category: '0150_profile', formType: 'webPage' } });
    expect(textAt(json, 'birthday', 'data')).toContain(
      `${simulator.url}/northwind/campaign/${PROFILES}/birthday?type=$value&precision=$value&operator=$value`,
    );
  });
});
