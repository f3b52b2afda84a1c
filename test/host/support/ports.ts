import { createServer } from 'node:net';

/** Tries to listen on a TCP port of 127.0.0.1; 0 means any. Gives the port, or undefined when it is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}

/** True when a TCP port of 127.0.0.1 can be listened on by this person. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryPort(port)) !== undefined;
}

/** Below those that systems give to connections, of which one could take a port between this look and its use. */
const PORTS = { first: 20_000, count: 12_000 };
const TRIES = 20;

/**
 * A TCP port of 127.0.0.1 that nothing listens on, and that nothing comes to use by chance.
 * @param preferred taken when it is free, so that addresses stay the same from start to start
 */
export async function freePort(preferred?: number): Promise<number> {
  const drawn = Array.from({ length: TRIES }, () => PORTS.first + Math.floor(Math.random() * PORTS.count));
  for (const candidate of [...(preferred === undefined ? [] : [preferred]), ...drawn]) {
    const port = await tryPort(candidate);
    if (port !== undefined) return port;
  }
  throw new Error('No TCP port of 127.0.0.1 is free.');
}
