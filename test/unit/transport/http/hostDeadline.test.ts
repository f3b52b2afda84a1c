import axios, { type AxiosRequestConfig } from 'axios';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Socket } from 'node:net';

import { requestAccessToken } from '../../../../nodes/shared/campaign/access/accessToken';
import { inTime } from '../../../../nodes/shared/transport/http/hostTime';
import { hostTransport } from '../../../../nodes/shared/transport/http/hostTransport';
import { readHostBody } from '../../../../nodes/shared/transport/http/hostBody';
import { TokenRequests } from '../../../../nodes/shared/transport/http/tokenRequests';
import { fakeContext } from '../../support/context';
import { refusalOf, rejectionOf } from '../../support/errors';
import { serve, serveSockets, until, type LocalServer } from '../../support/servers';

jest.setTimeout(30_000);

let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** What n8n's helper does with the options, as far as it matters here. */
async function helper(
  this: { getExecutionCancelSignal?: () => AbortSignal | undefined } | undefined,
  _: string,
  options: unknown,
): Promise<unknown> {
  const { url, method, headers, body, encoding, timeout, abortSignal } = options as IHttpRequestOptions;
  const request: AxiosRequestConfig = {
    url,
    method,
    headers: headers as Record<string, string>,
    data: body,
    responseType: encoding,
    timeout,
    signal: this?.getExecutionCancelSignal ? this.getExecutionCancelSignal() : abortSignal,
    maxContentLength: Infinity,
    maxRedirects: 0,
  };
  const answer = await axios(request);
  return { statusCode: answer.status, headers: answer.headers, body: answer.data as unknown };
}

async function ask(to: LocalServer, milliseconds = 300, signal?: AbortSignal): Promise<unknown> {
  server = to;
  const { context } = fakeContext({ signal, request: helper });
  return await hostTransport(context, 'adobeCampaignApi', { milliseconds, apiKey: '', signal }).send({ method: 'GET', url: `${to.url}/x` });
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
/** Writes a byte now and then, which begins the helper's own timeout anew. */
function drip(socket: Socket, first: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(' '), 20);
  socket.on('close', () => clearInterval(timer));
  socket.on('error', () => {});
}

const onRequest = (answer: (socket: Socket) => void) => (socket: Socket) => {
  socket.on('error', () => {});
  socket.once('data', () => answer(socket));
};

describe("B4, B20: through n8n's helper there is a deadline for the whole answer", () => {
  it.each([
    ['a body that drips', (socket: Socket) => drip(socket, `${HEAD}Transfer-Encoding: identity\r\n\r\n{`)],
    ['headers that drip', (socket: Socket) => drip(socket, `${HEAD}X-Dripping: `)],
    ['a status line that drips', (socket: Socket) => drip(socket, 'HTTP/1.1 200 ')],
    ['nothing at all', () => {}],
    ['101', (socket: Socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')],
    ['an error whose body drips', (socket: Socket) => drip(socket, 'HTTP/1.1 503 No\r\nContent-Type: text/plain\r\n\r\nx')],
    ['a 401 whose body drips', (socket: Socket) => drip(socket, 'HTTP/1.1 401 No\r\nContent-Type: text/plain\r\n\r\nx')],
  ])('for %s, after which nothing stays open', async (_, answer) => {
    const asked = ask(await serveSockets('http', onRequest(answer)));
    expect(await rejectionOf(asked)).toMatchObject({ name: 'TransportError', failure: 'interrupted' });
    await until(() => server?.open === 0);
  });

  it('and a bound for what is read: an endless body ends the request, not the memory', async () => {
    const endless = (socket: Socket): void => {
      socket.write(`${HEAD}\r\n`);
      const more = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(1024 * 1024, 32)));
      };
      socket.on('drain', more);
      more();
    };
    const error = await rejectionOf(ask(await serveSockets('http', onRequest(endless)), 25_000));
    expect(error).toMatchObject({ failure: 'unreadable', detail: 'the answer is longer than 64 MB' });
    await until(() => server?.open === 0);
  });

  it('and a stop ends it at once, in the middle of the body', async () => {
    const stop = new AbortController();
    const dripping = await serveSockets(
      'http',
      onRequest((socket) => {
        drip(socket, `${HEAD}\r\n{`);
        setImmediate(() => stop.abort());
      }),
    );
    expect(await rejectionOf(ask(dripping, 25_000, stop.signal))).toMatchObject({ failure: 'cancelled' });
    await until(() => server?.open === 0);
  });

  it('an answer in time is read whole, packed or in pieces of characters', async () => {
    const text = JSON.stringify({ name: 'Zoë Łęcka 漢字 🎉' });
    const inPieces = await serve((_, response) => {
      const bytes = Buffer.from(text);
      for (let index = 0; index < bytes.length; index += 1) response.write(bytes.subarray(index, index + 1));
      response.end();
    });
    expect(await ask(inPieces, 25_000)).toMatchObject({ status: 200, body: text });
  });
});

