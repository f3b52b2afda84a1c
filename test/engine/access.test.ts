import { faultActions } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { CREDENTIAL_ID, getParameters, locator } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const get = getParameters(locator('email', AMY));
const many = Array.from({ length: 40 }, (_, index) => ({ index }));

describe('access to Campaign', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign();
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    campaign.resetCredential();
    campaign.simulator.faults.clear();
    campaign.simulator.settings.organizationsOutOfContext = ['southwind'];
    campaign.simulator.resetStats();
  });

  describe('with a client secret', () => {
    it('mints one token for many items, and keeps it in the credential', async () => {
      await campaign.outputOf(get, many);
      expect(campaign.simulator.stats.tokensMinted).toBe(1);
      expect(campaign.engine.credential(CREDENTIAL_ID).accessToken).toEqual(expect.stringMatching(/\S{20,}/));

      await campaign.outputOf(get, many);
      expect(campaign.simulator.stats.tokensMinted).toBe(1);
    });

    it('mints one token for executions that begin together, and renews it once for them', async () => {
      await campaign.outputOf(get);
      campaign.simulator.expireTokens();
      campaign.resetCredential();
      campaign.simulator.resetStats();
      const runs = await Promise.all([1, 2, 3, 4].map(async () => await campaign.outputOf(get, many)));
      expect(runs.map(({ length }) => length)).toEqual([40, 40, 40, 40]);
      expect(campaign.simulator.stats.tokensMinted).toBe(1);
    });

    it('renews an expired token once for many items', async () => {
      await campaign.outputOf(get);
      campaign.simulator.expireTokens();
      campaign.simulator.resetStats();
      expect(await campaign.outputOf(get, many)).toHaveLength(many.length);
      expect(campaign.simulator.stats.tokensMinted).toBe(1);
    });

    it('survives a token that expires in mid-run', async () => {
      campaign.simulator.faults.add({ url: 'byEmail', nth: 20, action: faultActions.expireTokens });
      expect(await campaign.outputOf(get, many)).toHaveLength(many.length);
    });

    it.each<[string, Record<string, string>, RegExp]>([
      ['secret', { clientSecret: 'wrong' }, /does not accept 'Client Secret'/],
      ['scopes', { scopes: 'openid' }, /does not accept the scopes/],
    ])('E3: uses no token of another %s than the one in the credential now', async (_, change, message) => {
      await campaign.outputOf(get);
      campaign.resetCredential({ ...campaign.engine.credential(CREDENTIAL_ID), ...change });
      campaign.simulator.resetStats();

      expect((await campaign.runStep(get)).error?.message).toMatch(message);
      expect(campaign.simulator.stats.received.map(({ api }) => api)).toEqual(['ims']);
    });

    it('sends the secret in the body and only to the token URL', async () => {
      await campaign.outputOf(get);
      for (const { api, url, body, headers } of campaign.simulator.stats.received) {
        expect(url).not.toContain(campaign.simulator.clientSecret);
        expect(JSON.stringify(headers)).not.toContain(campaign.simulator.clientSecret);
        expect(body.includes(campaign.simulator.clientSecret)).toBe(api === 'ims');
      }
    });

    it.each<[string, Record<string, string>, RegExp, RegExp]>([
      ['a wrong secret', { clientSecret: 'wrong' }, /does not accept 'Client Secret' \(invalid_client\)/, /Developer Console/],
      ['a wrong client ID', { apiKey: 'wrong' }, /does not accept 'API Key \(Client ID\)' \(invalid_client\)/, /Developer Console/],
      ['missing scopes', { scopes: 'openid' }, /does not accept the scopes/, /'Scopes'/],
    ])('tells %s', async (_, data, message, description) => {
      campaign.resetCredential(data);
      const { error } = await campaign.runStep(get, many);
      expect(error?.message).toMatch(message);
      expect(error?.description).toMatch(description);
      expect(campaign.simulator.stats.tokenRequests).toBe(1);
      expect(campaign.simulator.stats.apiRequests).toBe(0);
    });

    it('asks no more once the token was refused: the other items share the answer', async () => {
      campaign.resetCredential({ clientSecret: 'wrong' });
      const result = await campaign.runStep(get, many, { onError: 'continueRegularOutput' });
      expect(result.json(STEP)).toHaveLength(many.length);
      expect(result.summary(STEP)).toMatch(/^40 items: 40 failed\. 40 of 40 items were not sent: Adobe did not accept the access token\. /);
      expect(campaign.simulator.stats.tokenRequests).toBe(1);
    });
  });

  describe('with a pasted access token', () => {
    it('works without minting anything', async () => {
      campaign.resetCredential({ authentication: 'accessToken', bearerToken: campaign.simulator.mintToken(), clientSecret: '' });
      expect(await campaign.outputOf(get, many)).toHaveLength(many.length);
      expect(campaign.simulator.stats.tokenRequests).toBe(0);
    });

    it('says what to do when it has expired', async () => {
      const bearerToken = campaign.simulator.mintToken();
      campaign.resetCredential({ authentication: 'accessToken', bearerToken, clientSecret: '' });
      campaign.simulator.expireTokens();
      const { error } = await campaign.runStep(get);
      expect(error?.message).toMatch(/access token is not valid or has expired/);
      expect(error?.description).toMatch(/paste a new one/);
      expect(campaign.simulator.stats.tokenRequests).toBe(0);
    });
  });

  it.each<[string, () => Record<string, string>, RegExp, RegExp]>([
    [
      'a wrong API key',
      () => ({ authentication: 'accessToken', bearerToken: campaign.simulator.mintToken(), apiKey: 'wrong' }),
      /API key is not valid/,
      /Client ID/,
    ],
    [
      'an organization without a product profile',
      () => ({ organization: 'southwind' }),
      /does not reach this organization/,
      /product profile/,
    ],
    ['an unknown organization', () => ({ organization: 'atlantis' }), /does not know this organization \(500\)/, /-mkt-stage/],
  ])('tells %s', async (_, data, message, description) => {
    campaign.resetCredential(data());
    const { error } = await campaign.runStep(get);
    expect(error?.message).toMatch(message);
    expect(error?.description).toMatch(description);
  });

  it('never shows a token, secret or key: not in errors, hints, items or the run data', async () => {
    const bearerToken = campaign.simulator.mintToken();
    const setups: Array<Record<string, string>> = [
      {},
      { clientSecret: 'wrong-but-still-secret' },
      { apiKey: 'wrong-but-still-a-key' },
      { authentication: 'accessToken', bearerToken: 'wrong-but-still-a-token' },
      { authentication: 'accessToken', bearerToken, organization: 'southwind' },
      { authentication: 'accessToken', bearerToken, baseUrl: 'http://127.0.0.1:9' },
    ];
    for (const setup of setups) {
      for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
        campaign.resetCredential(setup);
        // What is away is not waited for: here nobody answers at all.
        const result = await campaign.runStep({ ...get, options: { waitForCampaign: 0 } }, [{}], { onError });
        const minted = String(campaign.engine.credential(CREDENTIAL_ID).accessToken ?? '');
        const secrets = [
          campaign.simulator.apiKey,
          campaign.simulator.clientSecret,
          bearerToken,
          minted,
          ...Object.values(setup).filter((value) => value.startsWith('wrong-but')),
        ];
        const shown = everythingIn(result.run);
        for (const secret of secrets.filter((text) => text !== '')) expect(shown).not.toContain(secret);
      }
    }
  }, 60_000);
});

/** All text reachable from a value, errors with their causes and hidden properties included. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Object.getOwnPropertyNames(value)
    .map((name) => `${name}: ${everythingIn(Reflect.get(value, name), seen)}`)
    .join('\n');
}
