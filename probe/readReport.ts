import { readFileSync } from 'node:fs';
import { parseReport, type Knowledge } from './report';

/** What a report of the probe says. @throws Error in a sentence for a file that is not there or no report */
export function readReport(file: string): Knowledge {
  return parseReport(textOf(file));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The report ${file} cannot be read.`);
  }
}