describe('B20: a body', () => {
  it('that breaks off is an error of the network, not an empty answer', async () => {
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a"');
      setImmediate(() => response.destroy());
    });
    expect(await rejectionOf(ask(cut, 25_000))).toMatchObject({ failure: 'interrupted' });
  });

  it('of a stream that never ends by itself is left at the end of the time', async () => {
    const end = new AbortController();
    const hung = { [Symbol.asyncIterator]: () => ({ next: async () => await new Promise<never>(() => {}) }), destroy: jest.fn() };
    const reading = readHostBody(hung, end.signal);
    end.abort();
    await expect(reading).rejects.toMatchObject({ failure: 'cancelled' });
    expect(hung.destroy).toHaveBeenCalled();
  });
});

describe('B20: the time of a request', () => {
  it('is not used up while a token is on its way', async () => {
    const tokens = new TokenRequests();
    let mint: (() => void) | undefined;
    const minting = tokens.during('key', async () => await new Promise<void>((resolve) => (mint = resolve)));
    let isOver = false;
    const asked = inTime({ milliseconds: 20, apiKey: 'key' }, async () => await new Promise<never>(() => {}), tokens).catch(
      (error: unknown) => {
        isOver = true;
        return error;
      },
    );
    // Another request, whose credential asks for no token, shows that the same time has passed.
    await rejectionOf(inTime({ milliseconds: 60, apiKey: 'other' }, async () => await new Promise<never>(() => {}), tokens));
    expect(isOver).toBe(false);
    mint?.();
    await minting;
    expect(await asked).toMatchObject({ failure: 'interrupted', detail: 'ETIMEDOUT' });
  });
});

describe('a stop', () => {
  it('ends a request at once while the helper waits for a token that never comes', async () => {
    const stop = new AbortController();
    const tokens = new TokenRequests();
    const task = async (): Promise<never> => {
      setImmediate(() => stop.abort());
      return await tokens.during('key', async () => await new Promise<never>(() => {}));
    };
    const asked = inTime({ milliseconds: 3_600_000, apiKey: 'key', signal: stop.signal }, task, tokens);
    expect(await rejectionOf(asked)).toMatchObject({ failure: 'cancelled' });
  });
});

describe('B20: the identity service', () => {
  const token = async (to: LocalServer) => {
    server = to;
    const httpRequest = async (options: IHttpRequestOptions) => await helper.call({}, '', options);
    const credential = { apiKey: 'k', clientSecret: 's', tokenUrl: `${to.url}/token` };
    return await refusalOf(requestAccessToken({ httpRequest }, credential, async () => {}));
  };

  it('that drips has one deadline for its answer', async () => {
    // The same, in milliseconds instead of half a minute.
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      return controller.signal;
    });
    const details = await token(
      await serveSockets(
        'http',
        onRequest((socket) => drip(socket, `${HEAD}\r\n{`)),
      ),
    );
    timeout.mockRestore();
    expect(details).toMatchObject({ reason: 'unavailable', message: expect.stringContaining('ETIMEDOUT') });
  });

  it('that never stops answering is not listened to for long', async () => {
    const endless = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect((await token(endless)).reason).toBe('unavailable');
    await until(() => server?.open === 0);
  });
});

describe('B24: what is not the identity service', () => {
  const answering = (answer: () => unknown) =>
    ({ httpRequest: async () => answer() }) as unknown as Parameters<typeof requestAccessToken>[0];
  const credential = { apiKey: 'k', clientSecret: 's' };

  it('a proxy that wants a sign-in is called one, and not asked again', async () => {
    let asked = 0;
    const proxy = answering(() => {
      asked += 1;
      return { statusCode: 407, headers: {}, body: '' };
    });
    const { message, reason } = await refusalOf(requestAccessToken(proxy, credential, async () => {}));
    expect([message, reason]).toEqual([expect.stringContaining('proxy'), 'unauthorized']);
    expect(asked).toBe(1);
  });

  it.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError'])("n8n's egress rule %s is called one", async (name) => {
    const Rule = Object.defineProperty(class extends Error {}, 'name', { value: name });
    const rule = new Rule('The host is on the list of those that are blocked');
    const { message, description } = await refusalOf(
      requestAccessToken(
        answering(() => Promise.reject(rule)),
        credential,
        async () => {},
      ),
    );
    expect(message).toContain('The host is on the list of those that are blocked');
    expect(message).not.toContain('could not be reached');
    expect(description).toContain('network rules');
  });
});
