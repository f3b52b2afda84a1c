import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { readReport } from '../../probe/readReport';
import type { Knowledge } from '../../probe/report';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator';
import { Engine, type RunResult } from './engine';
import { simulatorCredential } from './simulatorCredential';
import { chain, CREDENTIAL_ID, profileStep, type StepMaker } from './workflows';

/** n8n's engine and a Campaign that its credential opens. */
export interface Campaign {
  readonly engine: Engine;
  readonly simulator: Simulator;
  /** Puts the credential back to its beginning: OAuth Server-to-Server, nothing minted; `data` changes fields. */
  resetCredential(data?: ICredentialDataDecryptedObject): void;
  /** Runs one step on the given items. */
  runStep(parameters: INodeParameters, input?: IDataObject[], settings?: Partial<INode>): Promise<RunResult>;
  /** Items of the step of `runStep`. @throws the error that ended the run */
  outputOf(this: void, parameters: INodeParameters, input?: IDataObject[], settings?: Partial<INode>): Promise<IDataObject[]>;
  close(): Promise<void>;
}

/** Name of the step that `runStep` runs. */
export const STEP = 'Step';

/** What a report of `npm run probe` says of the instance that the tests are to run against; nothing unless one is named. */
function knowledge(): Knowledge {
  const file = process.env.ADOBE_CAMPAIGN_PROBE_REPORT ?? '';
  return file === '' ? { dialect: null, assumptions: {} } : readReport(file);
}

/**
 * Starts both.
 *
 * @param makeStep what `runStep` and `outputOf` run
 */
export async function startCampaign(options: SimulatorOptions = {}, makeStep: StepMaker = profileStep): Promise<Campaign> {
  const { dialect, assumptions } = knowledge();
  const simulator = await startSimulator({
    ...(dialect === null ? {} : { dialect }),
    ...options,
    assumptions: { ...assumptions, ...options.assumptions },
  });
  const engine = await Engine.load();

  const resetCredential = (data: ICredentialDataDecryptedObject = {}): void => {
    engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', { ...simulatorCredential(simulator), ...data });
  };
  resetCredential();

  const runStep: Campaign['runStep'] = async (parameters, input, settings) =>
    await engine.run(chain(makeStep(STEP, parameters, settings)), input);

  return {
    engine,
    simulator,
    resetCredential,
    runStep,
    outputOf: async (parameters, input, settings) => {
      const result = await runStep(parameters, input, settings);
      if (result.error) throw result.error;
      return result.json(STEP);
    },
    close: async () => await simulator.close(),
  };
}
