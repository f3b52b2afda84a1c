import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import type { PollOptions } from '../support/engine';
import { triggerStep } from '../support/workflows';

const PROFILES = 40;
const AMY = 'amy.dakota@mail.com';

describe.each<Dialect>(['v8', 'acs'])('the profile trigger, against Campaign %s', (dialect) => {
  let campaign: Campaign;
  let options: PollOptions;

  beforeEach(async () => {
    campaign = await startCampaign({ dialect, profiles: PROFILES, settings: { freshKeys: true } });
    campaign.simulator.clock.freeze();
    options = {};
  });
  afterEach(async () => await campaign.close());

  const poll = async (parameters: INodeParameters = {}): Promise<IDataObject[] | null> =>
    (await campaign.engine.poll(triggerStep(parameters), options))?.map(({ json }) => json) ?? null;
  const names = async (parameters: INodeParameters = {}) => (await poll(parameters))?.map(({ firstName }) => firstName) ?? null;
  const refusal = async (parameters: INodeParameters) => {
    const before = structuredClone(options.state);
    const error: unknown = await poll(parameters).catch((thrown: unknown) => thrown);
    expect(options.state).toEqual(before);
    return error instanceof Error && 'description' in error ? `${error.message} ${String(error.description)}` : error;
  };
  const add = (firstName: string) => campaign.simulator.profiles.add({ firstName, email: `${firstName}@mail.com` });
  const change = (email: string, values: Record<string, string>) => {
    const [profile] = campaign.simulator.profiles.byEmail(email);
    if (profile) campaign.simulator.profiles.update(profile.id, values);
  };
  const later = (seconds = 1) => campaign.simulator.clock.advance(seconds * 1000);

  it('starts from now on: what is there does not count, what comes does, once and in order', async () => {
    expect(await poll()).toBeNull();
    expect(await poll()).toBeNull();
    later();
    add('First');
    later();
    add('Second');
    change(AMY, { phone: '1' });
    expect(await names()).toEqual(expect.arrayContaining(['First', 'Second', 'Amy']));
    expect(await poll()).toBeNull();
  });

  it('Repeat Unfinished: hands over again, through another process, what an execution had that did not end', async () => {
    const parameters = { options: { repeatUnfinished: true } };
    const executions: Array<{ readonly names: unknown[]; readonly end: () => void }> = [];
    options = {
      emit: ([items = []], _, done) =>
        executions.push({ names: items.map(({ json }) => json.firstName), end: () => done?.resolve(undefined) }),
    };
    await poll(parameters);
    for (const name of ['First', 'Second']) {
      later();
      add(name);
      expect(await poll(parameters)).toBeNull();
    }
    executions[0]?.end();
    expect(await poll(parameters)).toBeNull();
    const { unconfirmed } = options.state ?? {};
    options.state = { ...options.state, unconfirmed: { ...(unconfirmed as IDataObject), process: 'one that was killed' } };
    await poll(parameters);
    expect(executions.map(({ names }) => names)).toEqual([['First'], ['Second'], ['Second']]);
  });

  it('asks once per poll when all is quiet', async () => {
    await poll();
    campaign.simulator.resetStats();
    await poll();
    expect(campaign.simulator.stats.received.map(({ path }) => path.split('/').at(-1))).toEqual(['profile']);
  });

  it.each([
    ['created', ['New', 'NewAndChanged']],
    ['updated', ['Amy', 'NewAndChanged']],
    ['createdOrUpdated', ['Amy', 'New', 'NewAndChanged']],
  ])('tells what is %s', async (event, expected) => {
    await poll({ event });
    later();
    add('New');
    later();
    add('NewAndChanged');
    later();
    change('NewAndChanged@mail.com', { phone: '1' });
    change(AMY, { phone: '1' });
    expect((await names({ event }))?.sort()).toEqual(expected);
    later();
    change(AMY, { phone: '2' });
    expect(await names({ event })).toEqual(event === 'created' ? null : ['Amy']);
  });

  it('E18: says of each profile whether it was created or updated', async () => {
    const events = async () => (await poll())?.map(({ firstName, event }) => `${String(firstName)}: ${String(event)}`).sort();
    later();
    add('Old');
    await poll();
    later();
    add('New');
    add('NewAndChanged');
    later();
    change('NewAndChanged@mail.com', { phone: '1' });
    change('Old@mail.com', { phone: '1' });
    expect(await events()).toEqual(['New: created', 'NewAndChanged: created', 'Old: updated']);
    later();
    change('NewAndChanged@mail.com', { phone: '2' });
    change('New@mail.com', { phone: '2' });
    expect(await events()).toEqual(['New: updated', 'NewAndChanged: updated']);
    expect(Object.keys((await campaign.engine.poll(triggerStep({}), { mode: 'manual' }))?.[0]?.json ?? {})[0]).toBe('event');
  });

  it.each(['created', 'updated'])('E18: names the event that it was asked for: %s', async (event) => {
    await poll({ event });
    later();
    add('New');
    later();
    change('New@mail.com', { phone: '1' });
    expect((await poll({ event, output: 'selectedFields', selectedFields: ['firstName'] }))?.map((row) => row.event)).toEqual([event]);
  });

  it('does not take a profile for new that was changed since, even its name and email', async () => {
    await poll({ event: 'created' });
    later();
    add('New');
    expect(await names({ event: 'created' })).toEqual(['New']);
    later(7200);
    change('New@mail.com', { firstName: 'Newer', email: 'newer@mail.com' });
    expect(await poll({ event: 'created' })).toBeNull();
  });

  it('hands over two profiles that nothing tells apart, and one that turns up late', async () => {
    await poll();
    later(30);
    campaign.simulator.profiles.add({ lastName: 'Twin' });
    campaign.simulator.profiles.add({ lastName: 'Twin' });
    expect(await poll()).toHaveLength(2);
    later(-20);
    add('Late');
    later(20);
    expect(await names()).toEqual(['Late']);
    expect(await poll()).toBeNull();
  });

  it.each<[string, number | null]>([
    ['a right Date', 0],
    ['no Date', null],
    ['a Date hours behind', -5 * 3600 * 1000],
    ['a Date hours ahead', 5 * 3600 * 1000],
  ])('A10: hands over what is ahead of the clock at once, and is not held up by it: %s', async (_, dateOffsetMs) => {
    campaign.simulator.settings.dateOffsetMs = dateOffsetMs;
    // The clock of this machine counts too, where it is behind the server's.
    campaign.simulator.clock.set(new Date(Date.now() - 60_000));
    const addAhead = (firstName: string, seconds: number) => {
      later(seconds);
      add(firstName);
      later(-seconds);
    };
    addAhead('Before', 3600);
    expect(await poll()).toBeNull();
    later();
    addAhead('Hours', 2 * 3600);
    addAhead('Years', 3 * 365 * 24 * 3600);
    change('Before@mail.com', { phone: '1' });
    expect((await names())?.sort()).toEqual(['Before', 'Hours', 'Years']);
    for (const firstName of ['One', 'Two', 'Three']) {
      later(10);
      add(firstName);
      expect(await names({ options: { pageSize: 2, overlap: 1 } })).toEqual([firstName]);
    }
    change('Years@mail.com', { phone: '1' });
    expect(await names()).toEqual(['Years']);
    expect(await poll()).toBeNull();
  });

  it('starts at a date', async () => {
    later(3600);
    add('Before');
    later(3600);
    add('After');
    expect(await names({ options: { startDate: '2026-01-15T10:30:00Z' } })).toEqual(['After']);
    expect(await poll({ options: { startDate: '2026-01-15T10:30:00Z' } })).toBeNull();
    expect(await names({ options: { startDate: '2026-01-15T09:30:00Z' } })).toEqual(['Before', 'After']);
  });

  it('does not start again when the date is an expression that moves', async () => {
    const parameters = { options: { startDate: '={{ new Date(Date.UTC(2026, 0, 15, 9, 30) + Math.random() * 1000) }}' } };
    later(3600);
    add('After');
    expect(await names(parameters)).toEqual(['After']);
    expect(await poll(parameters)).toBeNull();
  });

  it('goes on where it was when the filters change', async () => {
    await poll();
    later();
    add('Amy');
    add('Bob');
    const filters = { text: [{ searchIn: 'firstName', text: 'Amy' }] };
    expect(await names({ filters })).toEqual(['Amy']);
    expect(await names()).toEqual(['Bob']);
    expect(await poll({ filters })).toBeNull();
  });

  it('starts anew in another organization', async () => {
    await poll();
    const other = await startCampaign({
      dialect,
      profiles: PROFILES,
      organization: 'southwind',
      settings: { organizationsOutOfContext: [] },
    });
    try {
      const { url, tokenUrl, organization, apiKey, clientSecret } = other.simulator;
      campaign.resetCredential({ baseUrl: url, tokenUrl, organization, apiKey, clientSecret });
      expect(await poll()).toBeNull();
      other.simulator.clock.advance(1000);
      other.simulator.profiles.add({ firstName: 'Other' });
      expect(await names()).toEqual(['Other']);
    } finally {
      await other.close();
    }
  });

  it.each([0, 1])('works with a base of %i', async (count) => {
    const { profiles } = campaign.simulator;
    profiles.remove(...profiles.all().slice(count));
    expect(await poll()).toBeNull();
    later();
    add('First');
    expect(await names()).toEqual(['First']);
    expect(await poll()).toBeNull();
  });

  it('takes no more than the limit at once, the rest next time', async () => {
    await poll();
    later();
    const added = Array.from({ length: 25 }, (_, n) => {
      later(n % 3 === 0 ? 0 : 1);
      return add(`P${n}`).firstName;
    });
    const received: unknown[] = [];
    for (const count of [10, 10, 5]) {
      const batch = await names({ options: { limitPerPoll: 10, pageSize: 4 } });
      expect(batch).toHaveLength(count);
      received.push(...(batch ?? []));
    }
    expect(await poll({ options: { limitPerPoll: 10, pageSize: 4 } })).toBeNull();
    expect([...received].sort()).toEqual([...added].sort());
  });

  it('reads with the time it has, and goes on in the next poll', async () => {
    const parameters = { options: { pageSize: 10, overlap: 1 } };
    await poll(parameters);
    later(60);
    for (let n = 0; n < 30; n += 1) {
      later();
      add(`P${n}`);
    }
    options = { ...options, budget: 0 };
    let polls = 0;
    let batch = await poll(parameters);
    for (; batch === null && polls < 3; polls += 1) batch = await poll(parameters);
    const received = [...(batch ?? [])];
    options = { ...options, budget: 60_000 };
    received.push(...((await poll(parameters)) ?? []));
    expect(received.map(({ firstName }) => firstName)).toEqual(Array.from({ length: 30 }, (_, n) => `P${n}`));
    expect(polls).toBeGreaterThan(0);
  });

  it('leaves everything as it was when a poll fails halfway, and when the credential expires between polls', async () => {
    await poll();
    later();
    for (let n = 0; n < 30; n += 1) add(`P${n}`);
    const remove = campaign.simulator.faults.add({
      url: '_lineStart',
      action: { type: 'answer', status: 500, body: 'An error has occurred' },
    });
    expect(await refusal({ options: { pageSize: 10 } })).toMatch(/An error has occurred|500/);
    remove();
    campaign.resetCredential({ authentication: 'accessToken', bearerToken: 'expired' });
    expect(await refusal({ options: { pageSize: 10 } })).toMatch(/access token/);
    campaign.resetCredential({ authentication: 'accessToken', bearerToken: campaign.simulator.mintToken() });
    expect(await poll({ options: { pageSize: 10 } })).toHaveLength(30);
  });

  it('does not poll twice at a time', async () => {
    await poll();
    later();
    add('New');
    const [one, other] = await Promise.all([
      campaign.engine.poll(triggerStep(), { ...options }),
      campaign.engine.poll(triggerStep(), { ...options }),
    ]);
    expect([one?.length, other?.length]).toEqual([1, undefined]);
  });

  it('shows a recent profile in the editor and leaves the state alone', async () => {
    options = { mode: 'manual' };
    later();
    add('New');
    expect(await names()).toEqual(['New']);
    expect(await names({ event: 'updated', output: 'selectedFields', selectedFields: ['firstName'] })).toHaveLength(1);
    expect(options.state).toEqual({});
    expect(await refusal({ filters: { email: [{ email: 'nobody@mail.com' }] } })).toMatch(
      /There is no profile to show .*can be activated all the same/,
    );
  });

  const since = (name: string, more: INodeParameters = {}): INodeParameters => ({
    api: 'profileAndServicesExt',
    options: { sinceFilter: { filter: { name, parameter: 'since' } }, ...more },
  });

  it.each<[string, INodeParameters, RegExp]>([
    [
      'a filter that does not exist',
      { api: 'profileAndServicesExt', filters: { byName: [{ name: 'byMood', parameters: {} }] } },
      /Campaign has no filter 'byMood'/,
    ],
    ['a malformed start date', { options: { startDate: 'yesterday' } }, /'Start Date' takes a date and time .*not 'yesterday'/],
    ['a day that no month has', { options: { startDate: '2026-02-30T00:00:00Z' } }, /'Start Date' takes a date and time .*not '2026-02-30/],
    ['a start date in the future', { options: { startDate: '2126-01-01T00:00:00Z' } }, /'Start Date' is in the future/],
    ['a limit of 0', { options: { limitPerPoll: 0 } }, /'Limit per Poll' is 0/],
    ['a negative overlap', { options: { overlap: -1 } }, /'Overlap Window' is -1/],
    ['no timeout', { options: { timeout: 0 } }, /'Timeout' is 0/],
    ['an unknown event', { event: '={{ "deleted" }}' }, /'Event' is 'deleted'/],
    [
      'half a since filter',
      { options: { startDate: '2026-01-01T00:00:00Z', sinceFilter: { filter: { name: 'x', parameter: '' } } } },
      /'Changed Since Filter' is not complete/,
    ],
    ['a since filter without a date', since('changedSince'), /'Changed Since Filter' needs a 'Start Date'/],
    [
      'a since filter that does not exist',
      since('changedSince', { startDate: '2026-01-01T00:00:00Z' }),
      /Campaign has no filter 'changedSince'/,
    ],
  ])('refuses %s', async (_, parameters, message) => {
    expect(await refusal(parameters)).toMatch(message);
  });

  describe('where Campaign does not sort by time', () => {
    const describeFields = (sortable: boolean) => {
      const content = { lastModified: { type: 'datetime', sortable }, email: { type: 'string', sortable: true } };
      campaign.simulator.faults.add({
        url: '/resourceType/profile',
        action: { type: 'answer', status: 200, body: JSON.stringify({ content }), contentType: 'application/json' },
      });
    };

    it('says so when the description says so', async () => {
      describeFields(false);
      expect(await refusal({})).toMatch(/Campaign does not sort profiles by 'lastModified' .*'Changed Since Filter'/);
    });

    it('says so when the list is in another order', async () => {
      describeFields(true);
      later();
      add('New');
      campaign.simulator.settings.freshKeys = false;
      const unsorted = campaign.simulator.profiles
        .all()
        .slice(-3)
        .map(({ lastModified }) => ({ PKey: '@a', lastModified }));
      campaign.simulator.faults.add({
        url: '/profile?',
        action: { type: 'answer', status: 200, body: JSON.stringify({ content: unsorted }), contentType: 'application/json' },
      });
      expect(await refusal({})).toMatch(/Campaign does not sort profiles by 'lastModified'/);
    });
  });
});
