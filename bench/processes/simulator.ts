import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { SimulatorAccess } from '../../test/support/simulatorCredential';
import { BenchProcess } from './process';
import { makeItems, type SyncRow } from '../update';

/** What the way to Campaign is like. */
export interface Conditions {
  readonly latencyMs: number;
  /** Cap that nobody is told of; more is answered 429 without Retry-After. null: none. */
  readonly requestsPerSecond: number | null;
  /** Share of the updates that end with a 503 or a reset, 0 to 1. */
  readonly faultRate: number;
}

/** The simulator at its best. */
export const NO_CONDITIONS: Conditions = { latencyMs: 0, requestsPerSecond: null, faultRate: 0 };

/** What the server saw since conditions were imposed. */
export interface Observed {
  readonly requests: number;
  /** Answers with 429. */
  readonly throttled: number;
  readonly faults: number;
  readonly connectionsOpened: number;
  readonly mostInFlight: number;
  /** Profiles that were really changed. */
  readonly recordsWritten: number;
  /** Of a sync: profiles that are there twice, and rows that are not there as they came. */
  readonly doubles: number;
  readonly losses: number;
  /** CPU time of the simulator itself. */
  readonly cpuMilliseconds: number;
}

export type SimulatorCalls = {
  start: { input: { profiles: number }; output: SimulatorAccess & { certificate: string } };
  token: { input: undefined; output: string };
  keys: { input: number; output: string[] };
  /** Rows with emails, for the first so many profiles. */
  rows: { input: number; output: SyncRow[] };
  /** Makes the profiles hold what the rows hold, but for one in twenty. */
  prepareSync: { input: number; output: undefined };
  impose: { input: Conditions; output: undefined };
  observe: { input: undefined; output: Observed };
};

/** A running simulator and what those who use it need: its access, its certificate and items that update its profiles. */
export interface BenchSimulator {
  readonly access: SimulatorAccess;
  /** Address of the profiles, without a slash at the end. */
  readonly profilesUrl: string;
  /** Names the file with the certificate; Node reads it when a process starts. */
  readonly trust: Readonly<Record<'NODE_EXTRA_CA_CERTS', string>>;
  /** JSON file with one item for every profile. */
  readonly itemsFile: string;
  /** The same by email. */
  readonly syncFile: string;
  readonly process: BenchProcess<SimulatorCalls>;
}

/**
 * Starts one over HTTPS.
 *
 * @param folder where the certificate and the items go; made when missing
 * @param profiles profiles in it, and items
 */
export async function startBenchSimulator(folder: string, profiles: number): Promise<BenchSimulator> {
  mkdirSync(folder, { recursive: true });
  const child = BenchProcess.start<SimulatorCalls>('simulatorProcess.ts');
  try {
    const { certificate, ...access } = await child.call('start', { profiles });
    const certificateFile = path.join(folder, 'simulator.pem');
    writeFileSync(certificateFile, certificate);
    const itemsFile = path.join(folder, 'items.json');
    writeFileSync(itemsFile, JSON.stringify(makeItems(await child.call('keys', profiles))));
    const syncFile = path.join(folder, 'sync.json');
    writeFileSync(syncFile, JSON.stringify(await child.call('rows', profiles)));
    const profilesUrl = `${access.url}/${access.organization}/campaign/profileAndServices/profile`;
    return { access, profilesUrl, trust: { NODE_EXTRA_CA_CERTS: certificateFile }, itemsFile, syncFile, process: child };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
