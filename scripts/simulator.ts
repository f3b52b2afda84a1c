import { parseArgs } from 'node:util';
import { readReport } from '../probe/readReport';
import { startSimulator, type Simulator, type SimulatorOptions } from '../test/simulator';

const HELP = `Starts a stand-in for Adobe Campaign on this machine: token endpoint, gateway and REST API on one port.

Usage: npm run simulator -- [options]

  --port <number>           port to listen on (default 8080; 0 takes any free one)
  --host <name>             address to listen on (default 127.0.0.1)
  --https                   serve TLS with a certificate made at start, printed below the rest
  --dialect <v8|acs>        Campaign v8 (default) or Campaign Standard
  --organization <name>     organization segment of the API path (default northwind)
  --api-key <text>          fixed API key (default: a new one at every start)
  --client-secret <text>    fixed client secret (default: a new one at every start)
  --profiles <number>       profiles at start (default 200)
  --seed <number>           seed of the generated people (default 1)
  --latency <ms>            time every request takes at least (default 0)
  --rps <number>            requests accepted per second; more are answered 429 (default: no limit)
  --retry-after <seconds>   Retry-After of those answers (default: none)
  --token-lifetime <s>      seconds until a token expires (default 86399)
  --fresh-keys              every answer carries new key texts
  --assumptions <file>      behave as the instance that a report of "npm run probe" is about
  --help                    this text

Ctrl-C stops it.`;

const OPTIONS = {
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  https: { type: 'boolean', default: false },
  dialect: { type: 'string' },
  organization: { type: 'string', default: 'northwind' },
  'api-key': { type: 'string' },
  'client-secret': { type: 'string' },
  profiles: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  latency: { type: 'string', default: '0' },
  rps: { type: 'string' },
  'retry-after': { type: 'string' },
  'token-lifetime': { type: 'string', default: '86399' },
  'fresh-keys': { type: 'boolean', default: false },
  assumptions: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** A whole number of at least `least`. @throws Error that names the option */
function wholeNumber(option: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}`;
  throw new Error(`--${option} takes a whole number of at least ${least}${upTo}, not "${text}".`);
}

/** What the command line asks for; null: the help text. @throws Error with a sentence for the user */
function readOptions(): SimulatorOptions | null {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return null;
  const { organization } = values;
  const known = values.assumptions === undefined ? null : readReport(values.assumptions);
  const dialect = values.dialect ?? known?.dialect ?? 'v8';
  if (dialect !== 'v8' && dialect !== 'acs') throw new Error(`--dialect is v8 or acs, not "${dialect}".`);
  if (!/^[\w.-]+$/.test(organization))
    throw new Error(`--organization takes letters, digits, dots, dashes and underscores, not "${organization}".`);
  const { rps, 'retry-after': retryAfter } = values;
  return {
    dialect,
    organization,
    host: values.host,
    https: values.https,
    port: wholeNumber('port', values.port, 0, 65_535),
    profiles: wholeNumber('profiles', values.profiles, 0),
    seed: wholeNumber('seed', values.seed, 0),
    apiKey: values['api-key'],
    clientSecret: values['client-secret'],
    startAt: new Date(),
    assumptions: known?.assumptions,
    settings: {
      latencyMs: wholeNumber('latency', values.latency, 0),
      requestsPerSecond: rps === undefined ? null : wholeNumber('rps', rps, 1),
      retryAfterSeconds: retryAfter === undefined ? null : wholeNumber('retry-after', retryAfter, 0),
      tokenLifetimeSeconds: wholeNumber('token-lifetime', values['token-lifetime'], 1),
      freshKeys: values['fresh-keys'],
    },
  };
}

/** Everything needed to talk to it, from n8n or from a shell. */
function describe(simulator: Simulator, token: string): string {
  const { url, tokenUrl, organization, apiKey, clientSecret, scopes, certificate } = simulator;
  const curl = [
    `curl ${certificate === undefined ? '' : '--insecure '}'${url}/${organization}/campaign/profileAndServices/profile/byEmail?email=amy.dakota@mail.com'`,
    `-H 'Authorization: Bearer ${token}'`,
    `-H 'X-Api-Key: ${apiKey}'`,
    `-H 'Cache-Control: no-cache'`,
    `-H 'Content-Type: application/json'`,
  ];
  const lines = [
    `API base URL    ${url}`,
    `Token URL       ${tokenUrl}`,
    `Organization    ${organization}`,
    `API key         ${apiKey}`,
    `Client secret   ${clientSecret}`,
    `Scopes          ${scopes}`,
    `Access token    ${token}`,
    `Profiles        ${simulator.profiles.size}`,
    '',
    curl.join(' \\\n  '),
  ];
  return [...lines, ...(certificate === undefined ? [] : ['', certificate.trim()])].join('\n');
}

/** The sentence for an error that keeps the simulator from starting. */
function explain(error: unknown, port: number | undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another one with --port, or 0 for any free one.`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'This machine does not have the address given with --host.';
  return error.message;
}

function fail(message: string): void {
  console.error(`${message}\nSee npm run simulator -- --help`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  let options: SimulatorOptions | null = null;
  try {
    options = readOptions();
    if (options === null) {
      console.log(HELP);
      return;
    }
    const simulator = await startSimulator(options);
    console.log(describe(simulator, simulator.mintToken()));
    const stop = (): void => void simulator.close();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    fail(explain(error, options?.port));
  }
}

void main();
