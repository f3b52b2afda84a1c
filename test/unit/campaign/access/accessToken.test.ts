import type { IHttpRequestOptions } from 'n8n-workflow';

import { DEFAULT_SCOPES, DEFAULT_TOKEN_URL, requestAccessToken } from '../../../../nodes/shared/campaign/access/accessToken';
import { refusalOf } from '../../support/errors';

const CREDENTIAL = {
  apiKey: 'the-api-key',
  clientSecret: 'p8e-the-secret+/=&',
  scopes: 'openid,AdobeID',
  tokenUrl: 'https://ims.example/ims/token/v3',
};
const TOKEN = { access_token: 'eyJ0eXAi', token_type: 'bearer', expires_in: 86399 };

/** n8n's request helper that gives one answer, and what it was asked. */
function helperThat(answer: () => unknown) {
  const asked: IHttpRequestOptions[] = [];
  const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
    asked.push(options);
    return answer();
  };
  return { asked, helpers: { httpRequest } };
}

const answers = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** Asks for a token and gives what was asked. */
async function ask(credential: Readonly<Record<string, unknown>>): Promise<{ options: IHttpRequestOptions; form: URLSearchParams }> {
  const { asked, helpers } = helperThat(() => answers(200, TOKEN));
  await requestAccessToken(helpers, credential);
  const [options] = asked;
  if (!options) throw new Error('Nothing was asked');
  return { options, form: new URLSearchParams(String(options.body)) };
}

/** What somebody reads when the identity service answers so. */
async function refusalFor(statusCode: number, body: unknown) {
  return await refusalOf(requestAccessToken(helperThat(() => answers(statusCode, body)).helpers, CREDENTIAL, async () => {}));
}

describe('asking for a token', () => {
  it('gives the token', async () => {
    expect(await requestAccessToken(helperThat(() => answers(200, TOKEN)).helpers, CREDENTIAL)).toBe('eyJ0eXAi');
  });

  it('reads an answer that n8n has parsed already', async () => {
    expect(await requestAccessToken(helperThat(() => ({ statusCode: 200, headers: {}, body: TOKEN })).helpers, CREDENTIAL)).toBe(
      'eyJ0eXAi',
    );
  });

  it('sends the secret in the body, whole, and nowhere else', async () => {
    const { options, form } = await ask(CREDENTIAL);

    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'the-api-key',
      client_secret: 'p8e-the-secret+/=&',
      scope: 'openid,AdobeID',
    });
    expect(options.url).toBe('https://ims.example/ims/token/v3');
    expect(JSON.stringify({ ...options, body: '' })).not.toContain('secret');
    expect(options.headers).toMatchObject({ 'Content-Type': 'application/x-www-form-urlencoded' });
  });

  it('follows no redirect with the secret and does not wait for ever', async () => {
    const { options } = await ask(CREDENTIAL);

    expect(options).toMatchObject({ method: 'POST', disableFollowRedirect: true, timeout: expect.any(Number) });
  });

  it.each([
    ['openid, AdobeID', 'openid,AdobeID'],
    ['openid\n  AdobeID,,campaign_sdk ,', 'openid,AdobeID,campaign_sdk'],
    ['', DEFAULT_SCOPES],
    [' , ', DEFAULT_SCOPES],
    [undefined, DEFAULT_SCOPES],
  ])('reads the scopes %j', async (scopes, expected) => {
    expect((await ask({ ...CREDENTIAL, scopes })).form.get('scope')).toBe(expected);
  });

  it('trims what was pasted', async () => {
    const { form } = await ask({ ...CREDENTIAL, apiKey: ' the-api-key\n', clientSecret: '\tp8e-x ' });

    expect([form.get('client_id'), form.get('client_secret')]).toEqual(['the-api-key', 'p8e-x']);
  });

  it.each([undefined, '', '  '])("asks Adobe's own service when the URL is %j", async (tokenUrl) => {
    expect((await ask({ ...CREDENTIAL, tokenUrl })).options.url).toBe(DEFAULT_TOKEN_URL);
  });

  it.each([
    [{ apiKey: '' }, "'API Key (Client ID)' in the credential is empty"],
    [{ apiKey: undefined }, "'API Key (Client ID)' in the credential is empty"],
    [{ clientSecret: '  ' }, "'Client Secret' in the credential is empty"],
    [{ tokenUrl: 'http://ims.example/token' }, "'Token URL' in the credential starts with http://"],
    [{ tokenUrl: 'ims.example' }, "'Token URL' in the credential is not a URL"],
  ])('sends nothing with %j', async (change, message) => {
    const { asked, helpers } = helperThat(() => answers(200, TOKEN));

    expect(await refusalOf(requestAccessToken(helpers, { ...CREDENTIAL, ...change }))).toMatchObject({ reason: 'invalidInput', message });
    expect(asked).toEqual([]);
  });
});

