import { faultActions, startSimulator, type Simulator } from '../simulator';
import { describeReport, parseReport } from '../../probe/report';
import { probeInstance } from '../../probe/run';
import { accessTo, findingOn, probeSimulator, virtualPace } from './probing';

jest.setTimeout(60_000);

/** What no report may have: whoever reads it must not learn whose instance it was. */
const TRAPS = {
  organization: 'trap-organization',
  apiKey: 'trap-api-key-000',
  clientSecret: 'p8e-trap-secret-000',
  person: 'Trapperson',
  email: 'trap.person@trap-company.example',
  phone: '+4711223344',
  service: 'trapservice',
} as const;

describe('a report', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      profiles: 7,
      organization: TRAPS.organization,
      apiKey: TRAPS.apiKey,
      clientSecret: TRAPS.clientSecret,
    });
    for (const { id } of simulator.profiles.all()) {
      simulator.profiles.update(id, { firstName: TRAPS.person, lastName: TRAPS.person, email: TRAPS.email, phone: TRAPS.phone });
    }
    for (const { id } of simulator.services.all()) simulator.services.update(id, { label: TRAPS.service, name: `${TRAPS.service}${id}` });
  });
  afterEach(() => simulator.close());

  it.each([true, false])('has no personal data, no keys, no secrets and no names of customers (writing: %s)', async (mayWrite) => {
    const { report } = await probeInstance({ access: accessTo(simulator), mayWrite, pace: virtualPace().pace });
    for (const text of [JSON.stringify(report), describeReport(report)]) {
      for (const trap of Object.values(TRAPS)) expect(text).not.toContain(trap);
      // Keys and cursors, tokens, emails, attributes that a customer added, the simulator's address.
      expect(text).not.toMatch(/@[\w-]{20,}/);
      expect(text).not.toMatch(/eyJ[\w-]{10,}/);
      expect(text).not.toMatch(/[\w.-]+@[\w-]+\.\w+/);
      expect(text).not.toMatch(/cus(Loyalty|Points|Topic|Order|Promotion|Member|Newsletter|Frequency|Last)/);
      expect(text).not.toContain(new URL(simulator.url).host);
    }
    expect(report.findings.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(mayWrite ? 80 : 30);
  });

  it('has none of it either where answers are errors, pages or broken', async () => {
    for (const action of [faultActions.html, faultActions.wrongJson, faultActions.cutBody, faultActions.resetBefore] as const) {
      simulator.faults.clear();
      let seen = 0;
      // The first two requests are the way in.
      simulator.faults.add({ when: () => (seen += 1) > 3 && seen % 3 === 0, action });
      const { report } = await probeInstance({ access: accessTo(simulator), mayWrite: false, pace: virtualPace().pace });
      const text = JSON.stringify(report);
      for (const trap of Object.values(TRAPS)) expect(text).not.toContain(trap);
      expect(text).not.toContain('127.0.0.1');
    }
  });

  it('read only is the default of the protocol: nothing but GET reaches Campaign', async () => {
    await probeInstance({ access: accessTo(simulator), mayWrite: false, pace: virtualPace().pace });
    expect(simulator.stats.writesApplied).toBe(0);
    const methods = simulator.stats.received.filter(({ api }) => api !== 'ims').map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(['GET']));
  });
});

