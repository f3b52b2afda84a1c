import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';

import { NodeApiError, NodeOperationError, type IHttpRequestOptions, type JsonObject } from 'n8n-workflow';

import { CampaignError } from '../../../../nodes/shared/campaign/error';
import { hostTransport } from '../../../../nodes/shared/transport/http/hostTransport';
import type { CampaignRequest } from '../../../../nodes/shared/transport/transport';
import { PROFILES } from '../../support/campaign';
import { fakeContext, node } from '../../support/context';
import { rejectionOf } from '../../support/errors';

const GET: CampaignRequest = { method: 'GET', url: `${PROFILES}/@a` };
const PATCH: CampaignRequest = { method: 'PATCH', url: `${PROFILES}/@a`, body: '{"phone":"1"}' };

/** What n8n's request library throws. Its `config` holds the token, as the real one's does. */
class AxiosError extends Error {
  readonly isAxiosError = true;
  readonly config = { headers: { Authorization: 'Bearer the-token' } };

  constructor(
    message: string,
    readonly code?: string,
    readonly response?: { readonly status: number; readonly headers: unknown; readonly data: unknown },
  ) {
    super(message);
  }
}

/** `httpRequestWithAuthentication` wraps whatever goes wrong in a NodeApiError. */
const wrapped = (error: Error) => new NodeApiError(node(), error as unknown as JsonObject);

/** A transport over n8n's helper that does this, and what the helper was given. */
function transport(behaviour: () => unknown, signal?: AbortSignal) {
  const asked: Array<{ credentialType: string; options: IHttpRequestOptions; context: unknown }> = [];
  const { context } = fakeContext({
    async request(this: unknown, credentialType: string, options: unknown) {
      asked.push({ credentialType, options: options as IHttpRequestOptions, context: this });
      return behaviour();
    },
  });
  return { asked, context, subject: hostTransport(context, 'adobeCampaignApi', { milliseconds: 60_000, apiKey: '', signal }) };
}

function throwing(error: unknown, signal?: AbortSignal) {
  return transport(() => {
    throw error;
  }, signal).subject;
}

describe('a request', () => {
  it("goes out with n8n's helper, the credential and Campaign's headers", async () => {
    const { subject, asked, context } = transport(() => ({ statusCode: 200, headers: {}, body: '' }));
    await subject.send(PATCH);

    expect(asked).toHaveLength(1);
    expect(asked[0]?.credentialType).toBe('adobeCampaignApi');
    // All of n8n's context but for the signal, which ends the request at its deadline as well.
    expect(Object.getPrototypeOf(asked[0]?.context)).toBe(context);
    expect(asked[0]?.options).toMatchObject({
      method: 'PATCH',
      url: `${PROFILES}/@a`,
      body: '{"phone":"1"}',
      headers: { 'Cache-Control': 'no-cache', 'Content-Type': expect.stringMatching(/^application\/json;\s*charset=utf-8$/) },
      encoding: 'stream',
      returnFullResponse: true,
      timeout: 60_000,
    });
  });

  it('follows no redirect with a token', async () => {
    const { subject, asked } = transport(() => ({ statusCode: 200, headers: {}, body: '' }));
    await subject.send(GET);

    expect(asked[0]?.options.disableFollowRedirect).toBe(true);
    expect(asked[0]?.options.sendCredentialsOnCrossOriginRedirect).toBe(false);
  });

  it('does not keep n8n from renewing the token after 401', async () => {
    const { subject, asked } = transport(() => ({ statusCode: 200, headers: {}, body: '' }));
    await subject.send(GET);

    expect(asked[0]?.options.ignoreHttpStatusErrors).toBeUndefined();
  });

  it('can be sent again: n8n writes into what it is given', async () => {
    const { subject, asked } = transport(() => {
      const { headers } = asked.at(-1)?.options ?? {};
      if (headers) headers.Authorization = 'Bearer the-token';
      return { statusCode: 200, headers: {}, body: '' };
    });
    await subject.send(GET);
    const [first] = asked;
    await subject.send(GET);

    expect(asked[1]?.options).not.toBe(first?.options);
    expect(asked[1]?.options.headers).not.toBe(first?.options.headers);
  });
});

