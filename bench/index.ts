/** `npm run bench`: how fast this package is, and everything else one could use. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { installHost } from '../test/host/install';
import { n8nVersion, projectRoot } from '../test/host/support/paths';
import { HostProblem } from '../test/host/support/problem';
import { spokenDuration } from '../test/host/support/progress';
import { runProgram } from '../test/host/support/program';
import { whyNoAdobeSdk } from './processes/adobeSdk';
import type { Sample } from './contest';
import type { Contestant } from './contestants';
import { fullBench } from './full';
import { updateManyItems } from './manyItems';
import { publish } from './report/publish';
import { quickBench } from './quick';
import { describeReport, describeSetting, type Report } from './report/report';
import { MANY_ITEMS, MOST_IN_FLIGHT, SETTINGS, type Setting } from './settings';
import { itemsPerSecond } from './statistics';
import { judge } from './report/targets';

const USAGE = `Updates the same profiles in every way there is, on a simulator over HTTPS, and compares.

  npm run bench                          all settings in a real n8n (about 17 minutes); writes bench/results.json,
                                         docs/performance.md and docs/images/performance.svg
  npm run bench -- --quick               few items in n8n's engine, without an n8n; writes nothing
  npm run bench -- --repeat <number>     rounds (default 3; one where a cap sets the time)
  npm run bench -- --setting <name>      one setting only: ${SETTINGS.map(({ id }) => id).join(', ')}, manyItems; writes nothing
  npm run bench -- --help                this text`;

const MANY_ITEMS_SETTING = 'manyItems';

interface Choices {
  readonly quick: boolean;
  readonly help: boolean;
  readonly repetitions: number;
  readonly setting: string | undefined;
}

function readChoices(args: string[]): Choices {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        repeat: { type: 'string' },
        setting: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const repetitions = Number(values.repeat ?? 3);
    if (!Number.isInteger(repetitions) || repetitions < 1) throw new Error(`${values.repeat} is not a number of rounds`);
    const known = [...SETTINGS.map(({ id }) => id), MANY_ITEMS_SETTING];
    if (values.setting !== undefined && !known.includes(values.setting)) throw new Error(`There is no setting ${values.setting}`);
    return { quick: values.quick === true, help: values.help === true, repetitions, setting: values.setting };
  } catch (error) {
    throw new HostProblem(`${error instanceof Error ? error.message : String(error)}: see npm run bench -- --help.`);
  }
}

function showSample(setting: Setting, { name }: Contestant, sample: Sample): void {
  const speed = Math.round(itemsPerSecond(sample)).toLocaleString('en-US');
  console.error(`  ${setting.name} | ${name}: ${speed} items/s, ${sample.failed} of ${sample.items} failed`);
}

function describeMachine(): Report['machine'] {
  const version = (folder: string, name: string): string =>
    (JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  const [cpu] = os.cpus();
  return {
    CPU: `${os.cpus().length} x ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(os.totalmem() / 1e9)} GB`,
    Linux: os.release(),
    n8n: n8nVersion,
    undici: version(projectRoot, 'undici'),
  };
}

async function runFull(folder: string, { setting, repetitions }: Choices, signal: AbortSignal): Promise<Report> {
  const installed = await installHost({ write: (line) => console.error(line), signal });
  const whyNoSdk = await whyNoAdobeSdk(signal);
  const chosen = SETTINGS.filter(({ id }) => setting === undefined || id === setting);
  const settings =
    chosen.length === 0
      ? []
      : await fullBench({
          folder,
          installed,
          settings: chosen,
          repetitions,
          withAdobeSdk: whyNoSdk === undefined,
          signal,
          onSample: showSample,
        });
  const withManyItems = setting === undefined || setting === MANY_ITEMS_SETTING;
  if (withManyItems) console.error(`  ${MANY_ITEMS.toLocaleString('en-US')} items at once`);
  const manyItems = withManyItems ? await updateManyItems(path.join(folder, 'many'), MANY_ITEMS, installed.node, signal) : undefined;
  return {
    takenAt: new Date().toISOString(),
    machine: describeMachine(),
    repetitions,
    settings,
    manyItems,
    targets: judge(settings, manyItems, MOST_IN_FLIGHT),
    notes: whyNoSdk === undefined ? [] : [whyNoSdk],
  };
}

void runProgram(async (signal) => {
  const choices = readChoices(process.argv.slice(2));
  if (choices.help) {
    console.log(USAGE);
    return;
  }
  const startedAt = Date.now();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'adobe-campaign-bench-'));
  try {
    if (choices.quick) {
      const results = await quickBench(folder, showSample);
      console.log(results.map(describeSetting).join('\n\n'));
    } else {
      const report = await runFull(folder, choices, signal);
      console.log(describeReport(report));
      if (choices.setting === undefined) publish(report);
    }
    console.error(`\nTook ${spokenDuration(Date.now() - startedAt)}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});
