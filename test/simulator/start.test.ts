import { connect } from 'node:net';
import { once } from 'node:events';
import { faultActions, startSimulator, type SimulatorOptions } from '.';
import { TestClient, at } from './testing/client';
import { CAST_SIZE, useSimulator } from './testing/useSimulator';

const AMY = 'amy.dakota@mail.com';

/** Profiles of a simulator that is started for nothing else. */
async function peopleOf(options: SimulatorOptions) {
  const simulator = await startSimulator(options);
  await simulator.close();
  return simulator.profiles.all();
}

describe('people', () => {
  it('begin with the profile of Adobe: Updating profiles with APIs', async () => {
    const [amy] = await peopleOf({ profiles: 1 });
    expect(amy).toMatchObject({ firstName: 'Amy', lastName: 'Dakota', birthDate: '1980-10-24', email: AMY, phone: '', age: 45 });
  });

  it('are as many as asked for, and the same for the same seed', async () => {
    const one = await peopleOf({ profiles: 60, seed: 7 });
    expect(one).toHaveLength(60);
    expect(await peopleOf({ profiles: 60, seed: 7 })).toEqual(one);
    const others = await peopleOf({ profiles: 60, seed: 8 });
    expect(others.slice(0, CAST_SIZE)).toEqual(one.slice(0, CAST_SIZE));
    expect(others.slice(CAST_SIZE)).not.toEqual(one.slice(CAST_SIZE));
  });

  it('include everything that trips clients up', async () => {
    const people = await peopleOf({ profiles: 200 });
    const emails = people.map(({ email }) => String(email));
    const given = emails.filter((email) => email !== '');
    expect(given.length).toBeLessThan(emails.length);
    expect(new Set(given).size).toBeLessThan(given.length);
    expect(given.some((email) => email.includes('+'))).toBe(true);
    expect(people.some(({ lastName }) => /[^ -~]/.test(String(lastName)))).toBe(true);
    expect(people.some(({ cusLoyaltyId }) => cusLoyaltyId === '')).toBe(true);
    expect(new Set(people.map(({ cusLoyaltyLevel }) => cusLoyaltyLevel))).toEqual(new Set(['bronze', 'silver', 'gold']));
  });

  it('were all created when the clock started', async () => {
    const startAt = new Date('2024-02-29T23:59:59.999Z');
    for (const { created, lastModified } of await peopleOf({ profiles: 20, startAt })) {
      expect(lastModified).toBe('2024-02-29 23:59:59.999Z');
      // Later by one or two milliseconds, as in recorded answers.
      expect(['2024-03-01 00:00:00.000Z', '2024-03-01 00:00:00.001Z']).toContain(created);
    }
  });
});

describe('profiles behind the API', () => {
  const started = useSimulator();

  it('can be added, changed, found and removed by a test, computed attributes included', async () => {
    const { simulator, client } = started;
    const { profiles } = simulator;
    const ida = profiles.add({ firstName: 'Ida', lastName: 'Berg', email: 'ida@northwind.example' });
    expect(ida).toMatchObject({ title: 'Ida Berg (ida@northwind.example)', domain: 'northwind.example', cusPoints: 0 });
    expect(profiles.byEmail('ida@northwind.example')).toEqual([ida]);
    expect(profiles.find(({ lastName }) => lastName === 'Berg')).toBe(ida);
    expect(at((await client.get(`profileAndServices/profile/${profiles.keyOf(ida)}`)).json, 'firstName')).toBe('Ida');

    const moved = profiles.update(ida.id, { email: 'berg@northwind.example' });
    expect([ida.email, moved.email, profiles.get(ida.id)]).toEqual(['ida@northwind.example', 'berg@northwind.example', moved]);
    expect(profiles.byEmail('ida@northwind.example')).toEqual([]);

    expect(profiles.remove(ida, 4711)).toBe(1);
    expect(profiles.size).toBe(CAST_SIZE);
    expect(() => profiles.update(ida.id, {})).toThrow(`There is no profile with id ${ida.id}`);
    expect(simulator.stats.writesApplied).toBe(0);
  });
});

describe('the clock', () => {
  const started = useSimulator({ startAt: new Date('2026-03-01T00:00:00.000Z') });

  it('decides what a write is dated, and ages', async () => {
    const { simulator, client } = started;
    const [amy] = simulator.profiles.byEmail(AMY);
    simulator.clock.freeze();
    simulator.clock.set(new Date('2030-10-24T12:00:00.250Z'));
    client.headers.authorization = `Bearer ${simulator.mintToken()}`;
    await client.patch(`profileAndServices/profile/${amy === undefined ? '' : simulator.profiles.keyOf(amy)}`, { phone: '1' });
    expect(simulator.profiles.byEmail(AMY)[0]).toMatchObject({
      created: '2026-03-01 00:00:00.002Z',
      lastModified: '2030-10-24 12:00:00.250Z',
      age: 50,
    });
    expect(simulator.stats.received[0]?.at).toEqual(simulator.clock.now());
  });

  it('runs on from where it was stopped', () => {
    const { clock } = started.simulator;
    clock.freeze();
    const stopped = clock.now();
    clock.run();
    clock.run();
    clock.advance(3_600_000);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(stopped.getTime() + 3_600_000);
  });
});

describe('the server', () => {
  it('serves https with a certificate that a client can trust', async () => {
    const simulator = await startSimulator({ profiles: 1, https: true });
    const client = new TestClient(simulator);
    expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await client.token()).status).toBe(200);
    const { json } = await client.get('profileAndServices/profile');
    expect(at(json, 'content', 0, 'href')).toMatch(new RegExp(`^${simulator.url}/northwind/campaign/profileAndServices/profile/@`));
    await client.close();
    await simulator.close();
  });

  it('takes the organization, key and secret it is given', async () => {
    const options = { organization: 'x-230217.campaign-demo.adobe.com', apiKey: 'key', clientSecret: 'secret', profiles: 1 };
    const simulator = await startSimulator(options);
    const client = new TestClient(simulator);
    expect(simulator).toMatchObject({ organization: options.organization, apiKey: 'key', clientSecret: 'secret' });
    expect((await client.token()).status).toBe(200);
    expect((await client.get('profileAndServices/profile')).status).toBe(200);
    await client.close();
    await simulator.close();
  });

  it('says when the port is taken', async () => {
    const simulator = await startSimulator({ profiles: 1 });
    const port = Number(new URL(simulator.url).port);
    await expect(startSimulator({ profiles: 1, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await simulator.close();
  });

  it('breaks open, stalled and delayed connections when it closes', async () => {
    const simulator = await startSimulator({ profiles: 1 });
    const client = new TestClient(simulator);
    const idle = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    await once(idle, 'connect');
    simulator.faults.add({ nth: 1, action: faultActions.stallBefore });
    simulator.faults.add({ nth: 1, action: { type: 'delay', ms: 3_600_000 } });
    const pending = [client.get('profileAndServices/profile'), client.get('profileAndServices/profile')].map((call) =>
      call.catch(() => 'broken'),
    );
    while (simulator.stats.inFlight < 2) await new Promise((resolve) => setImmediate(resolve));
    const idleClosed = once(idle, 'close');
    await simulator.close();
    await idleClosed;
    expect(await Promise.all(pending)).toEqual(['broken', 'broken']);
    await client.close();
  });
});
