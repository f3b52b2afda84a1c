import { faultActions } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { getParameters, locator } from '../support/workflows';

/** What jest.config.js says of the ring that runs this: whether undici is within reach. */
declare const KEEPS_CONNECTIONS: boolean;

const AMY = 'amy.dakota@mail.com';
const get = getParameters(locator('email', AMY));
const CAP = 8;
const many = Array.from({ length: 60 }, (_, index) => ({ index }));

describe('the way to Campaign', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign();
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => {
    // So that requests meet each other at the server.
    campaign.simulator.settings.latencyMs = 10;
    campaign.resetCredential();
    campaign.simulator.faults.clear();
    campaign.simulator.resetStats();
  });

  it(KEEPS_CONNECTIONS ? 'is kept open: no more connections than requests in flight' : 'is opened for every request', async () => {
    await campaign.outputOf({ ...get, options: { maxRequestsInFlight: CAP } }, many);
    const { connectionsOpened, requests } = campaign.simulator.stats;

    expect(requests).toBe(many.length + 1);
    // The first item and its token go through n8n, which opens a connection for each. The server sees fewer requests at a
    // time than are under way: some have not arrived, others were answered.
    if (KEEPS_CONNECTIONS) expect(connectionsOpened).toBeLessThanOrEqual(2 + CAP);
    else expect(connectionsOpened).toBe(requests);
  });

  it.each([
    ['minted', () => ({})],
    ['pasted', () => ({ authentication: 'accessToken', bearerToken: campaign.simulator.mintToken(), clientSecret: '' })],
    [
      'pasted with more than itself',
      () => ({ authentication: 'accessToken', bearerToken: ` bearer  ${campaign.simulator.mintToken()}\n`, clientSecret: '' }),
    ],
  ])('carries the same headers for all requests: a token that was %s', async (_, data) => {
    campaign.resetCredential(data());
    await campaign.outputOf(get, many);
    const sent = campaign.simulator.stats.received.filter(({ api }) => api !== 'ims');
    const named = (name: string) => new Set(sent.map(({ headers }) => headers[name]));

    for (const name of ['authorization', 'x-api-key', 'accept', 'cache-control', 'content-type'])
      expect([name, named(name).size]).toEqual([name, 1]);
    expect([...named('authorization')]).toEqual([expect.stringMatching(/^Bearer \S+$/)]);
    expect(campaign.simulator.stats.answersByStatus.get(401)).toBeUndefined();
  });

  it('renews a token that expires in mid-run once, without a failed item', async () => {
    await campaign.outputOf(get);
    campaign.simulator.resetStats();
    campaign.simulator.faults.add({ url: 'byEmail', nth: 20, action: faultActions.expireTokens });
    expect(await campaign.outputOf(get, many)).toHaveLength(many.length);
    const { tokensMinted, answersByStatus } = campaign.simulator.stats;

    // Several were under way when it expired.
    expect(answersByStatus.get(401)).toBeGreaterThan(1);
    expect(tokensMinted).toBe(1);
  });
});
