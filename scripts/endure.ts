import { parseArgs } from 'node:util';

import { faceFaults } from './endure/faults';
import { flood } from './endure/floods';
import { hideConnections } from './endure/hostOnly';
import { stopEverywhere } from './endure/stops';
import { awaitMessages, endureIdentityOutage, endureOutage, endureTlsOutage, type Endured } from './endure/situations';

const HELP = `Runs the built package in n8n's engine against the simulator while things go wrong, and prints what became of the items.

Usage: npm run endure -- [--items <number>] [--seconds <list>] [--only <list>] [--way <way>] [--requests <number>]

  --items <number>     items of each run (default 5000)
  --seconds <list>     lengths of the outages (default 5,30,60)
  --only <list>        of update, upsert, create, tls, identity, wait, stop, flood, faults (default all)
  --way <way>          kept (connections that stay open, the default) or host (everything through n8n's helper)
  --requests <number>  requests over the line on which things go wrong (default 50000)`;

const OUTAGES = ['update', 'upsert', 'create'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      items: { type: 'string', default: '5000' },
      seconds: { type: 'string', default: '5,30,60' },
      only: { type: 'string', default: 'update,upsert,create,tls,identity,wait,stop,flood,faults' },
      way: { type: 'string', default: 'kept' },
      requests: { type: 'string', default: '50000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.way === 'host') hideConnections();
  const only = new Set(values.only.split(','));
  await outages(only, Number(values.items), values.seconds.split(',').map(Number));
  if (only.has('wait')) await messages();
  if (only.has('stop')) {
    console.log('\n| stopped while | the run ended after |\n|---|---|');
    await stopEverywhere(({ what, milliseconds }) => console.log(`| ${what} | ${Math.round(milliseconds)} ms |`));
  }
  if (only.has('flood')) {
    console.log('\n| 100,000 items | most work between two turns (CPU) | time |\n|---|---|---|');
    await flood(({ what, longest, seconds }) => console.log(`| ${what} | ${Math.round(longest)} ms | ${seconds.toFixed(1)} s |`));
  }
  if (only.has('faults')) await faults(Number(values.requests));
}

async function outages(only: ReadonlySet<string>, items: number, lengths: readonly number[]): Promise<void> {
  const chosen = OUTAGES.filter((operation) => only.has(operation));
  if (chosen.length === 0 && !only.has('tls') && !only.has('identity')) return;
  console.log('| what | items | failed | of these unknown | doubles | requests during the outage | time |\n|---|---|---|---|---|---|---|');
  for (const operation of chosen) {
    for (const kind of ['503', 'reset'] as const) {
      for (const seconds of lengths) printOutage(await endureOutage({ operation, kind }, items, seconds));
    }
  }
  if (only.has('tls')) {
    for (const operation of ['update', 'create'] as const) {
      for (const trouble of ['alert', 'cut'] as const) {
        for (const seconds of lengths) printOutage(await endureTlsOutage(operation, trouble, items, seconds));
      }
    }
  }
  if (only.has('identity')) printOutage(await endureIdentityOutage(items, lengths.includes(30) ? 30 : (lengths[0] ?? 30)));
}

function printOutage({ what, items, failed, unknown, doubles, askedMeanwhile, seconds }: Endured): void {
  console.log(`| ${what} | ${items} | ${failed} | ${unknown} | ${doubles} | ${askedMeanwhile} | ${seconds.toFixed(1)} s |`);
}

async function messages(): Promise<void> {
  const { items, failed, lastPost, seconds, requests } = await awaitMessages(60);
  console.log('\n| Send and Wait, processing 4 s | failed | last message sent after | all done after | requests |\n|---|---|---|---|---|');
  console.log(`| ${items} messages | ${failed} | ${lastPost.toFixed(1)} s | ${seconds.toFixed(1)} s | ${requests} |`);
}

async function faults(requests: number): Promise<void> {
  console.log(
    '\n| over a line with faults | items | requests | failed | of these unknown | wrong successes | wrong "not done" | not there after Create or Update | doubles |\n|---|---|---|---|---|---|---|---|---|',
  );
  await faceFaults(requests, (faced) => {
    const { operation, items, failed, unknown, wrongSuccesses, wrongFailures, unresolved, doubles } = faced;
    console.log(
      `| ${operation} | ${items} | ${faced.requests} | ${failed} | ${unknown} | ${wrongSuccesses} | ${wrongFailures} | ${unresolved} | ${doubles} |`,
    );
  });
}

void main();
