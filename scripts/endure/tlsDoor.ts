import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What becomes of a connection on which TLS is to come about: an alert (internal error) is sent, or it is cut. */
export type TlsTrouble = 'alert' | 'cut';

const ALERT = Buffer.from([21, 3, 3, 0, 2, 2, 80]);

/** The way to a server that speaks TLS, which can be shut as by a load balancer without anybody behind it. */
export interface TlsDoor {
  readonly url: string;
  /** Connections that came while it was shut. */
  readonly knocks: number;
  /** Breaks all connections off; from now on TLS does not come about. */
  shut(trouble: TlsTrouble): void;
  open(): void;
  close(): Promise<void>;
}

/** @param target address of the server */
export async function startTlsDoor(target: URL): Promise<TlsDoor> {
  const sockets = new Set<Socket>();
  let trouble: TlsTrouble | undefined;
  let knocks = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (trouble !== undefined) {
      knocks += 1;
      const answer = trouble === 'alert' ? ALERT : '';
      client.once('data', () => client.end(answer));
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    keep(upstream);
    upstream.once('close', () => client.destroy());
    client.once('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get knocks() {
      return knocks;
    },
    shut: (kind) => {
      trouble = kind;
      breakAll();
    },
    open: () => {
      trouble = undefined;
    },
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
