import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';

import type { ServerCertificate } from '../../simulator/certificate';

/** A server on a free port of this machine, and what it saw. */
export interface LocalServer {
  readonly url: string;
  /** Method and target of every request, in order; `CONNECT host:port` for tunnels. */
  readonly requests: string[];
  readonly opened: number;
  readonly open: number;
  close(): Promise<void>;
}

/** Serves http, or https with a certificate. */
export async function serve(handler: RequestListener, certificate?: ServerCertificate): Promise<LocalServer> {
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(lineOf(request));
    handler(request, response);
  };
  const server = certificate
    ? createTlsServer({ key: certificate.key, cert: certificate.certificate }, listener)
    : createServer({ keepAliveTimeout: 0 }, listener);
  return await listening(server, certificate ? 'https' : 'http', requests);
}

/** Takes connections and does with them what the test says; speaks no HTTP by itself. */
export async function serveSockets(scheme: 'http' | 'https', handler: (socket: Socket) => void): Promise<LocalServer> {
  return await listening(createTcpServer(handler), scheme, []);
}

/** A forward proxy: tunnels for https, absolute addresses for http. `refusal` is the status for every tunnel. */
export async function serveProxy(refusal?: number): Promise<LocalServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(lineOf(request));
    void forward(request).then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    });
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    requests.push(lineOf(request));
    if (refusal !== undefined) return client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on('error', () => [client, target].forEach((either) => either.destroy()));
    return undefined;
  });
  return await listening(server, 'http', requests);
}

/** Looks again and again until something holds. @throws after ten seconds */
export async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !holds();) {
    if (Date.now() > deadline) throw new Error(`This does not come true: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function forward(request: IncomingMessage): Promise<Response> {
  const authorization = request.headers.authorization ?? '';
  return await fetch(request.url ?? '', { method: request.method, headers: { authorization } });
}

const lineOf = ({ method, url }: IncomingMessage): string => `${method} ${url}`;

async function listening(server: Server | TcpServer, scheme: string, requests: string[]): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on('connection', (socket: Socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get opened() {
      return opened;
    },
    get open() {
      return sockets.size;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
