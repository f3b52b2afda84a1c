import {
  Workflow,
  type ICredentialDataDecryptedObject,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type INodeTypes,
} from 'n8n-workflow';

import { AdobeCampaignApi } from '../../credentials/AdobeCampaignApi.credentials';
import { CredentialProblem } from '../../nodes/shared/campaign/access/authenticate';
import { tokenOwnerOf } from '../../nodes/shared/campaign/access/tokenOwner';
import { refusal } from '../../nodes/shared/campaign/refusals';
import { node } from './support/context';
import { refusalOf } from './support/errors';

const credential = new AdobeCampaignApi();
const ENTERED: ICredentialDataDecryptedObject = {
  authentication: 'oAuthServerToServer',
  organization: 'northwind',
  apiKey: 'the-api-key',
  clientSecret: 'p8e-the-secret',
  scopes: 'openid',
  bearerToken: 'pasted-token',
  baseUrl: 'https://mc.adobe.io',
  tokenUrl: 'https://ims.example/token',
  accessToken: 'minted-token',
};
const STORED: ICredentialDataDecryptedObject = { ...ENTERED, tokenOwner: tokenOwnerOf(ENTERED) };

/** Evaluates an expression of the credential as n8n does. */
function evaluate(expression: unknown, data: ICredentialDataDecryptedObject): unknown {
  const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }) } as unknown as INodeTypes;
  const workflow = new Workflow({ nodes: [node()], connections: {}, active: false, nodeTypes });
  return workflow.expression.getSimpleParameterValue(node(), String(expression), 'internal', { $credentials: data });
}

/** As n8n calls it. */
async function authenticate(data: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
  if (typeof credential.authenticate !== 'function') throw new Error('n8n is to call a function');
  return await credential.authenticate(data, options);
}

const headersFor = async (data: ICredentialDataDecryptedObject) =>
  (await authenticate(data, { url: 'https://mc.adobe.io/x', headers: { Accept: 'application/json' } })).headers;

describe('the headers', () => {
  it('hold the minted token, or the pasted one', async () => {
    const others = { 'X-Api-Key': 'the-api-key', Accept: 'application/json' };
    expect(await headersFor(STORED)).toEqual({ Authorization: 'Bearer minted-token', ...others });
    expect(await headersFor({ ...STORED, authentication: 'accessToken' })).toEqual({ Authorization: 'Bearer pasted-token', ...others });
  });

  it('are all that carries a secret: no query, no body', async () => {
    expect({ ...(await authenticate(STORED, { url: 'https://mc.adobe.io/x' })), headers: {} }).toEqual({
      url: 'https://mc.adobe.io/x',
      headers: {},
    });
  });

  it.each<ICredentialDataDecryptedObject>([
    { clientSecret: 'another' },
    { apiKey: 'another' },
    { scopes: '' },
    { tokenUrl: '' },
    { tokenOwner: '' },
  ])('E3: are not made with a token that was minted with other values: %j', async (change) => {
    // n8n asks for a new token where a request ends with 401, and takes this for one that did.
    await expect(authenticate({ ...STORED, ...change }, { url: 'https://mc.adobe.io/x' })).rejects.toMatchObject({
      response: { status: 401 },
    });
  });

  it('E3: are made with a pasted token, whatever was minted before', async () => {
    const pasted = { ...STORED, authentication: 'accessToken', clientSecret: '', tokenOwner: 'x' };
    expect(await headersFor(pasted)).toMatchObject({ Authorization: 'Bearer pasted-token' });
  });
});

