import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(__dirname, '../../../docs/preview.md');

const INTRODUCTION = `# What Preview shows, and what was written

Each operation that writes, run once with *Preview* on and once without, against the simulator of both versions of Campaign. *Writes* is
what the simulator counted besides GET and requests for a token; *Fields* is how many fields \`changes\` names (v8 *or* Campaign
Standard, where they differ). The test walks over all operations there are, those of tomorrow as well, and fails when this page says
otherwise; \`PAGES=1 npx jest --selectProjects engine -- test/engine/preview.test.ts\` writes it anew.

| Operation | Outcome | Fields | The output panel says | Writes with Preview | Writes without |
|---|---|---|---|---|---|
`;

/** One operation that was run with and without the switch. */
export interface PreviewRow {
  /** e.g. `Profile: Update` */
  readonly operation: string;
  readonly outcome: string;
  /** How many fields `changes` names; undefined where there is none. */
  readonly fields: number | undefined;
  readonly hint: string;
  readonly writes: number;
  readonly writesWithout: number;
}

/** The page for what was seen; the same operation may have been run against both versions of Campaign. */
export function printPreviewPage(rows: readonly PreviewRow[]): string {
  const operations = [...new Set(rows.map(({ operation }) => operation))].sort();
  const lines = operations.map((operation) => {
    const seen = rows.filter((row) => row.operation === operation);
    const cells = [
      operation,
      among(seen.map(({ outcome }) => `\`${outcome}\``)),
      among(seen.map(({ fields }) => fields ?? '')),
      among(seen.map(({ hint }) => hint)),
      among(seen.map(({ writes }) => writes)),
      among(seen.map(({ writesWithout }) => writesWithout)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${INTRODUCTION}${lines.join('\n')}\n`;
}

/** The page as it is kept; written anew first where that is asked for with `PAGES=1`. */
export function keptPreviewPage(seen: string): string {
  if (process.env.PAGES) writeFileSync(FILE, seen);
  return readFileSync(FILE, 'utf8');
}

/** Versions of Campaign differ: v8 first. */
function among(values: readonly (string | number)[]): string {
  return [...new Set(values)].join(' or ');
}
