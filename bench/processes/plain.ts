import type { SimulatorAccess } from '../../test/support/simulatorCredential';
import type { Measure } from '../nodes/meter';

/** How one contestant did, by its own account. */
export interface Outcome extends Measure {
  readonly succeeded: number;
  readonly failed: number;
}

/** Work for a contestant outside n8n. */
export type PlainWork = {
  access: SimulatorAccess;
  profilesUrl: string;
  token: string;
  itemsFile: string;
  count: number;
};

/** What `plainProcess.ts` can be asked. */
export type PlainCalls = {
  undici: { input: PlainWork & { inFlight: number }; output: Outcome };
  adobeSdk: { input: PlainWork; output: Outcome };
  dataBytes: { input: { itemsFile: string; profilesUrl: string; count: number }; output: { inMemory: number; asJson: number } };
};