describe('an answer', () => {
  it.each([
    ['text', '{"PKey":"@a"}', '{"PKey":"@a"}'],
    ['what n8n has parsed already', { PKey: '@a' }, '{"PKey":"@a"}'],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['an empty text', '', ''],
  ])('is text, be it %s', async (_, body, expected) => {
    expect((await transport(() => ({ statusCode: 200, headers: {}, body })).subject.send(GET)).body).toBe(expected);
  });

  it.each([
    ['is none', Buffer.from('not packed'), { failure: 'unreadable', detail: 'the answer is not the packed data it says' }],
    ['was cut', gzipSync('{"PKey":"@a"}'.repeat(50)).subarray(0, 20), { failure: 'interrupted', detail: 'ECONNRESET' }],
  ])('that n8n unpacks and that %s is told, and is no mistake of n8n', async (_, body, expected) => {
    const { subject } = transport(() => ({ statusCode: 200, headers: {}, body: Readable.from([body]).pipe(createGunzip()) }));

    expect(await rejectionOf(subject.send(GET))).toMatchObject(expected);
  });

  it('has its headers in lower case', async () => {
    const { subject } = transport(() => ({
      statusCode: 204,
      headers: { 'X-Request-Id': 'req-7', 'Retry-After': 3, Via: ['a', 'b'] },
      body: '',
    }));

    expect(await subject.send(GET)).toEqual({
      status: 204,
      headers: { 'x-request-id': 'req-7', 'retry-after': '3', via: 'a,b' },
      body: '',
    });
  });

  it.each([400, 401, 403, 404, 429, 500, 502, 302])('of %i is one, too, although n8n throws it', async (status) => {
    const error = new AxiosError(`Request failed with status code ${status}`, 'ERR_BAD_REQUEST', {
      status,
      headers: { 'Retry-After': '7', 'X-Request-Id': 'req-7' },
      data: '{"error_code":"401013","message":"Oauth token is not valid"}',
    });

    const answer = {
      status,
      headers: { 'retry-after': '7', 'x-request-id': 'req-7' },
      body: '{"error_code":"401013","message":"Oauth token is not valid"}',
    };
    expect(await throwing(wrapped(error)).send(GET)).toEqual(answer);
    // Older versions of n8n do not wrap it.
    expect(await throwing(error).send(GET)).toEqual(answer);
  });

  it.each([
    ['HTML', '<html>Bad Gateway</html>', '<html>Bad Gateway</html>'],
    ['no body', undefined, ''],
    ['parsed JSON', { code: 500 }, '{"code":500}'],
  ])('that n8n throws may hold %s', async (_, data, body) => {
    expect(
      await throwing(wrapped(new AxiosError('Request failed', 'ERR_BAD_RESPONSE', { status: 502, headers: {}, data }))).send(GET),
    ).toMatchObject({
      status: 502,
      body,
    });
  });

  it('that came before the workflow was stopped still counts', async () => {
    const error = wrapped(new AxiosError('Request failed', 'ERR_BAD_REQUEST', { status: 404, headers: {}, data: '' }));

    expect(await throwing(error, AbortSignal.abort()).send(GET)).toMatchObject({ status: 404 });
  });
});

