import type { Dispatcher } from 'undici';

import { Connections, type Connection } from '../../../../nodes/shared/transport/http/connections';
import { PooledSender } from '../../../../nodes/shared/transport/http/pooledSender';
import { rejectionOf } from '../../support/errors';

const ORIGIN = 'https://mc.adobe.io';

interface Fake {
  readonly name: number;
  isDestroyed: boolean;
}

/** Connections that only count, and fail with `error` if there is one. */
function lending(error?: Error) {
  const opened: Fake[] = [];
  const connections = new Connections(
    ORIGIN,
    () => {
      const fake: Fake = { name: opened.length, isDestroyed: false };
      opened.push(fake);
      const dispatcher = {
        dispatch: (_: unknown, handler: Dispatcher.DispatchHandler): boolean => {
          handler.onResponseError?.({} as Dispatcher.DispatchController, error ?? new Error('not asked here'));
          return true;
        },
        destroy: async () => void (fake.isDestroyed = true),
      };
      const line = { isUp: true, timesUp: 1, onDown: () => {} };
      return { fake, line, dispatcher: dispatcher as Partial<Connection['dispatcher']> as Connection['dispatcher'] } as Connection;
    },
    undefined,
  );
  const use = async (until: Promise<void> = Promise.resolve()): Promise<number> =>
    await connections.use(async (connection) => {
      await until;
      return (connection as Connection & { readonly fake: Fake }).fake.name;
    });
  return { opened, connections, use };
}

describe('connections that are lent', () => {
  it('are those used last, so that after a burst the others fall idle', async () => {
    const { opened, use } = lending();
    const burst = [use(), use(), use()];
    expect(await Promise.all(burst)).toEqual([0, 1, 2]);

    const afterwards = [await use(), await use(), await use(), await use()];
    expect(new Set(afterwards).size).toBe(1);
    expect(afterwards[0]).toBe(2);
    expect(opened).toHaveLength(3);
  });

  it('are known as long as one is open or lent', async () => {
    const { connections, use } = lending();
    expect(connections.isUnused).toBe(true);
    let end = (): void => {};
    const using = use(new Promise((resolve) => (end = resolve)));
    expect(connections.isUnused).toBe(false);
    end();
    await using;
    expect(connections.isUnused).toBe(false);
    await connections.use(async ({ line }) => {
      // It falls idle, and the server closes it.
      setImmediate(() => line.onDown());
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(connections.isUnused).toBe(true);
  });

  it('are closed when what they were lent for fails', async () => {
    const { opened, connections, use } = lending();
    await rejectionOf(connections.use(async () => await Promise.reject(new Error('broken'))));
    expect(opened[0]?.isDestroyed).toBe(true);
    expect(await use()).toBe(1);
  });
});

describe('an error that nobody knows', () => {
  it('is told without its words: they may hold the request and its token', async () => {
    const { connections } = lending(new Error('failed with headers Authorization: Bearer the-token'));
    const sending = new PooledSender(connections, 1_000).send({ method: 'GET', url: `${ORIGIN}/a` }, { Authorization: 'Bearer the-token' });
    const error = await rejectionOf(sending);
    expect(error).toMatchObject({ failure: 'interrupted', detail: 'the connection broke' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('the-token');
  });
});
