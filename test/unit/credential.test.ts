import {
  Workflow,
  type ICredentialDataDecryptedObject,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type INodeTypes,
} from 'n8n-workflow';

import { AdobeCampaignApi } from '../../credentials/AdobeCampaignApi.credentials';
import { refusal } from '../../nodes/shared/campaign/refusals';
import { node } from './support/context';
import { refusalOf } from './support/errors';

const credential = new AdobeCampaignApi();
const STORED: ICredentialDataDecryptedObject = {
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

/** Evaluates an expression of the credential as n8n does. */
function evaluate(expression: unknown, data: ICredentialDataDecryptedObject): unknown {
  const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }) } as unknown as INodeTypes;
  const workflow = new Workflow({ nodes: [node()], connections: {}, active: false, nodeTypes });
  return workflow.expression.getSimpleParameterValue(node(), String(expression), 'internal', { $credentials: data });
}

const headersFor = (data: ICredentialDataDecryptedObject) =>
  Object.fromEntries(
    Object.entries(credential.authenticate.properties.headers ?? {}).map(([name, value]) => [name, evaluate(value, data)]),
  );

describe('the headers', () => {
  it('hold the minted token, or the pasted one', () => {
    expect(headersFor(STORED)).toEqual({ Authorization: 'Bearer minted-token', 'X-Api-Key': 'the-api-key' });
    expect(headersFor({ ...STORED, authentication: 'accessToken' })).toEqual({
      Authorization: 'Bearer pasted-token',
      'X-Api-Key': 'the-api-key',
    });
  });

  it('are all that carries a secret: no query, no body', () => {
    expect(Object.keys(credential.authenticate.properties)).toEqual(['headers']);
  });
});

describe('the fields', () => {
  const field = (name: string) => credential.properties.find((property) => property.name === name);

  it.each(['apiKey', 'clientSecret', 'bearerToken', 'accessToken'])('hide %s', (name) => {
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

  it('fills in the field that n8n renews, and no other', async () => {
    expect(await mint({}).output).toEqual({ accessToken: 'new-token' });
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

describe('the test', () => {
  const { request, rules = [] } = credential.test;

  /** What n8n shows for an answer: the message of the first rule that holds. */
  const verdict = (body: Readonly<Record<string, unknown>>): string | undefined =>
    rules.find((rule) => rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value)?.properties.message;

  it('asks for one key of one profile', () => {
    const url = `${String(evaluate(request.baseURL, STORED))}${String(evaluate(request.url, STORED))}`;

    expect(url).toBe('https://mc.adobe.io/northwind/campaign/profileAndServices/profile/PKey?_lineCount=1');
    expect(evaluate(request.baseURL, { ...STORED, baseUrl: '' })).toBe('https://mc.adobe.io');
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
    }
  });
});

describe('what is easily got wrong', () => {
  it.each(['Bearer pasted-token', 'bearer  pasted-token\n', ' pasted-token '])('takes a token as it is copied: %j', (bearerToken) => {
    expect(headersFor({ ...STORED, authentication: 'accessToken', bearerToken }).Authorization).toBe('Bearer pasted-token');
  });

  it('tests the organization that a run would use, without the blanks around it', () => {
    expect(evaluate(credential.test.request.url, { ...STORED, organization: ' northwind ' })).toBe(
      '/northwind/campaign/profileAndServices/profile/PKey?_lineCount=1',
    );
  });
});
