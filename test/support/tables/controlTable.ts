import path from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import manifest from '../../../package.json';
import { controlsOf } from './controls';
import former from './formerControls.json';
import { loadNode } from '../golden';

/** Where the table is kept. */
export const CONTROL_TABLE = path.resolve(__dirname, '../../../docs/controls.md');

/** Where the fields of a write stand, by what they were and are called. */
const FIELDS: ReadonlySet<string> = new Set(['Fields', 'Context', 'Parameters']);
/** As commit 0f97544 asked, before forms were cut down. */
const FORMER: Readonly<Record<string, readonly string[] | undefined>> = former;

const INTRODUCTION = `# What a new step asks

What the editor shows of each operation before anybody has touched it, the credential left out. *Above the fields* counts what stands
between the top of the panel and the fields to write, *Resource* and *Operation* included; the switch *Preview*, which was not there
before and nobody has to answer, is counted apart. Before: commit 0f97544. \`npm run golden\` writes this page.

| Operation | Controls before | Now | Above the fields, before | Now | What is asked now |
|---|---|---|---|---|---|
`;

/** The page that says what every operation asks, before and now. */
export async function printControlTable(): Promise<string> {
  const nodes = await Promise.all(manifest.n8n.nodes.map(loadNode));
  const rows = nodes.reverse().flatMap(({ description }) => rowsOf(description));
  return `${INTRODUCTION}${rows.join('\n')}\n`;
}

function rowsOf(description: INodeTypeDescription): string[] {
  return choicesOf(description, 'resource').flatMap((resource) =>
    choicesOf(description, 'operation', resource.value).map((operation) => {
      const before = FORMER[`${description.name}.${resource.value}.${operation.value}`];
      const { names } = controlsOf(description, { resource: resource.value, operation: operation.value });
      const asked = names.filter((name) => name !== 'Preview');
      const preview = asked.length < names.length ? ' + Preview' : '';
      const cells = [
        `${resource.name}: ${operation.name}`,
        before?.length ?? 'new',
        `${asked.length}${preview}`,
        before ? aboveFields(before) : '',
        aboveFields(asked),
        asked.slice(2).join(', '),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
}

/** How many stand above the fields to write; nothing where there are none. */
function aboveFields(names: readonly string[]): number | string {
  const index = names.findIndex((name) => FIELDS.has(name));
  return index < 0 ? '' : index;
}

function choicesOf({ properties }: INodeTypeDescription, name: string, resource?: string): { name: string; value: string }[] {
  const property = properties.find(
    (candidate) => candidate.name === name && (resource === undefined || candidate.displayOptions?.show?.resource?.includes(resource)),
  );
  return (property?.options ?? []).flatMap((option) => ('value' in option ? [{ name: option.name, value: String(option.value) }] : []));
}
