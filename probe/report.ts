import { ASSUMPTION_NAMES, isAssumption, parseAssumptions, type AssumptionName, type Assumptions, type Dialect } from '../test/simulator';
import type { Evidence } from './evidence';

export const REPORT_FORMAT = 'n8n-nodes-adobe-campaign probe 1';

/** What the probe says about one assumption. */
export interface ReportedFinding {
  readonly assumption: AssumptionName;
  /** `neither`: the instance does what no side of the assumption describes. */
  readonly outcome: 'confirmed' | 'contradicted' | 'neither' | 'notAnswerable';
  readonly assumed: unknown;
  /** The side that was seen; left out where none was. */
  readonly observed?: unknown;
  readonly note?: string;
  readonly evidence: readonly Evidence[];
}

/** What an instance does, and nothing about whose it is. */
export interface Report {
  readonly format: typeof REPORT_FORMAT;
  readonly day: string;
  readonly dialect: Dialect | null;
  readonly mode: 'readOnly' | 'write';
  /** Why the probe ended before its end; null: it did not. */
  readonly stopped: string | null;
  readonly requests: number;
  readonly findings: readonly ReportedFinding[];
}

/** The generation of Campaign, and the sides of its assumptions that a report knows. */
export interface Knowledge {
  readonly dialect: Dialect | null;
  readonly assumptions: Partial<Assumptions>;
}

/** @throws Error in a sentence for what is no report, or one of another version of this package */
export function parseReport(text: string): Knowledge {
  const report: unknown = parsed(text);
  if (!isObject(report) || report.format !== REPORT_FORMAT || !Array.isArray(report.findings)) {
    throw new Error(`This is not a report of the probe ("format" is not "${REPORT_FORMAT}").`);
  }
  const observations: Record<string, unknown> = {};
  for (const finding of report.findings) {
    if (!isObject(finding) || typeof finding.assumption !== 'string') throw new Error('A finding of the report names no assumption.');
    if (!isAssumption(finding.assumption))
      throw new Error(`The report tells of an assumption that is not known here: ${finding.assumption}.`);
    if (Object.hasOwn(finding, 'observed')) observations[finding.assumption] = finding.observed;
  }
  const dialect = report.dialect === 'v8' || report.dialect === 'acs' ? report.dialect : null;
  return { dialect, assumptions: parseAssumptions(observations) };
}

/** The report for people: what differs first. */
export function describeReport(report: Report): string {
  const title = `Probe of ${report.day}: ${report.dialect ?? 'an unknown generation of Campaign'}, ${report.mode === 'write' ? 'with writing' : 'read only'}, ${report.requests} requests.`;
  const parts = [
    ['Contradicted: the simulator assumes something else', 'contradicted'],
    ['Neither: no side of the assumption describes it', 'neither'],
    ['Confirmed', 'confirmed'],
    ['Not answerable here', 'notAnswerable'],
  ] as const;
  const sections = parts.map(([heading, outcome]) => {
    const findings = report.findings.filter((finding) => finding.outcome === outcome);
    return [`\n${heading} (${findings.length})`, ...findings.map(line)].join('\n');
  });
  const total = `\n${report.findings.length} of ${ASSUMPTION_NAMES.length} assumptions are in this report.`;
  return [title, ...(report.stopped === null ? [] : [report.stopped]), ...sections, total, ''].join('\n');
}

function line({ assumption, outcome, assumed, observed, note }: ReportedFinding): string {
  const value = outcome === 'contradicted' ? `: ${JSON.stringify(observed)}, not ${JSON.stringify(assumed)}` : '';
  const same = outcome === 'confirmed' ? `: ${JSON.stringify(observed)}` : '';
  return `  ${assumption}${value}${same}${note === undefined ? '' : ` (${note})`}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