describe('the probe as a guest', () => {
  it('sends two requests a second at most', async () => {
    const simulator = await startSimulator({ profiles: 7 });
    const { pace, now } = virtualPace();
    const { report } = await probeInstance({ access: accessTo(simulator), mayWrite: true, pace });
    expect(now()).toBeGreaterThanOrEqual((report.requests - 1) * 500);
    expect(simulator.stats.mostInFlight).toBe(1);
    await simulator.close();
  });

  it.each([20, 45, 60, 75])('stops at the first sign of a limit (request %d), and removes what it made', async (number) => {
    const simulator = await startSimulator({ profiles: 7 });
    simulator.faults.add({
      when: ({ number: at }) => at === number,
      action: {
        type: 'answer',
        status: 429,
        body: '{"error_code":"429050","message":"Too many requests"}',
        headers: { 'retry-after': '7' },
      },
    });
    const { report, leftOver } = await probeInstance({ access: accessTo(simulator), mayWrite: true, pace: virtualPace().pace });
    expect(report.stopped).toContain('429');
    expect(report.findings.at(-1)).toMatchObject({ outcome: 'notAnswerable', note: report.stopped });
    expect(leftOver).toEqual([]);
    expect([simulator.profiles.size, simulator.services.size, simulator.subscriptions.size]).toEqual([7, 7, 0]);
    expect(simulator.stats.received.filter(({ number: at }) => at > number).every(({ method }) => ['GET', 'DELETE'].includes(method))).toBe(
      true,
    );
    await simulator.close();
  });

  it('removes the records whose creation it never heard of', async () => {
    const simulator = await startSimulator({ profiles: 7 });
    simulator.faults.add({ method: 'POST', url: '/campaign/', action: faultActions.resetAfter });
    const { report, leftOver } = await probeInstance({ access: accessTo(simulator), mayWrite: true, pace: virtualPace().pace });
    expect(report.findings.filter(({ note }) => note === 'the request failed').length).toBeGreaterThan(3);
    expect([leftOver, simulator.profiles.size, simulator.services.size]).toEqual([[], 7, 7]);
    await simulator.close();
  });

  it('stops where it is told to, and removes what it made', async () => {
    const stop = new AbortController();
    const { report, simulator, leftOver } = await probeSimulator(
      {},
      { signal: stop.signal, onProbe: (name) => name === 'duplicateSubscription' && stop.abort() },
    );
    expect(report.stopped).toBe('The probe was interrupted.');
    expect([leftOver, simulator.profiles.size, simulator.services.size]).toEqual([[], 7, 7]);
  });

  it('names what it could not remove', async () => {
    const simulator = await startSimulator({ profiles: 7 });
    simulator.faults.add({ method: 'DELETE', action: faultActions.serviceUnavailable });
    const { leftOver, report } = await probeInstance({ access: accessTo(simulator), mayWrite: true, pace: virtualPace().pace });
    expect([...leftOver].sort()).toEqual([
      expect.stringMatching(/^the profile with the email N8n-Probe-/),
      expect.stringMatching(/^the service with the label/),
    ]);
    expect(JSON.stringify(report)).not.toContain('example.com');
    await simulator.close();
  });

  it('follows no address that leads out of the organization', async () => {
    const { report, simulator } = await probeSimulator({ settings: { publicUrl: 'http://127.0.0.1:9' } });
    expect(report.findings.map(({ note }) => note)).toContain(
      'Campaign printed an address outside of the organization. It was not followed.',
    );
    expect([simulator.profiles.size, simulator.services.size]).toEqual([7, 7]);
  });

  it('says in a sentence that nobody is let in', async () => {
    const simulator = await startSimulator({ profiles: 1 });
    const access = { ...accessTo(simulator), apiKey: 'wrong', clientSecret: undefined, accessToken: simulator.mintToken() };
    await expect(probeInstance({ access, mayWrite: false, pace: virtualPace().pace })).rejects.toThrow(
      'The instance lets nobody in (403).',
    );
    await simulator.close();
  });

  it('asks IMS nothing with a pasted token', async () => {
    const simulator = await startSimulator({ profiles: 7 });
    const { clientSecret, ...access } = accessTo(simulator);
    expect(clientSecret).toBeDefined();
    const result = await probeInstance({
      access: { ...access, accessToken: simulator.mintToken() },
      mayWrite: false,
      pace: virtualPace().pace,
    });
    expect(findingOn(result, 'invalidScopeError')).toMatchObject({
      outcome: 'notAnswerable',
      note: expect.stringContaining('client secret'),
    });
    expect(simulator.stats.tokenRequests).toBe(0);
    await simulator.close();
  });
});

describe('a report that is read', () => {
  const report = (finding: object): string =>
    JSON.stringify({ format: 'n8n-nodes-adobe-campaign probe 1', dialect: 'acs', findings: [finding] });

  it.each([
    ['{}', 'This is not a report of the probe'],
    ['nonsense', 'This is not a report of the probe'],
    [report({}), 'A finding of the report names no assumption'],
    [report({ assumption: 'constructor', observed: 1 }), 'an assumption that is not known here: constructor'],
    [report({ assumption: 'deleteStatus', observed: 418 }), '418 is no side of the assumption deleteStatus'],
    [report({ assumption: 'earlySignalText', observed: 7 }), '7 is no side of the assumption earlySignalText'],
    [report({ assumption: 'writableAfterAll', observed: [7] }), 'is no side of the assumption writableAfterAll'],
    [report({ assumption: 'wishedChannels', observed: { email: '1' } }), 'is no side of the assumption wishedChannels'],
  ])('%s is refused', (text, message) => {
    expect(() => parseReport(text)).toThrow(message);
  });

  it('takes what was observed and nothing else', () => {
    expect(parseReport(report({ assumption: 'deleteStatus', observed: 204 }))).toEqual({
      dialect: 'acs',
      assumptions: { deleteStatus: 204 },
    });
    expect(parseReport(report({ assumption: 'deleteStatus', outcome: 'neither' }))).toEqual({ dialect: 'acs', assumptions: {} });
    expect(parseReport(report({ assumption: 'maximumLineCount', observed: null })).assumptions).toEqual({ maximumLineCount: null });
    expect(parseReport(report({ assumption: 'maximumLineCount', observed: 500 })).assumptions).toEqual({ maximumLineCount: 500 });
  });
});
