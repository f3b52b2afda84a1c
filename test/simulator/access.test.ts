import { at, textAt } from './testing/client';
import { useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';

describe('token endpoint', () => {
  const started = useSimulator();

  it('hands out a token that the gateway takes, its lifetime in seconds', async () => {
    const { client, simulator } = started;
    const reply = await client.token();
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]{200,}$/),
      token_type: 'bearer',
      expires_in: 86_399,
    });
    client.headers.authorization = `Bearer ${textAt(reply.json, 'access_token')}`;
    expect((await client.get(PROFILES)).status).toBe(200);
    expect(simulator.stats).toMatchObject({ tokenRequests: 1, tokensMinted: 1, apiRequests: 1, requests: 2 });
  });

  it('takes the parameters in the query as well, and scopes separated by comma and space', async () => {
    const { client, simulator } = started;
    expect((await client.token({}, 'query')).status).toBe(200);
    expect((await client.token({ scope: simulator.scopes.replaceAll(',', ', ') })).status).toBe(200);
  });

  it('refuses a wrong secret as seen in the field', async () => {
    const reply = await started.client.token({ client_secret: 'wrong' });
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual({ error: 'invalid_client', error_description: 'invalid client_secret parameter' });
    expect(started.simulator.stats).toMatchObject({ tokenRequests: 1, tokensMinted: 0 });
  });

  it.each([
    ['client_id', 'unknownClientIdError', 'invalid_client', 'invalid client_id parameter'],
    ['grant_type', 'wrongGrantTypeError', 'unsupported_grant_type', 'unsupported grant_type parameter'],
    ['scope', 'invalidScopeError', 'invalid_scope', 'scope parameter is required'],
  ] as const)('refuses a missing %s; the error code is assumed', async (parameter, assumption, error, description) => {
    const { client, simulator } = started;
    expect((await client.token({ [parameter]: undefined })).json).toEqual({ error, error_description: description });
    simulator.assumptions[assumption] = 'another_code';
    const reply = await client.token({ [parameter]: undefined });
    expect([reply.status, reply.json]).toEqual([400, { error: 'another_code', error_description: description }]);
  });

  it('assumes that IMS refuses a request without campaign_sdk; else the gateway does', async () => {
    const { client, simulator } = started;
    const scope = 'openid,additional_info.projectedProductContext';
    expect((await client.token({ scope })).json).toEqual({ error: 'invalid_scope', error_description: 'invalid scope parameter' });
    simulator.assumptions.missingCampaignScope = 'refusedByGateway';
    client.headers.authorization = `Bearer ${textAt((await client.token({ scope })).json, 'access_token')}`;
    const reply = await client.get(PROFILES);
    expect([reply.status, reply.json]).toEqual([403, { error_code: '403011', message: 'Scope mismatch' }]);
  });

  it('answers POST only', async () => {
    const { client, simulator } = started;
    client.headers = {};
    expect((await client.get(simulator.tokenUrl)).json).toEqual({ error_code: '403000', message: 'Api Key is required' });
  });
});

describe('tokens', () => {
  const started = useSimulator();
  const invalid = { error_code: '401013', message: 'Oauth token is not valid' };

  it('expire by the clock', async () => {
    const { client, simulator } = started;
    simulator.clock.freeze();
    simulator.settings.tokenLifetimeSeconds = 60;
    const reply = await client.token();
    expect(at(reply.json, 'expires_in')).toBe(60);
    client.headers.authorization = `Bearer ${textAt(reply.json, 'access_token')}`;
    simulator.clock.advance(59_999);
    expect((await client.get(PROFILES)).status).toBe(200);
    simulator.clock.advance(1);
    const late = await client.get(PROFILES);
    expect([late.status, late.json]).toEqual([401, invalid]);
  });

  it('can be minted by the test and be taken back at once', async () => {
    const { client, simulator } = started;
    client.headers.authorization = `Bearer ${simulator.mintToken({ lifetimeSeconds: 5 })}`;
    expect((await client.get(PROFILES)).status).toBe(200);
    simulator.expireTokens();
    expect((await client.get(PROFILES)).json).toEqual(invalid);
    client.headers.authorization = `Bearer ${simulator.mintToken()}`;
    expect((await client.get(PROFILES)).status).toBe(200);
    expect(simulator.stats.tokensMinted).toBe(0);
  });
});