describe('the fields', () => {
  const field = (name: string) => credential.properties.find((property) => property.name === name);

  it.each(['apiKey', 'clientSecret', 'bearerToken', 'accessToken', 'tokenOwner'])('hide %s', (name) => {
    expect(field(name)?.typeOptions?.password).toBe(true);
  });

  it('have one that n8n fills in and renews', () => {
    const expirable = credential.properties.filter(({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable);

    expect(expirable.map(({ name }) => name)).toEqual(['accessToken']);
    expect(expirable[0]?.default).toBe('');
  });

  it.each([
    ['clientSecret', 'oAuthServerToServer'],
    ['scopes', 'oAuthServerToServer'],
    ['tokenUrl', 'oAuthServerToServer'],
    ['bearerToken', 'accessToken'],
  ])('show %s for %s only', (name, authentication) => {
    expect(field(name)?.displayOptions?.show).toEqual({ authentication: [authentication] });
  });
});

describe('preAuthentication', () => {
  function mint(data: Partial<ICredentialDataDecryptedObject>) {
    const asked: IHttpRequestOptions[] = [];
    const helpers: Partial<IHttpRequestHelper['helpers']> = {
      httpRequest: async (options) => {
        asked.push(options);
        return { statusCode: 200, headers: {}, body: '{"access_token":"new-token"}' };
      },
    };
    const context: IHttpRequestHelper = { helpers: helpers as IHttpRequestHelper['helpers'] };
    return { asked, output: credential.preAuthentication.call(context, { ...STORED, ...data } as ICredentialDataDecryptedObject) };
  }

  it('fills in the field that n8n renews and whose token it is, and no other', async () => {
    expect(await mint({}).output).toEqual({ accessToken: 'new-token', tokenOwner: tokenOwnerOf(ENTERED) });
    expect(JSON.stringify(await mint({}).output)).not.toContain('the-secret');
  });

  it('asks nobody when a token was pasted', async () => {
    const { asked, output } = mint({ authentication: 'accessToken' });

    expect(await output).toEqual({});
    expect(asked).toEqual([]);
  });

  it.each([
    [{ baseUrl: 'http://mc.adobe.io' }],
    [{ baseUrl: 'http://mc.adobe.io', authentication: 'accessToken' }],
    [{ organization: '../contoso' }],
    [{ organization: '', authentication: 'accessToken' }],
  ])('mints nothing for an address that cannot be used: %j', async (change) => {
    const { asked, output } = mint(change);

    expect(await refusalOf(output)).toMatchObject({ reason: 'invalidInput' });
    expect(asked).toEqual([]);
  });
});

/** What n8n does when a credential is tested. */
async function testWith(data: ICredentialDataDecryptedObject, answers: (options: IHttpRequestOptions) => unknown) {
  const asked: IHttpRequestOptions[] = [];
  const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
    asked.push(options);
    return answers(options);
  };
  const helpers: Partial<IHttpRequestHelper['helpers']> = { httpRequest };
  const context: IHttpRequestHelper = { helpers: helpers as IHttpRequestHelper['helpers'] };
  const stored = { ...data };
  const options: IHttpRequestOptions = {
    url: 'https://mc.adobe.io/x',
    headers: { ...credential.test.request.headers },
  };
  const sent = await authenticate(stored, options).catch(async () => {
    Object.assign(stored, await credential.preAuthentication.call(context, stored));
    return await authenticate(stored, options);
  });
  return { asked, sent };
}

describe('E3: a test', () => {
  const TOKEN = { statusCode: 200, headers: {}, body: '{"access_token":"new-token"}' };
  const refused = { statusCode: 400, headers: {}, body: '{"error":"invalid_client","error_description":"client_secret"}' };
  const noHost = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED', syscall: 'connect' });

  it('asks for a token, though one is stored, and whether Campaign is there', async () => {
    const { asked, sent } = await testWith(STORED, () => TOKEN);

    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST https://ims.example/token', 'HEAD https://mc.adobe.io']);
    expect(sent.headers).toEqual({ Authorization: 'Bearer new-token', 'X-Api-Key': 'the-api-key', 'Cache-Control': 'no-cache' });
  });

  it('asks only whether Campaign is there when a token is pasted', async () => {
    const { asked, sent } = await testWith({ ...STORED, authentication: 'accessToken' }, () => TOKEN);

    expect(asked.map(({ method }) => method)).toEqual(['HEAD']);
    expect(sent.headers).toMatchObject({ Authorization: 'Bearer pasted-token' });
  });

  it.each<[string, ICredentialDataDecryptedObject, (options: IHttpRequestOptions) => unknown, RegExp]>([
    ['a wrong secret after a good one', { clientSecret: 'wrong' }, () => refused, /^Copy 'Client Secret' again .* \(invalid_client\)\.$/],
    ['a secret that was deleted', {}, () => refused, /^Copy 'Client Secret' again/],
    ['slashes around the organization', { organization: '/northwind/' }, () => TOKEN, /^Enter 'northwind'/],
    ['a base URL without https', { baseUrl: 'mc.adobe.io' }, () => TOKEN, /^Enter a full address, e\.g\. https:/],
    [
      'a base URL without https, and a token',
      { baseUrl: 'mc.adobe.io', authentication: 'accessToken' },
      () => TOKEN,
      /^Enter a full address/,
    ],
    ['a line break in the key', { apiKey: 'a\nb', authentication: 'accessToken' }, () => TOKEN, /^Copy the value again/],
    [
      'a host where nothing answers',
      {},
      ({ method }) => (method === 'HEAD' ? Promise.reject(noHost) : TOKEN),
      /^Check 'API Base URL' in the credential: nothing answers there\./,
    ],
    [
      'an identity service that does not answer',
      { tokenUrl: 'https://ims.invalid/token' },
      () => Promise.reject(noHost),
      /^Check that this n8n may connect to ims\.invalid/,
    ],
  ])(
    'says what to do first: %s',
    async (_, change, answers, words) => {
      const { message } = await testWith({ ...STORED, ...change }, answers).then(
        () => ({ message: 'passed' }),
        (error: unknown) => error as Error,
      );
      expect(message).toMatch(words);
      // n8n would show a text of its own in place of such a message.
      expect(message).not.toMatch(/ECONN|ENOTFOUND/);
    },
    20_000,
  );

  it('is told to runs the other way round: what happened, then what to do', async () => {
    const error: unknown = await testWith({ ...STORED, clientSecret: ' ' }, () => TOKEN).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(CredentialProblem);
    expect(error).toMatchObject({ problem: { message: "'Client Secret' in the credential is empty" } });
  });
});

describe('the test', () => {
  const { request, rules = [] } = credential.test;

  /** What n8n shows for an answer: the message of the first rule that holds. */
  const verdict = (body: Readonly<Record<string, unknown>>): string | undefined =>
    rules.find((rule) => rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value)?.properties.message;

  it('asks for one key of one profile', () => {
    const url = `${String(evaluate(request.baseURL, STORED))}${String(evaluate(request.url, STORED))}`;

    expect(url).toBe('https://mc.adobe.io/northwind/campaign/profileAndServices/profile/PKey?_lineCount=1');
    expect(evaluate(request.baseURL, { ...STORED, baseUrl: '' })).toBe('https://mc.adobe.io');
    const copied = { ...STORED, baseUrl: ' \u200bhttps://mc.adobe.io\u00a0', organization: '\ufeffnorthwind\u2060\n' };
    expect(`${String(evaluate(request.baseURL, copied))}${String(evaluate(request.url, copied))}`).toMatch(
      /^https:\/\/mc\.adobe\.io\/northwind\/campaign\//,
    );
  });

  it('follows no redirect, and looks at the answer whatever its status, but for 401, which renews the token', () => {
    expect(request).toMatchObject({ disableFollowRedirect: true, ignoreHttpStatusErrors: { ignore: true, except: [401] } });
  });

  it('passes with a list of keys', () => {
    expect(verdict({ content: ['@a'] })).toBeUndefined();
    expect(verdict({ content: [] })).toBeUndefined();
  });

  it.each([
    [{ error_code: '403000', message: 'Api Key is required' }, /'API Key \(Client ID\)'/],
    [{ error_code: '403003', message: 'Api Key is invalid' }, /API key is not valid/],
    [{ error_code: '403010', message: 'Oauth token is missing.' }, /token did not arrive/],
    [{ error_code: '403011', message: 'Scope mismatch' }, /'Scopes'/],
    [{ error_code: '403023', message: 'Profile is not valid' }, /product profile/],
    [{ code: 500, message: 'Oops. Something went wrong. Check your URI and try again.' }, /does not know this organization/],
    [{ code: 502, message: 'Oops. Something went wrong. Check your URI and try again.' }, /ask Adobe/],
    [{ message: 'something else' }, /'API Base URL' and 'Organization'/],
    [{}, /'API Base URL' and 'Organization'/],
  ])('tells %j from the others', (body, message) => {
    expect(verdict(body)).toMatch(message);
  });

  it('tells a token that is not valid by the status', () => {
    expect(rules.find((rule) => rule.type === 'responseCode')?.properties).toMatchObject({
      value: 401,
      message: expect.stringMatching(/token is not valid or has expired/),
    });
  });

  it('agrees with what a run says', () => {
    for (const error_code of ['403000', '403003', '403010', '403011', '403023']) {
      const answer = { status: 403, headers: {}, body: JSON.stringify({ error_code }), attempts: 1, isUncertain: false };
      const { message } = refusal({ method: 'GET', url: 'https://mc.adobe.io/x' }, answer, { subject: 'profile' });

      expect(verdict({ error_code })).toContain(message);
      expect(verdict({ error_code })?.startsWith(message)).toBe(false);
    }
  });
});

describe('what is easily got wrong', () => {
  it.each(['Bearer pasted-token', 'bearer  pasted-token\n', ' pasted-token '])('takes a token as it is copied: %j', async (bearerToken) => {
    expect(await headersFor({ ...STORED, authentication: 'accessToken', bearerToken })).toMatchObject({
      Authorization: 'Bearer pasted-token',
    });
  });

  it('tests the organization that a run would use, without the blanks around it', () => {
    expect(evaluate(credential.test.request.url, { ...STORED, organization: ' northwind ' })).toBe(
      '/northwind/campaign/profileAndServices/profile/PKey?_lineCount=1',
    );
  });
});
