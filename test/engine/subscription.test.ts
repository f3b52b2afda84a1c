import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect, type StoredProfile } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { locator } from '../support/workflows';

const KIM = 'kim.lee@mail.com';
const WEEKLY = 'weekly_offers';

let campaign: Campaign;
let kim: StoredProfile;

const service = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const step = (operation: string, more: INodeParameters = {}): INodeParameters => ({
  resource: 'subscription',
  operation,
  profile: locator('email', KIM),
  service: service('name', WEEKLY),
  ...more,
});
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  await campaign.outputOf({ operation: 'count' });
};
const stop = async () => await campaign.close();
const reset = () => {
  const { simulator } = campaign;
  simulator.profiles.remove(...simulator.profiles.byEmail(KIM));
  kim = simulator.profiles.add({ email: KIM, firstName: 'Kim', lastName: 'Lee', cusLoyaltyId: 'L-kim' });
  simulator.faults.clear();
  simulator.resetStats();
};
const servicesOf = (profile: StoredProfile) => campaign.simulator.subscriptions.servicesOf(profile).map(({ name }) => name);
const subscribeKim = (...names: string[]) => {
  for (const name of names) campaign.simulator.subscriptions.subscribe(kim, campaign.simulator.services.byName(name));
};
const keyOfWeekly = () => campaign.simulator.services.keyOf(campaign.simulator.services.byName(WEEKLY));
const requests = (method: string) => campaign.simulator.stats.byMethod.get(method) ?? 0;
const failure = async (parameters: INodeParameters, input?: IDataObject[]) => {
  const { error } = await campaign.runStep(parameters, input);
  return `${error?.message} ${error?.description}`;
};