describe('gateway', () => {
  const started = useSimulator();

  /** The refusals in the order in which the gateway checks: each request is wrong in everything that comes later. */
  it.each([
    ['no API key', {}, 403, '403000', 'Api Key is required'],
    ['a wrong API key', { 'x-api-key': 'wrong' }, 403, '403003', 'Api Key is invalid'],
    ['no token', { 'x-api-key': 'right' }, 403, '403010', 'Oauth token is missing.'],
    ['no bearer token', { 'x-api-key': 'right', authorization: 'Basic eDp5' }, 403, '403010', 'Oauth token is missing.'],
    ['a wrong token', { 'x-api-key': 'right', authorization: 'Bearer wrong' }, 401, '401013', 'Oauth token is not valid'],
    ['an organization out of context', { 'x-api-key': 'right', authorization: 'right' }, 403, '403023', 'Profile is not valid'],
  ])('refuses %s', async (_case, headers, status, code, message) => {
    const { client, simulator } = started;
    const right = client.headers;
    client.headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'right' ? (right[name] ?? '') : value]),
    );
    const reply = await client.get('/southwind/campaign/nothing');
    expect([reply.status, reply.json]).toEqual([status, { error_code: code, message }]);
    expect(reply.headers['content-type']).toMatch(/^application\/json/);
    expect(reply.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(simulator.stats.answersByStatus.get(status)).toBe(1);
  });

  it('tells its own time, or another one, or none', async () => {
    const { client, simulator } = started;
    simulator.clock.freeze();
    const dateOf = async () => (await client.get(PROFILES)).headers.date;
    expect(await dateOf()).toBe('Thu, 15 Jan 2026 09:00:00 GMT');
    simulator.settings.dateOffsetMs = -3_600_000;
    expect(await dateOf()).toBe('Thu, 15 Jan 2026 08:00:00 GMT');
    simulator.settings.dateOffsetMs = null;
    expect(await dateOf()).toBeUndefined();
  });

  it.each(['403020', '403023', '403024'] as const)('can refuse a missing product context with %s', async (code) => {
    const { client, simulator } = started;
    simulator.settings.productContextCode = code;
    simulator.settings.organizationsOutOfContext.push(simulator.organization);
    expect(at((await client.get(PROFILES)).json, 'error_code')).toBe(code);
  });

  it('assumes that a token without projectedProductContext has no product context', async () => {
    const { client, simulator } = started;
    client.headers.authorization = `Bearer ${simulator.mintToken({ scopes: 'campaign_sdk' })}`;
    expect(at((await client.get(PROFILES)).json, 'error_code')).toBe('403023');
    simulator.assumptions.missingProductContextScope = 'ignored';
    expect((await client.get(PROFILES)).status).toBe(200);
  });

  it.each([500, 502] as const)(
    'cannot route paths it does not know: numeric code %d; on v8 unknown APIs if that is assumed',
    async (status) => {
      const { client, simulator } = started;
      expect(await client.get('profileAndService/profile')).toMatchObject({
        status: 404,
        text: expect.stringContaining('Unsupported endpoint'),
      });
      simulator.assumptions.v8UnknownApi = 'unroutable';
      simulator.settings.unroutableStatus = status;
      const oops = { code: status, message: 'Oops. Something went wrong. Check your URI and try again.' };
      for (const path of [
        'profileAndService/profile',
        '/northwind/profileAndServices/profile',
        `${PROFILES}/%E0%A4%A`,
        `${PROFILES}/%zz`,
      ]) {
        const reply = await client.get(path);
        expect([reply.status, reply.json]).toEqual([status, oops]);
      }
    },
  );

  it('assumes that an unknown organization cannot be routed; else it is out of context', async () => {
    const { client, simulator } = started;
    expect(at((await client.get('/eastwind/campaign/profileAndServices/profile')).json, 'code')).toBe(500);
    simulator.assumptions.unknownOrganization = 'noProductContext';
    expect(at((await client.get('/eastwind/campaign/profileAndServices/profile')).json, 'error_code')).toBe('403023');
  });

  it('tolerates any Cache-Control and Content-Type, and none', async () => {
    const { client, simulator } = started;
    const [amy] = simulator.profiles.byEmail('amy.dakota@mail.com');
    const href = `${PROFILES}/${amy === undefined ? '' : simulator.profiles.keyOf(amy)}`;
    for (const [index, type] of [undefined, 'application/json', 'application/json;charset=utf-8', 'text/plain'].entries()) {
      if (type !== undefined) client.headers['content-type'] = type;
      expect((await client.patch(href, { phone: String(index) })).status).toBe(200);
    }
    expect(simulator.stats.received.map(({ headers }) => headers['content-type'])).toEqual([
      undefined,
      'application/json',
      'application/json;charset=utf-8',
      'text/plain',
    ]);
  });
});
