import { openClient } from '../../../nodes/shared/execution/openClient';
import type { TransportError } from '../../../nodes/shared/transport/transport';
import { CREDENTIAL, fakeContext, helperAnswer, helperError } from '../support/context';
import { rejectionOf } from '../support/errors';
import { until } from '../support/servers';

/** A pause for everybody of this organization. */
const LIMITED = { 'retry-after': '5' };

const addressOf = (organization: string) => `https://mc.adobe.io/${organization}/campaign/profileAndServices/resourceType/profile`;

function opened(organization: string, answer: () => unknown, signal?: AbortSignal) {
  let asked = 0;
  const { context } = fakeContext({
    credential: { ...CREDENTIAL, organization },
    request: async () => {
      asked += 1;
      return await Promise.resolve(answer());
    },
  });
  const client = openClient(context, { timeoutSeconds: 60, signal });
  return { asked: () => asked, read: async () => await (await client).read(addressOf(organization), 'description') };
}

const limited = (): never => {
  throw helperError(429, '', LIMITED);
};

describe('clients', () => {
  it('of two organizations do not wait for each other', async () => {
    const stop = new AbortController();
    const full = opened('fullwind', limited, stop.signal);
    const waiting = rejectionOf(full.read());
    await until(() => full.asked() === 1);

    expect(await opened('freewind', () => helperAnswer({ a: 1 })).read()).toEqual({ a: 1 });
    stop.abort();
    expect(((await waiting) as TransportError).failure).toBe('cancelled');
  });

  it('stop at once with the workflow, also what waits for its turn during a pause', async () => {
    const stop = new AbortController();
    const { asked, read } = opened('pausewind', limited, stop.signal);
    const first = rejectionOf(read());
    await until(() => asked() === 1);
    const others = [rejectionOf(read()), rejectionOf(read())];
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();

    for (const error of await Promise.all([first, ...others])) expect((error as TransportError).failure).toBe('cancelled');
    expect(asked()).toBe(1);
  });
});
