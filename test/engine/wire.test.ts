import { faultActions, type FaultAction } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { chain, getParameters, locator, profileStep, updateParameters } from '../support/workflows';

// Five tries with their real pauses take up to eight seconds.
jest.setTimeout(30_000);

const AMY = 'amy.dakota@mail.com';

describe('trouble on the way to Campaign', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign();
  });
  afterAll(async () => await campaign.close());
  beforeEach(async () => {
    campaign.simulator.faults.clear();
    campaign.simulator.settings.requestsPerSecond = null;
    campaign.resetCredential();
    await campaign.outputOf(get);
    campaign.simulator.resetStats();
  });

  const get = getParameters(locator('email', AMY));
  const update = (phone: string) => updateParameters(locator('pKey', key()), { phone });
  const amy = () => campaign.simulator.profiles.byEmail(AMY)[0];
  const key = () => {
    const profile = amy();
    if (!profile) throw new Error('Amy is missing');
    return campaign.simulator.profiles.keyOf(profile);
  };
  const requests = (method: string) => campaign.simulator.stats.byMethod.get(method) ?? 0;

  describe('is overcome by repeating', () => {
    it.each<[string, FaultAction]>([
      ['a lost request', faultActions.resetBefore],
      ['a 503', faultActions.serviceUnavailable],
      ['a 502 of a proxy', { type: 'answer', status: 502, body: '<html>Bad Gateway</html>', contentType: 'text/html' }],
      [
        'a 429 with Retry-After',
        {
          type: 'answer',
          status: 429,
          body: '{"error_code":"429050","message":"Too many requests"}',
          contentType: 'application/json',
          headers: { 'retry-after': '0' },
        },
      ],
      [
        'a 429 without Retry-After',
        {
          type: 'answer',
          status: 429,
          body: '{"error_code":"429001","message":"Service usage limit reached"}',
          contentType: 'application/json',
        },
      ],
    ])('%s', async (_, action) => {
      campaign.simulator.faults.add({ method: 'GET', url: 'byEmail', nth: 1, action });
      campaign.simulator.faults.add({ method: 'PATCH', nth: 1, action });
      expect(await campaign.outputOf(get)).toMatchObject([{ firstName: 'Amy' }]);
      await campaign.outputOf(update('200'));
      expect(amy()?.phone).toBe('200');
      expect(requests('PATCH')).toBe(2);
    });

    it('a lost answer to an update: the second write writes the same', async () => {
      campaign.simulator.faults.add({ method: 'PATCH', nth: 1, action: faultActions.resetAfter });
      await campaign.outputOf(update('201'));
      expect(amy()?.phone).toBe('201');
    });
  });

  describe('is told when repeating does not help', () => {
    it.each<[string, FaultAction, RegExp, RegExp, number]>([
      ['an HTML page with status 200', faultActions.html, /not a list of profiles: an HTML page with status 200/, /'API Base URL'/, 1],
      ['JSON that breaks off', faultActions.brokenJson, /text that is not JSON/, /'API Base URL'/, 5],
      ['other JSON', faultActions.wrongJson, /other JSON/, /'API Base URL'/, 1],
      ['an empty 200', faultActions.emptyOk, /an empty answer with status 200/, /'API Base URL'/, 5],
      ['a 204', faultActions.noContent, /an empty answer with status 204/, /'API Base URL'/, 5],
      [
        'a redirect',
        { type: 'answer', status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } },
        /redirect \(302\)/,
        /'API Base URL'/,
        1,
      ],
      [
        'a 500',
        { type: 'answer', status: 500, body: 'RST-360011 An error has occurred - please contact your administrator.' },
        /did not accept the request \(500\)/,
        /Check/,
        1,
      ],
      [
        'a Retry-After longer than is worth waiting for',
        {
          type: 'answer',
          status: 429,
          body: '{"error_code":"429050","message":"Too many requests"}',
          contentType: 'application/json',
          headers: { 'retry-after': '3600' },
        },
        /asks to slow down after one try/,
        /in 60 minutes/,
        1,
      ],
    ])('%s', async (_, action, message, description, tries) => {
      campaign.simulator.faults.add({ method: 'GET', url: 'byEmail', action });
      const { error } = await campaign.runStep(get);
      expect(error?.message).toMatch(message);
      expect(error?.description).toMatch(description);
      expect(requests('GET')).toBe(tries);
    });

    it.each<[string, FaultAction]>([
      ['HTML', { ...faultActions.html, when: 'after' }],
      ['JSON that breaks off', { ...faultActions.brokenJson, when: 'after' }],
    ])('an accepted update whose answer is %s is looked at: the record holds what was sent', async (_, action) => {
      campaign.simulator.faults.add({ method: 'PATCH', action });
      const { error } = await campaign.runStep(update('202'));
      expect(error).toBeUndefined();
      expect(amy()?.phone).toBe('202');
      expect(requests('PATCH')).toBe(1);
    });

    it.each<[string, FaultAction]>([
      ['HTML', faultActions.html],
      ['JSON that breaks off', faultActions.brokenJson],
    ])('an update that something else answers with %s may be done: the message says to look first', async (_, action) => {
      campaign.simulator.faults.add({ method: 'PATCH', action });
      const { error } = await campaign.runStep(update('203'));
      expect(error?.message).toMatch(/answer is not the updated record/);
      expect(error?.description).toContain('look before sending it again');
      expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown' });
    });

    it('a server that never answers, after the timeout', async () => {
      campaign.simulator.faults.add({ method: 'GET', url: 'byEmail', nth: 1, action: faultActions.stallBefore });
      expect(await campaign.outputOf({ ...get, options: { timeout: 0.2 } })).toMatchObject([{ firstName: 'Amy' }]);
      expect(requests('GET')).toBe(2);
    });

    it('nobody listening', async () => {
      campaign.resetCredential({ authentication: 'accessToken', bearerToken: 'x', baseUrl: 'http://127.0.0.1:9' });
      const { error } = await campaign.runStep({ ...get, options: { waitForCampaign: 0 } });
      expect(error?.message).toMatch(/could not be reached \(ECONNREFUSED\)|refused the connection/);
      expect(error?.description).toContain("'API Base URL'");
    });
  });

  it('stops at once when the workflow is stopped, and starts no further item', async () => {
    campaign.simulator.settings.latencyMs = 2_000;
    const stop = new AbortController();
    const running = campaign.engine.run(
      chain(profileStep(STEP, get)),
      Array.from({ length: 50 }, () => ({})),
      stop.signal,
    );
    while (campaign.simulator.stats.inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    const { run } = await running;
    campaign.simulator.settings.latencyMs = 0;
    expect(run.status).toBe('canceled');
    expect(campaign.simulator.stats.apiRequests).toBe(1);
  });
});