describe.each<Dialect>(['v8', 'acs'])('Subscription Subscribe, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  it.each<[string, () => INodeParameters]>([
    ['a service by name', () => step('subscribe')],
    ['a service from the list', () => step('subscribe', { service: service('list', WEEKLY) })],
    ['a service by PKey', () => step('subscribe', { service: service('pKey', keyOfWeekly()) })],
    [
      'a service by URL',
      () =>
        step('subscribe', {
          service: service('url', `${campaign.simulator.url}/northwind/campaign/profileAndServices/service/${keyOfWeekly()}`),
        }),
    ],
    ['a profile by PKey', () => step('subscribe', { profile: locator('pKey', campaign.simulator.profiles.keyOf(kim)) })],
    ['a profile by custom key', () => step('subscribe', { profile: locator('customKey', 'L-kim'), api: 'profileAndServicesExt' })],
  ])('takes %s', async (_, parameters) => {
    const [output] = await campaign.outputOf(parameters());
    expect(output).toMatchObject({
      outcome: 'subscribed',
      serviceName: WEEKLY,
      email: KIM,
      href: expect.stringContaining('/subscriptions/'),
    });
    expect(servicesOf(kim)).toEqual([WEEKLY]);
  });

  it('leaves a subscription that is there, whatever its key reads today', async () => {
    subscribeKim('sms_alerts', WEEKLY);
    expect(await campaign.outputOf(step('subscribe'))).toMatchObject([
      { outcome: 'unchanged', serviceName: WEEKLY, href: expect.any(String) },
    ]);
    expect(requests('POST')).toBe(0);
  });

  it('fails for one that is there when told to', async () => {
    subscribeKim(WEEKLY);
    expect(await failure(step('subscribe', { options: { alreadySubscribed: 'fail' } }))).toMatch(
      /is subscribed to 'weekly_offers' already .*'Skip'/,
    );
  });

  it('subscribes once what comes twice in one run, and asks for the service once', async () => {
    const outputs = await campaign.outputOf(step('subscribe', { profile: locator('email', '={{ $json.email }}') }), [
      { email: KIM },
      { email: KIM },
      { email: KIM },
    ]);
    expect(outputs.map(({ outcome }) => outcome)).toEqual(['subscribed', 'unchanged', 'unchanged']);
    expect(requests('POST')).toBe(1);
    expect(campaign.simulator.stats.received.filter(({ path }) => path.endsWith(`/service/${WEEKLY}`))).toHaveLength(1);
  });

  it('keeps the order of two key texts of one person: the second finds what the first has made', async () => {
    campaign.simulator.assumptions.duplicateSubscription = 'createsAnother';
    campaign.simulator.faults.add({ method: 'POST', url: '/subscriptions', action: { type: 'delay', ms: 30 } });
    const items = Array.from({ length: 4 }, () => ({ PKey: campaign.simulator.profiles.keyOf(kim) }));
    expect(new Set(items.map(({ PKey }) => PKey)).size).toBe(4);
    const parameters = step('subscribe', { profile: locator('pKey', '={{ $json.PKey }}') });
    const outcomes = (await campaign.outputOf(parameters, items)).map(({ outcome }) => outcome);
    campaign.simulator.assumptions.duplicateSubscription = 'refused';
    expect(outcomes.sort()).toEqual(['subscribed', 'unchanged', 'unchanged', 'unchanged']);
    expect(servicesOf(kim)).toEqual([WEEKLY]);
  });

  it('looks for what a lost answer may have made instead of sending it again', async () => {
    campaign.simulator.faults.add({ method: 'POST', action: faultActions.resetAfter });
    expect(await campaign.outputOf(step('subscribe'))).toMatchObject([{ outcome: 'subscribed', serviceName: WEEKLY }]);
    expect(requests('POST')).toBe(1);

    campaign.simulator.subscriptions.unsubscribe(kim, campaign.simulator.services.byName(WEEKLY));
    campaign.simulator.faults.clear();
    campaign.simulator.faults.add({ method: 'POST', action: faultActions.resetBefore });
    expect(await failure(step('subscribe'))).toMatch(/may or may not have been carried out/);
    expect(servicesOf(kim)).toEqual([]);
  });

  it('subscribes several profiles with one email only when told to', async () => {
    const twin = campaign.simulator.profiles.add({ email: KIM });
    expect(await failure(step('subscribe'))).toMatch(/2 profiles have email/);
    expect(await campaign.outputOf(step('subscribe', { options: { severalMatches: 'all' } }))).toHaveLength(2);
    expect([servicesOf(kim), servicesOf(twin)]).toEqual([[WEEKLY], [WEEKLY]]);
  });

  it.each<[string, INodeParameters, RegExp]>([
    ['a service that does not exist', { service: service('name', 'daily_offers') }, /There is no service with name 'daily_offers'/],
    ['an empty service', { service: service('name', '={{ $json.missing }}') }, /'Service' is empty/],
    ['a profile that does not exist', { profile: locator('email', 'nobody@mail.com') }, /There is no profile with email 'nobody@mail.com'/],
    ['a PKey from another instance', { profile: locator('pKey', '@fromElsewhere') }, /PKey '@fromElsewhere'|Campaign/],
    [
      'the address of a profile as service',
      { service: service('url', 'https://mc.adobe.io/northwind/campaign/profileAndServices/profile/@a') },
      /'Service' is not the address of a service/,
    ],
    [
      'an address of another host',
      { service: service('url', 'https://example.com/northwind/campaign/profileAndServices/service/@a') },
      /leads to https:\/\/example.com/,
    ],
  ])('subscribes nobody for %s', async (_, more, message) => {
    expect(await failure(step('subscribe', more))).toMatch(message);
    expect(requests('POST')).toBe(0);
  });

  it('says what is wrong with a deleted profile', async () => {
    const parameters = step('subscribe', { profile: locator('pKey', campaign.simulator.profiles.keyOf(kim)) });
    campaign.simulator.profiles.remove(kim);
    expect(await failure(parameters)).toMatch(/There is no profile with PKey/);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Subscription Unsubscribe, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(() => {
    reset();
    subscribeKim('sms_alerts', WEEKLY, 'product_news');
  });

  it('deletes this one subscription, and neither service nor profile', async () => {
    const services = campaign.simulator.services.all().length;
    const [output] = await campaign.outputOf(step('unsubscribe'));
    expect(output).toMatchObject({ outcome: 'unsubscribed', serviceName: WEEKLY, email: KIM });
    expect(servicesOf(kim)).toEqual(['sms_alerts', 'product_news']);
    expect([campaign.simulator.services.all().length, campaign.simulator.profiles.byEmail(KIM).length]).toEqual([services, 1]);
    const deletes = campaign.simulator.stats.received.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(deletes).toEqual([expect.stringMatching(/\/profile\/@[^/]+\/subscriptions\/@[^/]+$/)]);
  });

  it('goes on, or fails, where there is nothing to delete', async () => {
    const parameters = step('unsubscribe', { service: service('name', 'sport_digest') });
    expect(await campaign.outputOf(parameters)).toMatchObject([{ outcome: 'unchanged', serviceName: 'sport_digest' }]);
    expect(await failure({ ...parameters, options: { notSubscribed: 'fail' } })).toMatch(/is not subscribed to 'sport_digest'/);
    expect(requests('DELETE')).toBe(0);
  });

  it('has done its work when the second try finds nothing', async () => {
    campaign.simulator.faults.add({ method: 'DELETE', nth: 1, action: faultActions.resetAfter });
    expect(await campaign.outputOf(step('unsubscribe'))).toMatchObject([{ outcome: 'unsubscribed' }]);
    expect(requests('DELETE')).toBe(2);
  });

  it('deletes nothing that Campaign does not show to be a subscription', async () => {
    const profileUrl = `${campaign.simulator.url}/northwind/campaign/profileAndServices`;
    for (const href of [
      `${profileUrl}/service/${keyOfWeekly()}`,
      `${profileUrl}/profile/@a/subscriptions/`,
      `${profileUrl}/profile/@a/subscriptions/@b/@c`,
      'https://elsewhere.example/a',
    ]) {
      campaign.simulator.faults.clear();
      campaign.simulator.faults.add({
        url: '/subscriptions/',
        action: {
          type: 'answer',
          status: 200,
          body: JSON.stringify({ content: [{ PKey: '@x', href, serviceName: WEEKLY, service: { name: WEEKLY } }], count: { value: 1 } }),
        },
      });
      expect((await campaign.runStep(step('unsubscribe'))).error).toBeDefined();
    }
    expect(requests('DELETE')).toBe(0);
  });

  it('finds the subscription on a later page', async () => {
    campaign.simulator.assumptions.maximumLineCount = 1;
    await campaign.outputOf(step('unsubscribe', { service: service('name', 'product_news') }));
    campaign.simulator.assumptions.maximumLineCount = null;
    expect(servicesOf(kim)).toEqual(['sms_alerts', WEEKLY].sort());
  });
});

