import { startSimulator, type AssumptionName, type Assumptions, type Simulator, type SimulatorOptions } from '../simulator';
import { accessFrom, type Access } from '../../probe/credentials';
import { Pace } from '../../probe/pace';
import type { ReportedFinding } from '../../probe/report';
import { probeInstance, type ProbeOptions, type ProbeResult } from '../../probe/run';

/** A pace in virtual time: nobody waits, and `waited` says how long somebody would have. */
export function virtualPace(): { readonly pace: Pace; readonly now: () => number } {
  let now = 0;
  const wait = (ms: number): Promise<void> => {
    now += ms;
    return Promise.resolve();
  };
  return { pace: new Pace({ now: () => now, wait }), now: () => now };
}

/** How the probe comes into a simulator. */
export function accessTo({ url, tokenUrl, organization, apiKey, clientSecret, scopes }: Simulator): Access {
  return accessFrom({ organization, apiKey, clientSecret, scopes, apiBaseUrl: url, tokenUrl });
}

/** Probes a simulator of its own. */
export async function probeSimulator(
  options: SimulatorOptions,
  more: Partial<ProbeOptions> = {},
): Promise<ProbeResult & { readonly simulator: Simulator }> {
  const simulator = await startSimulator({ profiles: 7, ...options });
  try {
    const result = await probeInstance({ access: accessTo(simulator), mayWrite: true, pace: virtualPace().pace, ...more });
    return { ...result, simulator };
  } finally {
    await simulator.close();
  }
}

/** What a report says of an assumption. @throws Error if it says nothing */
export function findingOn({ report }: ProbeResult, name: AssumptionName): ReportedFinding {
  const finding = report.findings.find(({ assumption }) => assumption === name);
  if (finding === undefined) throw new Error(`The report says nothing of ${name}`);
  return finding;
}

/** One switch turned. */
export function turned<Name extends AssumptionName>(name: Name, side: Assumptions[Name]): Partial<Assumptions> {
  const assumptions: Partial<Assumptions> = {};
  assumptions[name] = side;
  return assumptions;
}
