import type { SimulatorAccess } from '../../test/support/simulatorCredential';
import type { WorkflowJson } from '../../test/support/engine';
import type { Outcome } from './plain';

/** What `engineProcess.ts` can be asked. */
export type EngineCalls = {
  credential: { input: SimulatorAccess; output: undefined };
  run: { input: WorkflowJson; output: Outcome };
};
