/**
 * One request over the pool, in a process that has nothing else to do. Prints the answer, or why there is none; whether
 * the process then ends by itself is what a test looks at. Argument: the URL.
 */
import { connectionsTo } from '../../../nodes/shared/transport/connections';
import { PooledSender } from '../../../nodes/shared/transport/pooledSender';

const [url = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const connections = await connectionsTo({ getSecureEgressFilter: () => undefined as never }, url);
  if (!connections) throw new Error('There is no pool');
  const sender = new PooledSender(connections, 60_000);
  const { status, body } = await sender.send({ method: 'GET', url }, { Authorization: 'Bearer the-token' });
  console.log(JSON.stringify({ status, body }));
}

main().catch((error: unknown) => console.log(JSON.stringify(error)));
