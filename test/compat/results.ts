import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../host/support/paths';

/** What was seen with one version of n8n; `seen` by the name of the check. */
export interface VersionResult {
  version: string;
  nodeMajor: number;
  /** Day of the run, as in 2026-01-31. */
  takenOn: string;
  seen: Record<string, { passed: boolean; text: string }>;
}

const FILE = path.join(projectRoot, 'test', 'compat', 'results.json');
const PAGE = path.join(projectRoot, 'docs', 'compatibility.md');
const MARKER = '<!-- results of npm run compat -->';

/** All results so far, oldest version first. */
export function readResults(): VersionResult[] {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as VersionResult[]) : [];
}

const numberOf = (version: string): number =>
  version.split('.').reduce((number, part, index) => number + Number(part) * 1_000 ** (2 - index), 0);

/** Keeps a result in place of an earlier one of the same version, and writes the table of the page. */
export function keepResult(result: VersionResult): void {
  const others = readResults().filter(({ version }) => version !== result.version);
  const results = [...others, result].sort((a, b) => numberOf(a.version) - numberOf(b.version));
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  const [before = '', , after = ''] = readFileSync(PAGE, 'utf8').split(MARKER);
  writeFileSync(PAGE, [before, `\n\n${tableOf(results)}\n\n`, after].join(MARKER));
}

/** The table as Markdown: a row for each check, a column for each version. */
export function tableOf(results: VersionResult[]): string {
  const names = [...new Set(results.flatMap(({ seen }) => Object.keys(seen)))];
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['n8n', ...results.map(({ version }) => version)]),
    row(['---', ...results.map(() => '---')]),
    row(['Node', ...results.map(({ nodeMajor }) => String(nodeMajor))]),
    row(['Taken on', ...results.map(({ takenOn }) => takenOn)]),
    ...names.map((name) =>
      row([
        name,
        ...results.map(({ seen }) => {
          const cell = seen[name];
          if (!cell) return '';
          return cell.passed ? cell.text : `no: ${cell.text.replaceAll('|', '\\|').slice(0, 120)}`;
        }),
      ]),
    ),
  ].join('\n');
}