describe('no answer', () => {
  it.each([
    ['ECONNREFUSED', 'notDelivered'],
    ['ENOTFOUND', 'notDelivered'],
    ['EAI_AGAIN', 'notDelivered'],
    ['ECONNRESET', 'interrupted'],
    ['ECONNABORTED', 'interrupted'],
    ['ETIMEDOUT', 'interrupted'],
    ['EPIPE', 'interrupted'],
    ['ERR_NETWORK', 'interrupted'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'blocked'],
    ['CERT_HAS_EXPIRED', 'blocked'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'blocked'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'blocked'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'blocked'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'interrupted'],
    ['EPROTO', 'interrupted'],
  ])('because of %s was %s', async (code, failure) => {
    const error = new AxiosError(`connect ${code} 192.0.2.7:443`, code);

    expect(await rejectionOf(throwing(wrapped(error)).send(GET))).toMatchObject({ name: 'TransportError', failure, detail: code });
    expect(await rejectionOf(throwing(error).send(GET))).toMatchObject({ name: 'TransportError', failure, detail: code });
  });

  it('because the workflow was stopped is no loss', async () => {
    const error = wrapped(new AxiosError('canceled', 'ERR_CANCELED'));

    expect(await rejectionOf(throwing(error, AbortSignal.abort()).send(GET))).toMatchObject({ failure: 'cancelled' });
  });

  it('holds nothing of the request', async () => {
    const error = await rejectionOf(throwing(wrapped(new AxiosError('reset; Authorization: Bearer the-token', 'ECONNRESET'))).send(GET));

    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)} ${JSON.stringify(error)} ${Object.values(error as object).join()}`).not.toContain('the-token');
  });
});

describe('what comes from the credential', () => {
  it("goes on as it is, out of n8n's wrapping", async () => {
    const error = new CampaignError({
      reason: 'invalidInput',
      message: "'Client Secret' in the credential is empty",
      description: 'Copy it.',
    });

    expect(await rejectionOf(throwing(wrapped(error)).send(GET))).toBe(error);
  });

  it("keeps n8n's sentence about a missing credential", async () => {
    const error = new NodeOperationError(node(), 'Node "Adobe" does not have any credentials of type "adobeCampaignApi" set');

    expect(await rejectionOf(throwing(wrapped(error)).send(GET))).toMatchObject({
      message: expect.stringContaining('does not have any credentials'),
    });
  });
});

describe('no route to the host', () => {
  it.each([
    ['connect', 'notDelivered'],
    ['read', 'interrupted'],
    [undefined, 'interrupted'],
  ])('proves only while connecting that nothing was delivered: %s', async (syscall, failure) => {
    const error = wrapped(Object.assign(new AxiosError('No route', 'EHOSTUNREACH'), { syscall }));

    expect(await rejectionOf(throwing(error).send(PATCH))).toMatchObject({ failure });
  });
});

describe('TLS', () => {
  it.each([
    ['ECONNRESET', true, 'notDelivered'],
    ['EPROTO', true, 'notDelivered'],
    ['ECONNABORTED', true, 'notDelivered'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', true, 'blocked'],
    ['ECONNRESET', false, 'interrupted'],
    ['EPROTO', false, 'interrupted'],
  ])('proves that nothing was delivered as long as it has not come about: %s, %s', async (code, secureConnecting, failure) => {
    const error = wrapped(Object.assign(new AxiosError('TLS', code), { request: { socket: { secureConnecting } } }));

    expect(await rejectionOf(throwing(error).send(PATCH))).toMatchObject({ failure, detail: code });
  });

  it.each([
    [true, 'blocked', 'no TLS at this address'],
    [false, 'interrupted', 'EPROTO'],
  ])('is not waited for where the other side does not speak it, unless it did before: %s', async (secureConnecting, failure, detail) => {
    const cause = new AxiosError('write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number', 'EPROTO');
    const error = wrapped(Object.assign(cause, { request: { socket: { secureConnecting } } }));

    expect(await rejectionOf(throwing(error).send(PATCH))).toMatchObject({ failure, detail });
  });
});

describe('what is easily got wrong', () => {
  it.each(['ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_URL', 'ERR_BAD_OPTION_VALUE'])(
    'is not repeated, nor said to have perhaps been carried out, when it could not even be put together: %s',
    async (code) => {
      // E.g. a 'Timeout' whose expression gives text, or a pasted token with a dash of a text editor in it.
      const error = await rejectionOf(
        throwing(wrapped(new AxiosError('Invalid character in header content ["authorization"]', code))).send(PATCH),
      );

      expect(error).not.toMatchObject({ failure: 'interrupted' });
    },
  );

  it("is blocked where the instance's egress rules forbid the address", async () => {
    class SsrfBlockedIpError extends Error {}
    const error = wrapped(new SsrfBlockedIpError('The request was blocked because it resolves to a restricted IP address'));

    expect(await rejectionOf(throwing(error).send(GET))).toMatchObject({ failure: 'blocked' });
  });

  it('hands on no error that has the request, and so the token, in it', async () => {
    const error = await rejectionOf(throwing(wrapped(new AxiosError('Something without a code'))).send(GET));

    expect(JSON.stringify({ ...(error as object) })).not.toContain('the-token');
  });
});
