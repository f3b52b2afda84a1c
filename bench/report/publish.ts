import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { drawChart } from './chart';
import { describeReport, type Report } from './report';

const DOCS = path.resolve(__dirname, '../../docs');
const MARKERS = /(<!-- results of npm run bench -->\n)[^]*(<!-- end of the results -->)/;

/** Keeps a report: the raw data beside the benchmark, the chart and the tables in docs/performance.md. */
export function publish(report: Report): void {
  writeFileSync(path.resolve(__dirname, '../results.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(path.join(DOCS, 'images', 'performance.svg'), drawChart(report.settings));
  const page = path.join(DOCS, 'performance.md');
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), describeReport(report)));
}

/**
 * The page with new tables; what people wrote around them stays.
 *
 * @throws Error when the page has lost its markers
 */
export function withTables(page: string, tables: string): string {
  if (!MARKERS.test(page)) throw new Error('docs/performance.md has no markers for the results: put them back');
  return page.replace(MARKERS, (_, start: string, end: string) => `${start}\n${tables}\n\n${end}`);
}
