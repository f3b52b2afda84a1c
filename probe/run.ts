import { isDeepStrictEqual } from 'node:util';
import { ASSUMPTION_NAMES, DEFAULT_ASSUMPTIONS, type AssumptionName, type Dialect } from '../test/simulator';
import type { Access } from './credentials';
import type { Asking, Finding, Probe } from './finding';
import { notAnswerable } from './finding';
import { Pace } from './pace';
import { ProbeProblem } from './problem';
import { PROBES } from './probes';
import { REPORT_FORMAT, type Report, type ReportedFinding } from './report';
import { Subjects } from './subjects';
import { isDone, LimitReached, Tenant } from './tenant';

const STAGES = ['none', 'read', 'opening', 'write', 'removal', 'afterwards'] as const;

/** How an instance is probed. */
export interface ProbeOptions {
  readonly access: Access;
  /** Whether a profile and a service may be made, changed and removed. */
  readonly mayWrite: boolean;
  readonly pace?: Pace;
  /** Aborted: no further probe is begun; what was made is removed. */
  readonly signal?: AbortSignal;
  /** Told before each probe. */
  readonly onProbe?: (name: AssumptionName) => void;
}

/** What came of it. */
export interface ProbeResult {
  readonly report: Report;
  /** What the probe made and could not remove, by the names that a person finds it by: for the terminal, not for the report. */
  readonly leftOver: readonly string[];
}

/**
 * Asks an instance about every assumption that has a probe.
 * @throws ProbeProblem if the instance does not let anybody in
 */
export async function probeInstance({ access, mayWrite, pace = new Pace(), signal, onProbe }: ProbeOptions): Promise<ProbeResult> {
  const tenant = new Tenant(access, pace);
  await checkWayIn(tenant);
  const dialect = await dialectOf(tenant);
  const subjects = mayWrite ? new Subjects(tenant) : null;
  const asking: Asking = { tenant, dialect, subjects };
  const findings: ReportedFinding[] = [];
  let stopped: string | null = null;
  let leftOver: string[] = [];
  tenant.takeEvidence();
  try {
    for (const name of inOrder()) {
      if (signal?.aborted === true) stopped = 'The probe was interrupted.';
      if (stopped !== null) break;
      if (PROBES[name].stage !== 'none') onProbe?.(name);
      const finding = await findingOf(PROBES[name], asking).catch((error: unknown): Finding<unknown> => {
        if (error instanceof LimitReached) stopped = error.message;
        // Other errors may repeat an address; whoever reads the report must not learn it.
        return notAnswerable(error instanceof ProbeProblem || error instanceof LimitReached ? error.message : 'the request failed');
      });
      findings.push(reported(name, finding, tenant));
    }
  } finally {
    leftOver = (await subjects?.removeAll()) ?? [];
  }
  return {
    report: {
      format: REPORT_FORMAT,
      day: new Date().toISOString().slice(0, 10),
      dialect,
      mode: mayWrite ? 'write' : 'readOnly',
      stopped,
      requests: tenant.requests,
      findings,
    },
    leftOver,
  };
}

/** The names as their probes have to follow each other. */
function inOrder(): AssumptionName[] {
  return STAGES.flatMap((stage) => ASSUMPTION_NAMES.filter((name) => PROBES[name].stage === stage));
}

async function findingOf(probe: Probe<unknown>, asking: Asking): Promise<Finding<unknown>> {
  if (probe.stage === 'none') return notAnswerable(probe.why);
  if (probe.dialect !== undefined && probe.dialect !== asking.dialect) {
    return notAnswerable(`is about ${probe.dialect === 'v8' ? 'Campaign v8' : 'Campaign Standard'}`);
  }
  if (probe.stage === 'read') return await probe.ask(asking);
  if (asking.subjects === null) return notAnswerable('needs --write');
  return await probe.ask(asking.subjects, asking);
}

function reported(assumption: AssumptionName, finding: Finding<unknown>, tenant: Tenant): ReportedFinding {
  const assumed = DEFAULT_ASSUMPTIONS[assumption];
  const evidence = tenant.takeEvidence();
  const note = finding.note === undefined ? {} : { note: finding.note };
  if (finding.kind !== 'observed') return { assumption, outcome: finding.kind, assumed, ...note, evidence };
  const outcome = isDeepStrictEqual(finding.value, assumed) ? 'confirmed' : 'contradicted';
  return { assumption, outcome, assumed, observed: finding.value, ...note, evidence };
}

async function checkWayIn(tenant: Tenant): Promise<void> {
  const answer = await tenant.get('profileAndServices/profile/PKey?_lineCount=1');
  if (!isDone(answer)) {
    throw new ProbeProblem(`The instance lets nobody in (${answer.status}). Check organization, API key, token and product profile.`);
  }
}

/** The two generations word a key of nothing differently. */
async function dialectOf(tenant: Tenant): Promise<Dialect | null> {
  const { text } = await tenant.get('profileAndServices/profile/@n8nProbe');
  if (text.includes('Unable to decrypt PKey')) return 'v8';
  return /XTK-170036|RST-360011|attribute unknown/.test(text) ? 'acs' : null;
}
