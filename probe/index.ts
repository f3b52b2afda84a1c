/**
 * `npm run probe`: asks a real instance of Adobe Campaign what the simulator has to assume, and writes a report in which
 * nobody can be recognized. See docs/probe.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CREDENTIALS_FILE, readAccess } from './credentials';
import { REQUEST_INTERVAL_MS } from './pace';
import { PROBES } from './probes';
import { describeReport } from './report';
import { probeInstance } from './run';
import { standardTerminal, type Terminal } from './terminal';

const HELP = `Asks an instance of Adobe Campaign how it behaves where the documentation says nothing.

Usage: npm run probe -- [options]

  --write           also make one profile and one service, change and remove them (default: only read)
  --file <name>     JSON file with the credentials (default: ${CREDENTIALS_FILE} if it is there, else you are asked)
  --report <name>   where the report goes, without extension (default: probe-report)
  --help            this text

Credentials never come as options: options can be read by everybody on a machine. See docs/probe.md.`;

const OPTIONS = {
  write: { type: 'boolean', default: false },
  file: { type: 'string' },
  report: { type: 'string', default: 'probe-report' },
  help: { type: 'boolean', default: false },
} as const;

/** What is going to be done, before anything is. */
function announcement(mayWrite: boolean): string {
  const count = (stages: readonly string[]): number => Object.values(PROBES).filter(({ stage }) => stages.includes(stage)).length;
  const writing = count(['opening', 'write', 'removal', 'afterwards']);
  return [
    '',
    `The probe asks ${count(['read'])} questions by reading: lists of keys and of services, metadata, filters, addresses of nothing.`,
    'Some answers have records in them, up to five profiles at a time; nothing of them is kept or reported.',
    'It asks IMS for tokens with a wrong client ID, grant type and scope, and the gateway for an organization that does not exist.',
    mayWrite
      ? `It asks ${writing} more with a profile (email n8n-probe-…@example.com) and a service ("Service of a probe …") that it makes,\nchanges, subscribes to each other and removes; for a moment a second profile has the same email. No message is sent.`
      : 'It writes nothing. With --write it could answer more.',
    `At most ${1000 / REQUEST_INTERVAL_MS} requests a second; it stops when the instance asks for fewer.`,
    'The report has no personal data, no keys, no secrets and no name of the organization. Nothing is sent anywhere: you do that.',
    '',
  ].join('\n');
}

async function main(terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    terminal.say(HELP);
    return 0;
  }
  const access = await readAccess(values.file ?? null, terminal);
  terminal.say(announcement(values.write));
  if (!/^y(es)?$/i.test(await terminal.ask('Go ahead? [y/N] '))) {
    terminal.say('Nothing was asked.');
    return 1;
  }

  const interrupted = new AbortController();
  process.once('SIGINT', () => {
    terminal.say('Stopping. What was made is removed first.');
    interrupted.abort();
  });
  const { report, leftOver } = await probeInstance({
    access,
    mayWrite: values.write,
    signal: interrupted.signal,
    onProbe: (name) => terminal.say(`  ${name}`),
  });
  writeFileSync(`${values.report}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${values.report}.txt`, describeReport(report));
  terminal.say(`\n${describeReport(report)}`);
  for (const thing of leftOver) terminal.say(`Please remove by hand: ${thing}.`);
  terminal.say(`The report is in ${values.report}.json and ${values.report}.txt.`);
  return report.stopped === null && leftOver.length === 0 ? 0 : 1;
}

const terminal = standardTerminal();
void main(terminal)
  .catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`${message}\nSee npm run probe -- --help`);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
    terminal.close();
  });
