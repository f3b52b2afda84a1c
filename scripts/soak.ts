import { fork, type ChildProcess } from 'node:child_process';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { INodeParameters } from 'n8n-workflow';

import { startSimulator } from '../test/simulator';
import { STEP } from '../test/support/campaign';
import { Engine } from '../test/support/engine';
import { simulatorCredential, type SimulatorAccess } from '../test/support/simulatorCredential';
import { automaticUpdateParameters, chain, CREDENTIAL_ID, profileStep } from '../test/support/workflows';

const HELP = `Runs the built package a thousand times in one process, for two hundred organizations, and prints what stays in memory.

Usage: npm run soak -- [--runs <number>] [--organizations <number>] [--items <number>]

  --runs <number>           (default 1000)
  --organizations <number>  (default 200)
  --items <number>          items of each run (default 20)`;

/** Runs until everything that is loaded lazily has been loaded. */
const WARM_UP = 100;
const LATER_MS = 5 * 3_600_000;

interface Told {
  readonly access: SimulatorAccess;
  readonly keys: readonly string[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000' },
      organizations: { type: 'string', default: '200' },
      items: { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
      serve: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else if (values.serve) await serve();
  else await soak(Number(values.runs), Number(values.organizations), Number(values.items));
}

async function soak(runs: number, organizations: number, items: number): Promise<void> {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const child = fork(__filename, ['--serve']);
  try {
    const { access, keys } = await told(child);
    const engine = await Engine.load();
    const input = keys.slice(0, items).map((PKey, index) => ({ PKey, phone: String(index), email: `soak.${index}@mail.com` }));
    const upsert: INodeParameters = {
      operation: 'upsert',
      fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
    };
    const kinds = [automaticUpdateParameters('PKey'), upsert, { operation: 'getAll', limit: items }, { operation: 'count' }];
    const runOne = async (index: number): Promise<void> => {
      const organization = `organization${index % organizations}`;
      engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', { ...simulatorCredential(access), organization });
      const result = await engine.run(
        chain(profileStep(STEP, kinds[index % kinds.length] ?? {}, { onError: 'continueRegularOutput' })),
        input,
      );
      if (result.error) throw result.error;
      if (result.json(STEP).some(({ error }) => error !== undefined)) throw new Error('An item failed');
    };
    const heap = (): string => {
      collect();
      collect();
      return (process.memoryUsage().heapUsed / 1024 / 1024).toFixed(1);
    };
    console.log('| after | heap, MB |\n|---|---|');
    for (let index = 0; index < WARM_UP; index += 1) await runOne(index);
    console.log(`| ${WARM_UP} runs to warm up | ${heap()} |`);
    for (let index = 0; index < runs; index += 1) {
      await runOne(index);
      if ((index + 1) % Math.ceil(runs / 4) === 0)
        console.log(`| ${index + 1} runs, ${Math.min(index + 1, organizations)} organizations | ${heap()} |`);
    }
    const now = performance.now.bind(performance);
    performance.now = () => now() + LATER_MS;
    await runOne(0);
    console.log(`| five idle hours and one run | ${heap()} |`);
  } finally {
    child.kill();
  }
}

async function told(child: ChildProcess): Promise<Told> {
  return await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Told));
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${String(code)}`)));
  });
}

/** A simulator that passes for any organization, in a process of its own. */
async function serve(): Promise<void> {
  const simulator = await startSimulator({ profiles: 200, settings: { requestLogLimit: 0 } });
  const target = new URL(simulator.url);
  const server = createServer((incoming, outgoing) => relay(incoming, outgoing, target, simulator.organization));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port');
  const { tokenUrl, organization, apiKey, clientSecret, scopes } = simulator;
  const access = { url: `http://127.0.0.1:${address.port}`, tokenUrl, organization, apiKey, clientSecret, scopes };
  const keys = simulator.profiles.all().map((profile) => simulator.profiles.keyOf(profile));
  process.send?.({ access, keys } satisfies Told);
  process.once('disconnect', () => process.exit());
}

/** Hands a request on to the simulator's own organization, and its answer back under the name that was asked for. */
function relay(incoming: IncomingMessage, outgoing: ServerResponse, target: URL, own: string): void {
  const { method, url = '/', headers } = incoming;
  const [, organization = ''] = url.split('/');
  const path = url.replace(`/${organization}/`, `/${own}/`);
  const forwarded = ask({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const body = Buffer.concat(chunks)
        .toString()
        .replaceAll(target.host, headers.host ?? '')
        .replaceAll(`/${own}/`, `/${organization}/`);
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': Buffer.byteLength(body) });
      outgoing.end(body);
    });
  });
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}

void main();