describe.each<Dialect>(['v8', 'acs'])('Subscription Get Many, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  const getMany = (more: INodeParameters = {}) => step('getAll', { returnAll: true, ...more });

  it('lists the services of a profile', async () => {
    expect(await campaign.outputOf(getMany())).toEqual([]);
    subscribeKim('sms_alerts', WEEKLY);
    const subscriptions = await campaign.outputOf(getMany());
    expect(subscriptions.map(({ serviceName, email, profileHref }) => [serviceName, email, typeof profileHref])).toEqual([
      ['sms_alerts', KIM, 'string'],
      [WEEKLY, KIM, 'string'],
    ]);
  });

  it('lists the profiles of a service, and they can be handed on', async () => {
    subscribeKim(WEEKLY);
    const subscribers = await campaign.outputOf(getMany({ of: 'service' }));
    expect(subscribers).toMatchObject([{ email: KIM, firstName: 'Kim', serviceName: WEEKLY }]);
    const [profile] = await campaign.outputOf({ operation: 'get', profile: locator('url', '={{ $json.profileHref }}') }, subscribers);
    expect(profile).toMatchObject({ email: KIM });
  });

  it('pages, and stops at the limit', async () => {
    const people = Array.from({ length: 23 }, (_, index) => campaign.simulator.profiles.add({ email: `reader${index}@mail.com` }));
    for (const person of people) campaign.simulator.subscriptions.subscribe(person, campaign.simulator.services.byName('sport_digest'));
    const ofSport = { of: 'service', service: service('name', 'sport_digest') };
    expect(await campaign.outputOf(getMany({ ...ofSport, options: { pageSize: 5 } }))).toHaveLength(23);
    campaign.simulator.resetStats();
    expect(await campaign.outputOf(getMany({ ...ofSport, returnAll: false, limit: 10, options: { pageSize: 5 } }))).toHaveLength(10);
    expect(requests('GET')).toBe(3);
    campaign.simulator.profiles.remove(...people);
  });

  it('returns everything on wish', async () => {
    subscribeKim(WEEKLY);
    const [raw] = await campaign.outputOf(getMany({ simplify: false }));
    expect(raw).toMatchObject({ service: { name: WEEKLY }, subscriber: { email: KIM }, title: expect.any(String) });
  });

  it('says who or what is missing', async () => {
    expect(await failure(getMany({ profile: locator('email', 'nobody@mail.com') }))).toMatch(/There is no profile with email/);
    expect(await failure(getMany({ of: 'service', service: service('name', 'daily_offers') }))).toMatch(/There is no service with name/);
    expect(await failure(getMany({ returnAll: false, limit: '={{ 0 }}' }))).toMatch(/'Limit' is 0/);
  });

  it('gives each input item its own', async () => {
    subscribeKim(WEEKLY);
    const result = await campaign.runStep(getMany({ profile: locator('email', '={{ $json.email }}') }), [
      { email: 'amy.dakota@mail.com' },
      { email: KIM },
    ]);
    expect(result.items(STEP).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Subscription Unsubscribe From Everything, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(() => {
    reset();
    subscribeKim(WEEKLY, 'sms_alerts');
  });

  const leave = (options: INodeParameters = {}): INodeParameters => ({
    resource: 'subscription',
    operation: 'unsubscribeFromEverything',
    profile: locator('email', KIM),
    options,
  });
  const switches = () =>
    Object.entries(campaign.simulator.profiles.byEmail(KIM)[0] ?? {}).filter(([, value]) => typeof value === 'boolean');
  const OFF = ['blackList', 'blackListEmail', 'blackListFax', 'blackListMobile', 'blackListPhone', 'blackListPostalMail'];

  it('ends all subscriptions, turns on all no-longer-contact fields, and names each; again it is unchanged', async () => {
    const [left] = await campaign.outputOf(leave());
    expect(left).toMatchObject({ outcome: 'unsubscribed', email: KIM, noLongerContact: expect.arrayContaining(OFF) });
    expect([...((left?.unsubscribedFrom ?? []) as string[])].sort()).toEqual(['sms_alerts', WEEKLY].sort());
    expect(servicesOf(kim)).toEqual([]);
    expect(switches().filter(([name, value]) => name.startsWith('blackList') !== value)).toEqual([]);
    expect(campaign.simulator.services.byName(WEEKLY).label).toBe('Weekly offers');

    campaign.simulator.resetStats();
    expect(await campaign.outputOf(leave())).toMatchObject([{ outcome: 'unchanged', unsubscribedFrom: [], noLongerContact: [] }]);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
  });

  it('includes what changed, and sends what differs only', async () => {
    campaign.simulator.profiles.update(kim.id, { blackListEmail: true });
    const [left] = await campaign.outputOf(leave({ includeChanges: true }));
    const changes = left?.changes as Array<{ field: string; before: unknown; after: unknown }>;
    expect(changes).toContainEqual({ field: 'blackList', before: false, after: true });
    expect(changes.map(({ field }) => field)).not.toContain('blackListEmail');
    expect(left?.noLongerContact).not.toContain('blackListEmail');
  });

  it('ends several pages of subscriptions', async () => {
    campaign.simulator.settings.bigTableThreshold = 3;
    const names = Array.from({ length: 230 }, (_, index) => `svc_${index}`);
    for (const name of names) campaign.simulator.services.add({ name, label: name });
    subscribeKim(...names);
    const [left] = await campaign.outputOf(leave());
    expect(left?.unsubscribedFrom).toHaveLength(232);
    expect(servicesOf(kim)).toEqual([]);
  });

  it.each([
    ['a subscription', { method: 'DELETE', nth: 1 }, true, /Still subscribed to: \w+\./],
    ['the fields', { method: 'PATCH' }, false, /'No longer contact' is not set\. Unsubscribed from: \w+, \w+\./],
  ] as const)('says what was done and what was not where %s failed', async (_, where, isSet, words) => {
    campaign.simulator.faults.add({ ...where, action: { type: 'answer', status: 500, body: 'An error has occurred' } });
    const { error } = await campaign.runStep(leave());
    expect(error?.message).toMatch(/^The profile with email 'kim\.lee@mail\.com' is not unsubscribed from everything: /);
    expect(error?.description).toMatch(words);
    expect(error?.context?.data).toMatchObject({ reason: 'rejected', isNoLongerContactSet: isSet });
    expect(campaign.simulator.profiles.byEmail(KIM)[0]?.blackListEmail).toBe(isSet);
    expect(servicesOf(kim)).toHaveLength(isSet ? 1 : 0);

    campaign.simulator.faults.clear();
    expect(await campaign.outputOf(leave())).toMatchObject([{ outcome: 'unsubscribed' }]);
    expect(servicesOf(kim)).toEqual([]);
  });

  it('takes the fields from the profile where Campaign does not describe them', async () => {
    campaign.simulator.faults.add({ url: 'resourceType', action: { type: 'answer', status: 404, body: 'Unsupported endpoint.' } });
    expect(await campaign.outputOf(leave())).toMatchObject([{ noLongerContact: expect.arrayContaining(OFF) }]);
  });

  it('does it for all who share an email only when told to, and for nobody who is not there', async () => {
    campaign.simulator.profiles.add({ email: KIM, firstName: 'Twin' });
    expect(await failure(leave())).toContain('2 profiles have email');
    expect(await campaign.outputOf(leave({ severalMatches: 'all' }))).toHaveLength(2);
    expect(await failure({ ...leave(), profile: locator('email', 'nobody@mail.com') })).toContain('There is no profile');
  });
});
