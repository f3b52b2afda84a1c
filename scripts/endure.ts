import { parseArgs } from 'node:util';

import { endureIdentityOutage, endureOutage, type Endured } from './endure/situations';

const HELP = `Runs the built package in n8n's engine against the simulator while things go wrong, and prints what became of the items.

Usage: npm run endure -- [--items <number>] [--seconds <list>] [--only <list>]

  --items <number>    items of each run (default 5000)
  --seconds <list>    lengths of the outages (default 5,30,60)
  --only <list>       of update, upsert, create, identity (default all)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      items: { type: 'string', default: '5000' },
      seconds: { type: 'string', default: '5,30,60' },
      only: { type: 'string', default: 'update,upsert,create,identity' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const items = Number(values.items);
  const lengths = values.seconds.split(',').map(Number);
  console.log('| what | items | failed | of these unknown | doubles | requests during the outage | time |\n|---|---|---|---|---|---|---|');
  const only = new Set(values.only.split(','));
  for (const operation of ['update', 'upsert', 'create'] as const) {
    if (!only.has(operation)) continue;
    for (const seconds of lengths) print(await endureOutage(operation, items, seconds));
  }
  if (only.has('identity')) print(await endureIdentityOutage(items, lengths.includes(30) ? 30 : (lengths[0] ?? 30)));
}

function print({ what, items, failed, unknown, doubles, askedMeanwhile, seconds }: Endured): void {
  console.log(`| ${what} | ${items} | ${failed} | ${unknown} | ${doubles} | ${askedMeanwhile} | ${seconds.toFixed(1)} s |`);
}

void main();
