import { parseArgs } from 'node:util';

import { leaveAlone, shareCap, type SharedCapResult } from '../test/unit/support/sharedCap';
import { median } from './statistics';

const HELP = `Lets processes that know nothing of each other share a limit that none of them knows, in virtual time, and prints what they came to.

Usage: npm run bench:processes -- [--seconds <number>] [--start <number>] [--seeds <list>]

  --seconds <number>  shortest possible time of each run: requests / limit (default 60)
  --start <number>    the processes start within so many seconds of each other (default 0.2)
  --seeds <list>      (default 1,2,3); medians are printed`;

const CAPS = [13, 100];
const PROCESSES = [1, 2, 4, 8];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      start: { type: 'string', default: '0.2' },
      seeds: { type: 'string', default: '1,2,3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const seeds = values.seeds.split(',').map(Number);
  const startWithinMs = 1000 * Number(values.start);
  console.log(
    '| limit | Retry-After | processes | time / (requests / limit) | answered 429 | slowest / fastest | failed | alone: full rate after |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const perSecond of CAPS) {
    for (const retryAfter of [undefined, 1]) {
      for (const processes of PROCESSES) {
        const situation = { perSecond, retryAfter, processes, startWithinMs };
        const requests = Math.round(Number(values.seconds) * perSecond);
        const results: SharedCapResult[] = [];
        const alone: number[] = [];
        for (const seed of seeds) {
          results.push(await shareCap({ ...situation, requests, seed }));
          if (processes > 1) alone.push(await leaveAlone({ ...situation, seed }));
        }
        const of = (pick: (result: SharedCapResult) => number) => median(results.map(pick));
        const cells = [
          `${perSecond}/s`,
          retryAfter === undefined ? 'none' : `${retryAfter} s`,
          processes,
          of(({ time }) => time).toFixed(2),
          `${(100 * of(({ refused }) => refused)).toFixed(1)}%`,
          of(({ spread }) => spread).toFixed(2),
          Math.max(...results.map(({ failed }) => failed)),
          processes > 1 ? `${median(alone).toFixed(1)} s` : '',
        ];
        console.log(`| ${cells.join(' | ')} |`);
      }
    }
  }
}

void main();
