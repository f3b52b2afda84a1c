/**
 * One request over the pool, in a process that has nothing else to do. Prints the answer and what then keeps the process
 * alive, or why there is no answer. Argument: the URL.
 */
import { connectionsTo } from '../../../nodes/shared/transport/http/connections';
import { PooledSender } from '../../../nodes/shared/transport/http/pooledSender';

const [url = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const connections = connectionsTo({ helpers: { getSecureEgressFilter: () => undefined as never } }, url);
  if (!connections) throw new Error('There is no pool');
  const sender = new PooledSender(connections, 60_000);
  const { status, body } = await sender.send({ method: 'GET', url }, { Authorization: 'Bearer the-token' });
  // The connection is given free in the next turns of the event loop.
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const held = process.getActiveResourcesInfo().filter((resource) => !/^(?:Pipe|TTY|FS|Immediate|Message)/.test(resource));
  console.log(JSON.stringify({ status, body, held }));
}

main().catch((error: unknown) => console.log(JSON.stringify(error)));
