import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';

import { connectionsTo } from '../../../../nodes/shared/transport/http/connections';
import { PooledSender } from '../../../../nodes/shared/transport/http/pooledSender';
import type { CampaignRequest, CampaignResponse, TransportError } from '../../../../nodes/shared/transport/transport';
import { makeCertificate } from '../../../simulator/certificate';
import { rejectionOf } from '../../support/errors';
import { serve, serveSockets, until, type LocalServer } from '../../support/servers';

const ACCESS = { Authorization: 'Bearer the-token', 'X-Api-Key': 'the-api-key' };
/** As in the first versions of n8n that can tell. */
const NO_RULES = { helpers: { getSecureEgressFilter: () => undefined as never } };

const servers: LocalServer[] = [];

async function senderTo(server: LocalServer | string, milliseconds = 60_000, signal?: AbortSignal): Promise<PooledSender> {
  const url = typeof server === 'string' ? server : server.url;
  if (typeof server !== 'string') servers.push(server);
  const connections = connectionsTo(NO_RULES, url);
  if (!connections) throw new Error('There is no pool');
  return new PooledSender(connections, milliseconds, signal);
}

/** Sends one request to a server that handles it like this. */
async function ask(handler: RequestListener, method: CampaignRequest['method'] = 'GET', milliseconds?: number): Promise<CampaignResponse> {
  const server = await serve(handler);
  const sender = await senderTo(server, milliseconds);
  return await sender.send({ method, url: `${server.url}/a`, body: method === 'GET' ? undefined : '{}' }, ACCESS);
}

const failureOf = async (asked: Promise<unknown>): Promise<TransportError> => (await rejectionOf(asked)) as TransportError;

afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});

describe('a request', () => {
  it('goes out as it stands, with the headers that open Campaign', async () => {
    const seen: Array<{ headers: NodeJS.Dict<string | string[]>; body: string }> = [];
    const server = await serve((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        seen.push({ headers: request.headers, body });
        response.end();
      });
    });
    const sender = await senderTo(server);
    await sender.send(
      { method: 'PATCH', url: `${server.url}/northwind/campaign/profile/@a//_count?b=%40c`, body: '{"city":"Zürich"}' },
      ACCESS,
    );

    expect(server.requests).toEqual(['PATCH /northwind/campaign/profile/@a//_count?b=%40c']);
    expect(seen).toMatchObject([
      {
        body: '{"city":"Zürich"}',
        headers: {
          authorization: 'Bearer the-token',
          'x-api-key': 'the-api-key',
          accept: 'application/json',
          'accept-encoding': 'identity',
          'cache-control': 'no-cache',
          'content-type': 'application/json;charset=utf-8',
        },
      },
    ]);
  });

  it('uses the connection of the one before', async () => {
    const server = await serve((_, response) => response.end());
    const sender = await senderTo(server);
    for (let count = 0; count < 10; count += 1) await sender.send({ method: 'GET', url: server.url }, ACCESS);

    expect(server.opened).toBe(1);
  });

  it('shares connections with those of other executions: never more are open than requests in flight', async () => {
    const server = await serve((_, response) => response.end('{}'));
    const senders = [await senderTo(server), await senderTo(server.url)];
    let left = 300;
    const work = async (sender: PooledSender): Promise<void> => {
      while (left-- > 0) await sender.send({ method: 'GET', url: server.url }, ACCESS);
    };
    await Promise.all([...senders, ...senders, ...senders].map(work));

    expect(server.requests).toHaveLength(300);
    expect(server.opened).toBeLessThanOrEqual(6);
  });
});

