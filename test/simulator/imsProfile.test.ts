import { at } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

describe.each(DIALECTS)('the profile of a token on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const contexts = async (): Promise<unknown> => {
    const { json } = await started.client.get('/ims/profile/v1');
    const list = at(json, 'projectedProductContext');
    return Array.isArray(list) ? list.map((entry) => [at(entry, 'prodCtx', 'serviceCode'), at(entry, 'prodCtx', 'organization_id')]) : list;
  };

  it('names the organizations that the token may act for', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.get('/ims/profile/v1');
    expect(status).toBe(200);
    expect(at(json, 'projectedProductContext', 1)).toEqual({
      prodCtx: { organization_id: 'northwind', serviceCode: 'dma_tartan', statusCode: 'ACTIVE' },
    });
    simulator.settings.organizationsOutOfContext.push('northwind');
    expect(await contexts()).toEqual([['dma_analytics', 'northwind-analytics']]);
    expect((await client.get('profileAndServices/profile')).status).toBe(403);
    expect([simulator.stats.tokenRequests, simulator.stats.received[0]?.api]).toEqual([0, 'ims']);
  });

  it('names none for a token without that scope, and refuses one that is not valid; the status is assumed', async () => {
    const { client, simulator } = started;
    client.headers.authorization = `Bearer ${simulator.mintToken({ scopes: 'openid,campaign_sdk' })}`;
    expect(await contexts()).toEqual([]);
    simulator.expireTokens();
    const { status, json } = await client.get('/ims/profile/v1');
    expect([status, json]).toEqual([401, { error: 'invalid_token' }]);
    simulator.assumptions.imsProfileRefusalStatus = 400;
    expect((await client.get('/ims/profile/v1')).status).toBe(400);
  });
});
