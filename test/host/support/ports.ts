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

/**
 * A TCP port of 127.0.0.1 that nothing listens on.
 * @param preferred taken when it is free, so that addresses stay the same from start to start
 */
export async function freePort(preferred = 0): Promise<number> {
  const port = (await tryPort(preferred)) ?? (await tryPort(0));
  if (port === undefined) throw new Error('No TCP port of 127.0.0.1 is free.');
  return port;
}