describe('an answer', () => {
  it.each([200, 204, 401, 404, 429, 500, 503])('of %i is one', async (status) => {
    const answer = await ask((_, response) => response.writeHead(status, { 'X-Request-Id': 'req-7', 'Retry-After': '3' }).end());

    expect(answer).toMatchObject({ status, headers: { 'x-request-id': 'req-7', 'retry-after': '3' }, body: '' });
  });

  it('that leads elsewhere is not followed', async () => {
    const elsewhere = await serve((_, response) => response.end('secret'));
    servers.push(elsewhere);

    expect(await ask((_, response) => response.writeHead(302, { location: elsewhere.url }).end())).toMatchObject({
      status: 302,
      headers: { location: elsewhere.url },
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it.each(['application/json', 'text/html', 'image/png', 'application/json;charset=iso-8859-1', ''])(
    'is text in UTF-8 also as %s',
    async (type) => {
      const text = '<html>Zürich, São Paulo, 東京</html>';
      const bytes = Buffer.from(text);
      const middle = bytes.indexOf(0xc3) + 1;
      const answer = await ask((_, response) => {
        response.writeHead(200, { 'content-type': type });
        // A character in two pieces.
        response.write(bytes.subarray(0, middle), () => setImmediate(() => response.end(bytes.subarray(middle))));
      });

      expect(answer.body).toBe(text);
    },
  );

  it('is the one after hints that come early', async () => {
    const answer = await ask((_, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeHead(200, { 'x-request-id': 'req-8' }).end('{"city":"Zürich"}');
    });

    expect(answer).toMatchObject({ status: 200, headers: { 'x-request-id': 'req-8' }, body: '{"city":"Zürich"}' });
  });

  it('is text without the mark of its byte order', async () => {
    expect((await ask((_, response) => response.end('\uFEFF{"city":"Zürich"}'))).body).toBe('{"city":"Zürich"}');
  });

  it.each(['gzip', 'x-gzip', 'GZIP'])('is unpacked although nobody asked for %s', async (encoding) => {
    const answer = await ask((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync('{"city":"Zürich"}')));

    expect(answer.body).toBe('{"city":"Zürich"}');
  });

  it.each([
    ['gzip', 'this is not packed', /not the gzip it says/],
    ['br', 'who knows', /packed as br/],
  ])('that says %s and cannot be unpacked is told', async (encoding, body, detail) => {
    const handler: RequestListener = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);

    expect(await failureOf(ask(handler))).toMatchObject({ failure: 'unreadable', detail: expect.stringMatching(detail) });
    expect(await failureOf(ask(handler, 'PATCH'))).toMatchObject({ failure: 'interrupted' });
  });

  it('that is packed and was cut is no answer: it may be asked for again', async () => {
    const packed = gzipSync('{"city":"Zürich"}'.repeat(50));
    const handler: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length / 2));

    expect(await failureOf(ask(handler))).toMatchObject({ failure: 'interrupted', detail: 'ECONNRESET' });
  });

  it.each([
    ['as it is', 0],
    ['packed', 1],
  ])('beyond all bounds is not read to its end: %s', async (_, packs) => {
    const body = packs ? gzipSync(Buffer.alloc(65 * 1024 * 1024)) : Buffer.alloc(65 * 1024 * 1024);
    const handler: RequestListener = (__, response) => response.writeHead(200, packs ? { 'content-encoding': 'gzip' } : {}).end(body);

    expect(await failureOf(ask(handler))).toMatchObject({ failure: 'unreadable', detail: 'the answer is longer than 64 MB' });
  });
});

/** An alert of TLS. */
const INTERNAL_ERROR = Buffer.from([21, 3, 3, 0, 2, 2, 80]);

describe('no answer', () => {
  it('B10: in time, because the connection never came up, was not delivered', async () => {
    // Takes the connection, and never says a word of TLS.
    const server = await serveSockets('https', () => {});
    const sender = await senderTo(server, 150);

    expect(await failureOf(sender.send({ method: 'POST', url: server.url }, ACCESS))).toMatchObject({
      failure: 'notDelivered',
      detail: 'ETIMEDOUT',
    });
  });

  it('in time over a connection that was up means that nobody knows, be it the first request on it or a later one', async () => {
    let isSilent = false;
    const server = await serve((_, response) => {
      if (!isSilent) response.end('{}');
    });
    const sender = await senderTo(server, 1000);
    const post = { method: 'POST', url: server.url } as const;
    await sender.send(post, ACCESS);
    isSilent = true;

    expect(await failureOf(sender.send(post, ACCESS))).toMatchObject({ failure: 'interrupted', detail: 'ETIMEDOUT' });
    expect(await failureOf(sender.send(post, ACCESS))).toMatchObject({ failure: 'interrupted', detail: 'ETIMEDOUT' });
    expect(server.requests).toHaveLength(3);
  });

  it('because the connection breaks before it means that nobody knows, and is not tried again', async () => {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
      const server = await serve((request) => request.socket.destroy());
      const sender = await senderTo(server);

      expect(await failureOf(sender.send({ method, url: server.url }, ACCESS))).toMatchObject({
        failure: 'interrupted',
        detail: 'ECONNRESET',
      });
      expect(server.requests).toHaveLength(1);
    }
  });

  it('because the connection breaks within it is the same', async () => {
    const cut: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"PKey":', () => response.socket?.destroy());
    };

    expect(await failureOf(ask(cut))).toMatchObject({ failure: 'interrupted' });
  });

  it('because nobody listens was not delivered', async () => {
    const server = await serve(() => {});
    await server.close();
    const sender = await senderTo(server.url);

    expect(await failureOf(sender.send({ method: 'POST', url: server.url }, ACCESS))).toMatchObject({
      failure: 'notDelivered',
      detail: 'ECONNREFUSED',
    });
  });

  it('because nobody knows the host was not delivered', async () => {
    const sender = await senderTo('http://nowhere.invalid');

    expect(await failureOf(sender.send({ method: 'POST', url: 'http://nowhere.invalid' }, ACCESS))).toMatchObject({
      failure: 'notDelivered',
    });
  });

  it.each([
    ['cut', (socket: Socket) => socket.destroy()],
    ['refused with an alert', (socket: Socket) => socket.once('data', () => socket.end(INTERNAL_ERROR))],
  ])('because the TLS handshake is %s was not delivered', async (_, end) => {
    const server = await serveSockets('https', end);
    const sender = await senderTo(server);

    expect(await failureOf(sender.send({ method: 'POST', url: server.url }, ACCESS))).toMatchObject({ failure: 'notDelivered' });
  });

  it('because the other side speaks no TLS was blocked: it is no outage to wait for', async () => {
    const server = await serveSockets('https', (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const sender = await senderTo(server);

    expect(await failureOf(sender.send({ method: 'POST', url: server.url }, ACCESS))).toMatchObject({
      failure: 'blocked',
      detail: 'no TLS at this address',
    });
  });

  it('because the certificate is not to be trusted was blocked', async () => {
    const server = await serve((_, response) => response.end(), await makeCertificate('127.0.0.1'));
    const sender = await senderTo(server);

    expect(await failureOf(sender.send({ method: 'GET', url: server.url }, ACCESS))).toMatchObject({
      failure: 'blocked',
      detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(server.requests).toEqual([]);
  });

  it('because the token cannot be sent was blocked, and does not show it', async () => {
    const server = await serve((_, response) => response.end());
    const sender = await senderTo(server);
    const failure = await failureOf(sender.send({ method: 'GET', url: server.url }, { Authorization: 'Bearer the–token' }));

    expect(failure).toMatchObject({ failure: 'blocked' });
    expect(`${String(failure)} ${JSON.stringify(failure)} ${String(failure.cause)}`).not.toContain('the–token');
  });

  it('holds nothing of the request', async () => {
    const failure = await failureOf(ask((request) => request.socket.destroy()));

    expect(Object.getOwnPropertyNames(failure).sort()).toEqual(['detail', 'failure', 'message', 'name', 'stack']);
  });
});

describe('a connection that the server has closed meanwhile', () => {
  it('is not used again', async () => {
    const server = await serve((request, response) => response.end(() => request.socket.destroy()));
    const sender = await senderTo(server);
    const post: CampaignRequest = { method: 'POST', url: server.url, body: '{}' };
    for (let count = 1; count <= 3; count += 1) {
      expect(await sender.send(post, ACCESS)).toMatchObject({ status: 200 });
      await until(() => server.open === 0);
      // The other end of the same connection hears of it in the next turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      expect(server.requests).toHaveLength(count);
    }
    expect(server.opened).toBe(3);
  });
});

describe('an unused connection', () => {
  it('is closed by this side before the server does it', async () => {
    // The server announces three seconds and would never do it; one is what stays after a margin for the way.
    const server = await serve((_, response) => response.setHeader('Keep-Alive', 'timeout=3').end());
    await (await senderTo(server)).send({ method: 'GET', url: server.url }, ACCESS);
    expect(server.open).toBe(1);

    await until(() => server.open === 0);
  });
});

describe('the time for an answer', () => {
  const stalled: Array<[string, RequestListener]> = [
    ['that never begins', () => {}],
    [
      'that never ends, although there is always a little more of it',
      (_, response) => {
        const drip = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ];

  it.each(stalled)('ends for one %s', async (_, handler) => {
    expect(await failureOf(ask(handler, 'GET', 100))).toMatchObject({ failure: 'interrupted', detail: 'ETIMEDOUT' });
  });

  it('includes the connection', async () => {
    const server = await serveSockets('https', () => {});
    const sender = await senderTo(server, 100);

    expect(await failureOf(sender.send({ method: 'GET', url: server.url }, ACCESS))).toMatchObject({
      failure: 'notDelivered',
      detail: 'ETIMEDOUT',
    });
  });

  it('does not spoil the next request', async () => {
    let count = 0;
    const server = await serve((_, response) => {
      count += 1;
      if (count > 1) response.end('late');
    });
    const sender = await senderTo(server, 200);
    await failureOf(sender.send({ method: 'GET', url: server.url }, ACCESS));

    expect(await sender.send({ method: 'GET', url: server.url }, ACCESS)).toMatchObject({ body: 'late' });
  });
});

describe('the stop of the workflow', () => {
  it('ends every request under way, wherever it is, and its connection', async () => {
    const stop = new AbortController();
    const server = await serve((request, response) => {
      // Some have no answer yet, some have half of one. None ever ends.
      if (request.url === '/half') response.write('{');
    });
    const sender = await senderTo(server, 60_000, stop.signal);
    const asked = ['/none', '/half', '/none', '/half'].map(
      async (path) => await rejectionOf(sender.send({ method: 'POST', url: server.url + path }, ACCESS)),
    );
    await until(() => server.requests.length === 4);
    stop.abort();

    expect(await Promise.all(asked)).toMatchObject(Array(4).fill({ failure: 'cancelled' }));
    await until(() => server.open === 0);
  });

  it('ends one that is still connecting', async () => {
    const stop = new AbortController();
    const server = await serveSockets('https', () => {});
    const sender = await senderTo(server, 60_000, stop.signal);
    const asked = rejectionOf(sender.send({ method: 'GET', url: server.url }, ACCESS));
    await until(() => server.open === 1);
    stop.abort();

    expect(await asked).toMatchObject({ failure: 'cancelled' });
  });

  it('lets none begin', async () => {
    const server = await serve((_, response) => response.end());
    const sender = await senderTo(server, 60_000, AbortSignal.abort());

    expect(await failureOf(sender.send({ method: 'GET', url: server.url }, ACCESS))).toMatchObject({ failure: 'cancelled' });
    expect(server.requests).toEqual([]);
  });
});