describe('a refusal', () => {
  it.each([
    [
      'a wrong secret',
      400,
      { error: 'invalid_client', error_description: 'invalid client_secret parameter' },
      "Adobe does not accept 'Client Secret' (invalid_client)",
    ],
    [
      'a wrong key',
      400,
      { error: 'invalid_client', error_description: 'invalid client_id parameter' },
      "Adobe does not accept 'API Key (Client ID)' (invalid_client)",
    ],
    ['a wrong scope', 400, { error: 'invalid_scope' }, 'Adobe does not accept the scopes (invalid_scope)'],
    ['no scope', 400, { error: 'bad_request', error_description: 'scope is required' }, 'Adobe does not accept the scopes (invalid_scope)'],
    ['something else', 400, { error: 'access_denied' }, "Adobe's identity service did not give an access token (access_denied)"],
  ])('of %s names the field of the credential', async (_, status, body, message) => {
    expect(await refusalFor(status, body)).toMatchObject({ reason: 'unauthorized', message, httpStatus: status });
  });

  it.each([
    ['an HTML page', 200, '<html>Sign in</html>'],
    ['JSON that was cut', 200, '{"access_token":"eyJ'],
    ['an empty answer', 200, ''],
    ['no token', 200, { token_type: 'bearer' }],
    ['an empty token', 200, { access_token: '' }],
    ['a token that is no text', 200, { access_token: 7 }],
    ['a redirect', 302, ''],
    ['another address', 404, 'Not Found'],
  ])('that is %s leads to the URL', async (_, status, body) => {
    const { reason, message, description } = await refusalFor(status, body);

    expect(reason).toBe('unauthorized');
    expect(message).toBe(`Adobe's identity service did not give an access token (${status})`);
    expect(description).toContain("'Token URL'");
  });

  it.each([500, 502, 503])('of status %i asks for patience', async (status) => {
    expect((await refusalFor(status, '')).description).toContain('Try again later');
  });

  it('does not show the answer, which may hold a token', async () => {
    expect(JSON.stringify(await refusalFor(201, TOKEN))).not.toContain('eyJ0eXAi');
    expect(JSON.stringify(await refusalFor(200, { access_token: ['eyJ0eXAi'] }))).not.toContain('eyJ0eXAi');
  });
});

describe('no answer', () => {
  const unreachable = async (error: Error) =>
    await refusalOf(
      requestAccessToken(
        helperThat(() => {
          throw error;
        }).helpers,
        CREDENTIAL,
        async () => {},
      ),
    );

  it('names the host and the network code', async () => {
    expect(await unreachable(Object.assign(new Error('getaddrinfo ENOTFOUND ims.example'), { code: 'ENOTFOUND' }))).toEqual({
      reason: 'unavailable',
      everyItem: true,
      message: "Adobe's identity service could not be reached (ENOTFOUND)",
      description: expect.stringContaining('connect to ims.example'),
    });
  });

  it('shows nothing of the request', async () => {
    const error = Object.assign(new Error('Request failed: client_secret=p8e-the-secret'), {
      config: { data: 'client_secret=p8e-the-secret' },
    });

    expect(JSON.stringify(await unreachable(error))).not.toContain('secret=');
  });
});

describe('a service that is down for a moment', () => {
  it.each([
    ['busy', () => answers(429, '')],
    ['down', () => answers(503, '')],
    [
      'not reachable',
      () => {
        throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      },
    ],
  ])('is asked again: %s', async (_, trouble) => {
    let calls = 0;
    const { helpers, asked } = helperThat(() => ((calls += 1) < 3 ? trouble() : answers(200, TOKEN)));
    const pauses: number[] = [];

    expect(await requestAccessToken(helpers, CREDENTIAL, async (ms) => void pauses.push(ms))).toBe('eyJ0eXAi');
    expect(asked).toHaveLength(3);
    expect(pauses).toHaveLength(2);
  });

  it('is given up after three tries', async () => {
    const { helpers, asked } = helperThat(() => answers(503, ''));

    expect(await refusalOf(requestAccessToken(helpers, CREDENTIAL, async () => {}))).toMatchObject({ reason: 'unavailable' });
    expect(asked).toHaveLength(3);
  });

  it('is not asked again when it has said no', async () => {
    const { helpers, asked } = helperThat(() =>
      answers(400, { error: 'invalid_client', error_description: 'invalid client_secret parameter' }),
    );

    expect(await refusalOf(requestAccessToken(helpers, CREDENTIAL, async () => {}))).toMatchObject({ reason: 'unauthorized' });
    expect(asked).toHaveLength(1);
  });
});

describe('what is easily got wrong', () => {
  it('does not call 429 a matter of the credential', async () => {
    expect((await refusalFor(429, { error: 'too_many_requests' })).description).toContain('later');
  });

  it('does not blame the credential when the identity service is down', async () => {
    // A reason that ends the whole run and that the summary words as "did not accept the access token".
    expect((await refusalFor(503, '')).reason).toBe('unavailable');
  });

  it('does not repeat a secret that the service repeats', async () => {
    expect(JSON.stringify(await refusalFor(400, { error: 'bad client_secret p8e-the-secret+/=&' }))).not.toContain('p8e-the-secret');
  });
});
