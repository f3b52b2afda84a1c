import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Dialect } from '../simulator';
import { Engine } from '../support/engine';
import { EVERY_OPERATION } from '../support/everyOperation';
import { registeredOperations } from '../support/registry';
import { simulatorCredential } from '../support/simulatorCredential';
import { campaignStep, chain, CREDENTIAL_ID, profileStep } from '../support/workflows';
import { ends, type Done } from './ends';

jest.setTimeout(60_000);

const ROOT = path.resolve(__dirname, '../..');
const FOLDERS = ['AdobeCampaign', 'AdobeCampaignProfile'].map((node) => path.join(ROOT, 'nodes', node, '__schema__/v1.0.0'));
/** `resource/operation.json` of all that the nodes can do. */
const SCHEMAS = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')),
);

interface Looked {
  readonly output: readonly IDataObject[];
  readonly written: ReadonlySet<string>;
}

interface Schema {
  readonly properties: Readonly<Record<string, { readonly type: string }>>;
}

/** The schema of what a step puts out, as the editor shows it before the first run. */
function schemaOf({ step }: Done): { readonly file: string; readonly schema: Schema } {
  const file = path.join(String(step.parameters.resource ?? 'profile'), `${String(step.parameters.operation)}.json`);
  const folder = FOLDERS.find((candidate) => existsSync(path.join(candidate, file))) ?? '';
  return { file, schema: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Schema };
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

/** Attributes that stand for others, or are there only when there is something to say. */
const SELDOM = /^(customResource\/.*: (title|created|lastModified))$/;

/** Fields that `test/support/everyOperation.ts` writes. */
const WRITTEN = ['phone', 'firstName', 'desc', 'label', 'name', 'email'];

/** Fields that a step wrote: they are in its output, whichever they are. */
function writtenBy({ step, columns }: Done): readonly string[] {
  const { fields, fieldsJson, operation } = step.parameters;
  if (operation !== 'update' && operation !== 'upsert') return [];
  const value = typeof fields === 'object' && fields !== null && 'value' in fields ? fields.value : undefined;
  const json = typeof fieldsJson === 'string' ? Object.keys(JSON.parse(fieldsJson) as object) : [];
  return [...columns, ...json, ...Object.keys(typeof value === 'object' && value !== null ? value : {})];
}

/** What the output of an operation has that its schema does not show, shows and it does not have, or has as something else. */
function differences(file: string, schema: Schema, { output, written }: Looked): string[] {
  const names = new Set(output.flatMap((record) => Object.keys(record)));
  // Every custom resource has fields of its own: the schema shows one that stands for them.
  const isOwn = (name: string): boolean => file.startsWith('customResource') || name.startsWith('cus') || written.has(name);
  const more = [...names]
    .filter((name) => !(name in schema.properties) && !isOwn(name))
    .map((name) => `${file}: ${name} is not in the schema`);
  const less = Object.keys(schema.properties)
    .filter((name) => !names.has(name) && !SELDOM.test(`${file}: ${name}`))
    .map((name) => `${file}: ${name} is not in the output`);
  const other = output.flatMap((record) =>
    Object.entries(record)
      .filter(
        ([name, value]) =>
          value !== null && name in schema.properties && schema.properties[name]?.type.replace('integer', 'number') !== typeOf(value),
      )
      .map(([name, value]) => `${file}: ${name} is of type ${typeOf(value)}`),
  );
  return [...new Set([...more, ...less, ...other])];
}

describe('the schemas of the output', () => {
  const seen = new Set<string>();
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  /** What comes out of writes with Include Changes, and of undoing them. */
  const trackedOutputs = async (dialect: Dialect): Promise<Array<[string, IDataObject[]]>> => {
    const simulator = await startSimulator({ dialect });
    engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', simulatorCredential(simulator));
    const found: Array<[string, IDataObject[]]> = [];
    const rank = (value: string): number =>
      ['undoChanges', 'create', 'upsert', 'update', 'subscribe', 'unsubscribe', 'delete'].indexOf(value);
    const inOrder = registeredOperations().sort((left, right) => rank(left.operation.value) - rank(right.operation.value));
    // What is deleted cannot be updated afterwards.
    for (const { name, node, resource, operation } of inOrder) {
      const usage = EVERY_OPERATION[name];
      const options = operation.properties.find((property) => property.name === 'options')?.options ?? [];
      const isTracked = options.some((option) => option.name === 'includeChanges') || operation.value === 'undoChanges';
      if (!usage || !isTracked) continue;
      usage.prepare?.(simulator);
      const makeStep = node === 'adobeCampaign' ? campaignStep(resource.value) : profileStep;
      const parameters = { ...usage.parameters, resource: resource.value, operation: operation.value, options: { includeChanges: true } };
      const result = await engine.run(chain(makeStep('Step', parameters)), usage.input ? [...usage.input] : undefined);
      if (result.error) throw result.error;
      found.push([path.join(resource.value, `${operation.value}.json`), result.json('Step')]);
    }
    await simulator.close();
    return found;
  };

  it.each<Dialect>(['v8', 'acs'])('say what really comes out, with Campaign %s', async (dialect) => {
    const { done } = await ends(engine, dialect, {});
    const outputs = new Map<string, Looked & { schema: Schema }>();
    for (const one of done.values()) {
      if (one.step.parameters.output === 'raw') continue;
      const { file, schema } = schemaOf(one);
      const before = outputs.get(file);
      outputs.set(file, {
        schema,
        output: [...(before?.output ?? []), ...one.output, ...one.previewed],
        written: new Set([...(before?.written ?? []), ...writtenBy(one)]),
      });
      seen.add(file);
    }
    for (const [file, output] of await trackedOutputs(dialect)) {
      const before = outputs.get(file);
      const folder = FOLDERS.find((candidate) => existsSync(path.join(candidate, file))) ?? '';
      const schema = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Schema;
      const written = new Set([...(before?.written ?? []), ...WRITTEN]);
      outputs.set(file, { schema, output: [...(before?.output ?? []), ...output], written });
      seen.add(file);
    }
    expect([...outputs].flatMap(([file, { schema, ...looked }]) => differences(file, schema, looked))).toEqual([]);
  });

  it('were looked at one and all', () => {
    expect(SCHEMAS.filter((file) => !seen.has(file))).toEqual([]);
  });
});
