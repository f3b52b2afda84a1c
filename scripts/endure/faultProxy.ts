import { connect, createServer, type Server, type Socket } from 'node:net';

import { seededRandom } from '../../test/simulator/random';

/** What befalls a request on its way; each with the given share of all. */
const KINDS = ['refuse', 'breakRequest', 'loseAnswer', 'cutAnswer', 'stallRequest', 'stallAnswer', 'delay'] as const;
type Kind = (typeof KINDS)[number];

/** A way to a server on which things go wrong by chance. */
export interface FaultProxy {
  readonly url: string;
  /** How often what went wrong. */
  readonly counts: Readonly<Record<Kind, number>>;
  /** Requests that came by. */
  readonly requests: number;
  readonly close: () => Promise<void>;
}

/**
 * Starts a proxy of bytes, which knows nothing of HTTP: what comes from a client in one go is taken for a request.
 *
 * @param target address of the server
 * @param share of the requests that each kind of fault befalls, 0 to 1
 */
export async function startFaultProxy(target: URL, share: number, seed = 1): Promise<FaultProxy> {
  const random = seededRandom(seed);
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  const state = { requests: 0 };
  const sockets = new Set<Socket>();
  const draw = (): Kind | undefined => {
    state.requests += 1;
    const kind = KINDS[Math.floor(random() / share)];
    if (kind) counts[kind] += 1;
    return kind;
  };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        (socket === client ? upstream : client).destroy();
      });
    }
    let fate: Kind | undefined;
    client.on('data', (data) => {
      fate = draw();
      if (fate === 'refuse') client.resetAndDestroy();
      else if (fate === 'breakRequest') upstream.write(data.subarray(0, data.length / 2), () => client.resetAndDestroy());
      else if (fate === 'delay') setTimeout(() => upstream.write(data), 50 + 450 * random());
      else if (fate !== 'stallRequest') upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (fate === 'loseAnswer') client.resetAndDestroy();
      else if (fate === 'cutAnswer') client.end(data.subarray(0, Math.ceil(data.length * random())));
      else if (fate !== 'stallAnswer') client.write(data);
    });
  });
  await listen(server);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    counts,
    get requests() {
      return state.requests;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}
