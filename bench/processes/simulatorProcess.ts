/** The simulator in a process of its own, so that it takes nothing from those who are measured. */
import { setTimeout as pause } from 'node:timers/promises';

import { faultActions, startSimulator, type Simulator } from '../../test/simulator';
import { serve } from './process';
import { CHANGED_ONE_IN } from '../settings';
import type { Conditions, SimulatorCalls } from './simulator';
import { makeRow } from '../update';

let simulator: Simulator | undefined;
let cpu = process.cpuUsage();
/** Profiles before a sync, and rows that it is to leave there. */
let sync: { readonly profiles: number; readonly rows: number } | undefined;

function started(): Simulator {
  if (simulator === undefined) throw new Error('The simulator has not been started');
  return simulator;
}

/** Half of the faults are a 503, half a reset before anything is handled; both may be repeated safely. */
function impose({ latencyMs, requestsPerSecond, faultRate }: Conditions): void {
  const { settings, faults } = started();
  settings.latencyMs = latencyMs;
  settings.requestsPerSecond = requestsPerSecond;
  faults.clear();
  if (faultRate === 0) return;
  const half = faultRate / 2;
  faults.add({ method: 'PATCH', probability: half, action: faultActions.serviceUnavailable });
  // The second rule only sees what the first one let pass.
  faults.add({ method: 'PATCH', probability: half / (1 - half), action: faultActions.resetBefore });
}

function syncOutcome(): { doubles: number; losses: number } {
  if (sync === undefined) return { doubles: 0, losses: 0 };
  const { profiles } = started();
  const all = profiles.all().slice(0, sync.rows);
  const losses = all.filter(({ phone }, index) => phone !== makeRow(index).phone).length;
  return { doubles: profiles.size - sync.profiles, losses };
}

serve<SimulatorCalls>({
  async start({ profiles }) {
    simulator = await startSimulator({ https: true, profiles, settings: { requestLogLimit: 0 } });
    const { url, tokenUrl, organization, apiKey, clientSecret, scopes, certificate = '' } = simulator;
    return { url, tokenUrl, organization, apiKey, clientSecret, scopes, certificate };
  },

  token: () => started().mintToken(),

  keys(count) {
    const { profiles } = started();
    return profiles
      .all()
      .slice(0, count)
      .map((profile) => profiles.keyOf(profile));
  },

  rows(count) {
    const { profiles } = started();
    for (const [index, { id }] of profiles.all().slice(0, count).entries()) profiles.update(id, { email: makeRow(index).email });
    return Array.from({ length: count }, (_, index) => makeRow(index));
  },

  prepareSync(count) {
    const { profiles } = started();
    for (const [index, { id }] of profiles.all().slice(0, count).entries()) {
      profiles.update(id, { phone: index % CHANGED_ONE_IN === 0 ? 'as it was' : makeRow(index).phone });
    }
    sync = { profiles: profiles.size, rows: count };
    return undefined;
  },

  async impose(conditions) {
    impose(conditions);
    // A cap looks back over one second: what came before must not count.
    if (conditions.requestsPerSecond !== null) await pause(1_100);
    started().resetStats();
    cpu = process.cpuUsage();
  },

  observe() {
    const { user, system } = process.cpuUsage(cpu);
    const { requests, throttled, faults, connectionsOpened, mostInFlight, writes } = started().stats;
    const { recordsWritten } = writes;
    const cpuMilliseconds = (user + system) / 1000;
    return { requests, throttled, faults, connectionsOpened, mostInFlight, recordsWritten, cpuMilliseconds, ...syncOutcome() };
  },
});
