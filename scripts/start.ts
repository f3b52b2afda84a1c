/** `npm start`: n8n with this package, the simulator beside it, and the example workflows, ready to be clicked on. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { demoCredential, importMissingWorkflows, importOnce, readExamples, type ExampleWorkflow } from '../test/host/demo';
import type { CredentialRecord } from '../test/host/client';
import { startHost, type Host } from '../test/host/host';
import { installHost } from '../test/host/install';
import { credentialLines } from '../test/host/invitation';
import { takeLock } from '../test/host/support/lock';
import { requireSupportedMachine } from '../test/host/installation/nodeRuntime';
import { stateDirectory } from '../test/host/support/paths';
import { freePort, isPortFree } from '../test/host/support/ports';
import { HostProblem } from '../test/host/support/problem';
import { runProgram } from '../test/host/support/program';
import { showProgress, spokenDuration } from '../test/host/support/progress';
import { findQueuePrograms } from '../test/queue/programs';
import { startQueueHost } from '../test/queue/queueHost';
import { removePostgres } from '../test/queue/services';
import { startSimulator } from '../test/simulator';

const usage = `Starts n8n with the Adobe Campaign nodes, a simulated Adobe Campaign, and the example workflows.

  npm start                     n8n at http://127.0.0.1:5678
  npm start -- --port 5700      n8n at another port
  npm start -- --workers 2      n8n in queue mode: main, two workers, Redis and PostgreSQL (see docs/scaling.md)
  npm start -- --fresh          forget the workflows and credentials of earlier starts
  npm start -- --help           this text

The first start installs n8n (about 3 GB, four to eight minutes); later ones take seconds. Ctrl-C ends everything.`;

/** Kept from start to start when it is free, so that the credential in n8n stays valid. */
const preferredSimulatorPort = 5680;

/** Made up, and the same at every start for the same reason. Only this machine can reach the simulator. */
const demoAccount = { apiKey: 'demo-api-key', clientSecret: 'demo-client-secret' };

interface Settings {
  port: number;
  /** Worker processes; 0 for n8n in one process. */
  workers: number;
  fresh: boolean;
  help: boolean;
}

/** Reads the command line. */
function readSettings(args: string[]): Settings {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, workers: { type: 'string' }, fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    const port = Number(values.port ?? 5678);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${values.port} is not a port`);
    const workers = Number(values.workers ?? 0);
    if (!Number.isInteger(workers) || workers < 0 || workers > 16) throw new Error(`${values.workers} is not a number of workers`);
    return { port, workers, fresh: values.fresh === true, help: values.help === true };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : String(error);
    throw new HostProblem(`${reason}: see npm start -- --help.`);
  }
}

/** Tells a person what is there and what to open first. */
function printInvitation(
  host: Host,
  { simulatorUrl, credential, examples }: { simulatorUrl: string; credential: CredentialRecord; examples: ExampleWorkflow[] },
  took: string,
): void {
  const link = (workflow: ExampleWorkflow) => `${host.url}/workflow/${workflow.id}`;
  const [first, ...others] = examples;
  const lines = [
    '',
    `n8n is ready (${took}).`,
    '',
    `  Open first  ${first === undefined ? host.url : `${link(first)}   ${first.name}`}`,
    `  Email       ${host.owner.email}`,
    `  Password    ${host.owner.password}`,
    '',
    ...others.map((workflow) => `  Also there  ${link(workflow)}   ${workflow.name}`),
    `  Simulator   ${simulatorUrl}   plays Adobe Campaign with made-up people`,
    '',
    ...credentialLines(credential),
    '',
    'Ctrl-C ends n8n and the simulator. What you build in n8n is kept for the next start.',
  ];
  console.log(lines.join('\n'));
}

/** Where n8n keeps what people build: queue mode has a database of its own. */
const folderOf = ({ workers }: Settings): string => (workers === 0 ? stateDirectory : path.join(stateDirectory, 'queue-mode'));

/** Starts n8n, with workers when they are asked for. @returns n8n's main process, and how to end all of them */
async function startN8n(
  settings: Settings,
  credentials: CredentialRecord[],
  signal: AbortSignal,
): Promise<{ host: Host; stop(): Promise<void> }> {
  const options = { port: settings.port, folder: folderOf(settings), credentials, signal };
  if (settings.workers > 0) {
    const queue = await startQueueHost({ ...options, workers: settings.workers });
    return { host: queue.main, stop: queue.stop };
  }
  const host = await startHost(options);
  return { host, stop: host.stop };
}

/** Starts everything, and ends everything when the signal is aborted or n8n ends by itself. */
async function serve(settings: Settings, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  if (!(await isPortFree(settings.port))) {
    throw new HostProblem(
      `Port ${settings.port} is taken by another program: end that, or choose another port with npm start -- --port ${settings.port + 10}.`,
    );
  }
  // Before the minutes that the installation may take.
  if (settings.workers > 0) findQueuePrograms();
  await installHost({ write: (line) => console.log(line), signal });
  const folder = folderOf(settings);
  if (settings.fresh) forget(folder);

  const simulator = await startSimulator({ ...demoAccount, port: await freePort(preferredSimulatorPort) });
  let running: Awaited<ReturnType<typeof startN8n>> | undefined;
  try {
    const credential = demoCredential(simulator);
    mkdirSync(path.join(folder, 'user'), { recursive: true });
    const credentialImport = importOnce(path.join(folder, 'user', 'imported-credential'), credential);
    const examples = readExamples();
    const done = showProgress(
      (line) => console.log(line),
      () => 'starting n8n',
    );
    try {
      running = await startN8n(settings, credentialImport.needed ? [credential] : [], signal);
    } finally {
      done();
    }
    const { host } = running;
    credentialImport.remember();
    await importMissingWorkflows(host.client, examples);
    printInvitation(host, { simulatorUrl: simulator.url, credential, examples }, spokenDuration(Date.now() - startedAt));

    const asked = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    const reason = signal.aborted ? undefined : await Promise.race([asked, host.ended]);
    if (reason !== undefined) {
      throw new HostProblem(`n8n ended by itself (${reason}). Its last lines:\n${host.logs().slice(-10).join('\n')}`, host.logPath);
    }
    console.log('\nEnding n8n and the simulator.');
  } finally {
    await Promise.all([running?.stop(), simulator.close()]);
  }
}

/** Takes away what earlier starts have kept. */
function forget(folder: string): void {
  for (const name of ['user', 'redis', 'postgres', 'secrets']) rmSync(path.join(folder, name), { recursive: true, force: true });
  removePostgres(folder);
}

void runProgram(async (signal) => {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) {
    console.log(usage);
    return;
  }
  requireSupportedMachine();
  const lock = takeLock(path.join(stateDirectory, 'start.lock'));
  if ('heldBy' in lock) {
    throw new HostProblem(`npm start is running already (process ${lock.heldBy}): use that one, or end it with Ctrl-C first.`);
  }
  try {
    await serve(settings, signal);
  } finally {
    lock.release();
  }
});
