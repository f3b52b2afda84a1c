import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { AdobeCampaignApi } from '../../credentials/AdobeCampaignApi.credentials';
import manifest from '../../package.json';

const ROOT = path.resolve(__dirname, '../..');
export const GOLDEN_FOLDER = path.join(ROOT, 'test/golden');

/** One parameter as a saved workflow depends on it; texts, which may change at any time, are left out. */
export interface GoldenParameter {
  /** The operation, where there is one, and the names that lead to it, e.g. `profile.get > options > timeout`. */
  readonly at: string;
  readonly [key: string]: unknown;
}

/** What saved workflows and credentials depend on, of one node or credential. */
export interface Golden {
  readonly type: Readonly<Record<string, unknown>>;
  readonly parameters: readonly GoldenParameter[];
  /** What n8n finds the node by; undefined for a credential. */
  readonly codex?: unknown;
}

/** What the files in test/golden should hold, by file name. */
export async function goldenFiles(): Promise<Map<string, Golden>> {
  const files = new Map<string, Golden>();
  for (const built of manifest.n8n.nodes) {
    const { description } = await loadNode(built);
    const { name, version, group, inputs, outputs, credentials, polling, usableAsTool, properties } = description;
    files.set(`${name}.json`, {
      type: { name, version, group, inputs, outputs, credentials, polling, usableAsTool },
      parameters: properties.flatMap((property) => parametersOf(property, whereOf(property))),
      codex: codexOf(path.dirname(built.replace(/^dist\//, ''))),
    });
  }
  const { name, authenticate, test, properties } = new AdobeCampaignApi();
  files.set(`${name}.json`, {
    type: { name, authenticate: typeof authenticate, test: typeof test },
    parameters: properties.flatMap((property) => parametersOf(property, '')),
  });
  // As a file holds it: without what is undefined.
  return new Map([...files].map(([file, golden]) => [file, JSON.parse(JSON.stringify(golden)) as Golden]));
}

/** The text of a file: one line for each parameter, so that a comparison shows which of them changed. */
export function printGolden({ type, parameters, codex }: Golden): string {
  const lines = parameters.map((parameter) => `    ${JSON.stringify(parameter)}`).join(',\n');
  const end = codex === undefined ? '' : `,\n  "codex": ${JSON.stringify(codex)}`;
  return `{\n  "type": ${JSON.stringify(type)},\n  "parameters": [\n${lines}\n  ]${end}\n}\n`;
}

/** Parameters of one name are there once for each operation. */
function whereOf({ displayOptions }: INodeProperties): string {
  const { resource, operation } = displayOptions?.show ?? {};
  const place = [resource, operation].filter((values) => values !== undefined).join('.');
  return place === '' ? '' : `${place} > `;
}

function parametersOf(property: INodeProperties, where: string): GoldenParameter[] {
  const { name, type, default: initially, required, noDataExpression, displayOptions, typeOptions, modes, options = [] } = property;
  const at = `${where}${name}`;
  const choices = options.filter(isChoice).map(({ value }) => value);
  const golden: GoldenParameter = {
    at,
    type,
    default: initially,
    required,
    noDataExpression,
    values: choices.length > 0 ? choices : undefined,
    modes: modes?.map(({ name: mode, type: input, typeOptions: list }) => ({ name: mode, type: input, typeOptions: list })),
    displayOptions,
    typeOptions: typeOptions && withoutTexts(typeOptions),
  };
  const nested = options.flatMap((option): GoldenParameter[] => {
    if (isChoice(option)) return [];
    if (!('values' in option)) return parametersOf(option, `${at} > `);
    return option.values.flatMap((value) => parametersOf(value, `${at} > ${option.name} > `));
  });
  return [golden, ...nested];
}

function isChoice(option: INodePropertyOptions | INodeProperties | INodePropertyCollection): option is INodePropertyOptions {
  return !('type' in option) && !('values' in option);
}

/** A mapper's labels are texts, too. */
function withoutTexts(typeOptions: object): unknown {
  return JSON.parse(JSON.stringify(typeOptions, (key, value: unknown) => (/Labels?$|Words$/.test(key) ? undefined : value)));
}

/**
 * A node from its source.
 *
 * @param built as package.json names it
 */
export async function loadNode(built: string): Promise<INodeType> {
  // By its whole file name: without it, the codex beside it would be taken for the source.
  const source = built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  const loaded = (await import(path.join(ROOT, source))) as Record<string, (new () => INodeType) | undefined>;
  const Node = loaded[path.basename(source, '.node.ts')];
  if (!Node) throw new Error(`${source} does not export the class that n8n looks for`);
  return new Node();
}

function codexOf(folder: string): unknown {
  const [file = ''] = readdirSync(path.join(ROOT, folder)).filter((name) => name.endsWith('.node.json'));
  return JSON.parse(readFileSync(path.join(ROOT, folder, file), 'utf8'));
}
