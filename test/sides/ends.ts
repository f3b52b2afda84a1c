import type { IDataObject, INode } from 'n8n-workflow';

import { faultActions, startSimulator, type Assumptions, type Dialect, type Simulator } from '../simulator';
import type { Engine, PollOptions } from '../support/engine';
import { registeredOperations } from '../support/registry';
import { simulatorCredential } from '../support/simulatorCredential';
import { chain, CREDENTIAL_ID } from '../support/workflows';
import { BIG_TABLE, OPERATIONS, PROFILES, TRIGGER, type Operation } from './operations';

/** How an operation ended: rightly, wrongly without a word, or with an error. */
export type End = 'right' | 'wrong' | { readonly error: string; readonly isClear: boolean };

const NO_SENTENCE = /undefined|\[object|Cannot read|is not a function|is not iterable|Unexpected token|in JSON at|NaN/;

/** How the operations ended, and the steps of those that ended rightly with what came out of them. */
export interface Ends {
  readonly found: ReadonlyMap<string, End>;
  readonly done: ReadonlyMap<string, Done>;
}

export interface Done {
  readonly step: INode;
  readonly output: readonly IDataObject[];
  /** Columns of its input: with automatic mapping, an update or upsert returns the fields that it wrote. */
  readonly columns: readonly string[];
  /** What a preview of it said before; nothing where there is none. */
  readonly previewed: readonly IDataObject[];
}

const WRITING = new Set(
  registeredOperations()
    .filter(({ operation }) => operation.writes)
    .map(({ resource, operation }) => `${resource.value} ${operation.value}`),
);

/** The same step as a preview. @returns undefined when it writes all the same, or says nothing of what would become of it */
async function preview(engine: Engine, step: INode, input: IDataObject[], simulator: Simulator): Promise<IDataObject[] | undefined> {
  const { resource = 'profile', operation } = step.parameters;
  if (!WRITING.has(`${String(resource)} ${String(operation)}`)) return [];
  const before = simulator.stats.writesApplied;
  const result = await engine.run(chain({ ...step, parameters: { ...step.parameters, preview: true } }), input);
  if (simulator.stats.writesApplied !== before) return undefined;
  // What cannot be previewed cannot be done either, and says so below.
  if (result.error) return [];
  const output = result.json('Step');
  return output.every(({ outcome }) => /^(would[A-Z]|unchanged$)/.test(String(outcome))) ? output : undefined;
}

async function end(engine: Engine, operation: Operation, simulator: Simulator, done: Map<string, Done>): Promise<End> {
  const outputs = new Map([...done].map(([name, { output }]) => [name, output] as const));
  for (let run = 1; run <= (operation.twice === true ? 2 : 1); run += 1) {
    const step = operation.step(simulator, outputs);
    const input = operation.input === undefined ? [{}] : [...operation.input];
    const previewed = await preview(engine, step, input, simulator);
    if (!previewed) return 'wrong';
    const result = await engine.run(chain(step), input);
    if (result.error) {
      const { message, description = '' } = result.error;
      const reason: unknown = result.error.context?.data;
      const isSentence = message.length > 10 && !NO_SENTENCE.test(`${message} ${description ?? ''}`);
      return { error: `${message} ${description ?? ''}`, isClear: isSentence && (reason !== undefined || Boolean(description)) };
    }
    const output = result.json('Step');
    if (!operation.isRight(output, simulator)) return 'wrong';
    const columns = (operation.input ?? []).flatMap((row) => Object.keys(row));
    done.set(operation.name, { step, output, columns, previewed: [...(done.get(operation.name)?.previewed ?? []), ...previewed] });
  }
  return 'right';
}

/** Every look at Campaign takes a second of its time, so that nobody waits for what takes time there. */
function letTimePass(simulator: Simulator): void {
  simulator.clock.freeze();
  simulator.faults.add({
    method: 'GET',
    when: () => {
      simulator.clock.advance(1_000);
      return false;
    },
    action: faultActions.resetBefore,
  });
}

/** Runs every operation once, in their order, against a simulator of its own. */
export async function ends(engine: Engine, dialect: Dialect, assumptions: Partial<Assumptions>): Promise<Ends> {
  const simulator = await startSimulator({
    dialect,
    profiles: PROFILES,
    startAt: new Date(),
    settings: { freshKeys: true, bigTableThreshold: BIG_TABLE },
    assumptions,
  });
  engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', simulatorCredential(simulator));
  letTimePass(simulator);
  const found = new Map<string, End>();
  const done = new Map<string, Done>();
  try {
    for (const operation of OPERATIONS) {
      if (operation.acsOnly === true && dialect === 'v8') continue;
      found.set(operation.name, await end(engine, operation, simulator, done));
    }
    found.set('Trigger', await triggerEnd(engine, simulator));
  } finally {
    await simulator.close();
  }
  return { found, done };
}

/** Each change once, a new profile and a changed one. */
async function triggerEnd(engine: Engine, simulator: Simulator): Promise<End> {
  const options: PollOptions = {};
  try {
    await engine.poll(TRIGGER, options);
    simulator.clock.advance(60_000);
    simulator.profiles.add({ firstName: 'Tia', email: 'tia@mail.com' });
    simulator.profiles.update(2, { firstName: 'Kris' });
    const told = ((await engine.poll(TRIGGER, options)) ?? []).map(({ json }) => String(json.firstName));
    const again = (await engine.poll(TRIGGER, options)) ?? [];
    return told.includes('Tia') && told.includes('Kris') && again.length === 0 ? 'right' : 'wrong';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: message, isClear: message.length > 10 && !NO_SENTENCE.test(message) };
  }
}
