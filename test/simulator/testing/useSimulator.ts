import { startSimulator, type Simulator, type SimulatorOptions } from '..';
import { TestClient } from './client';

interface Started {
  readonly simulator: Simulator;
  readonly client: TestClient;
}

/** Number of profiles that need no generator: a simulator with these starts in milliseconds. */
export const CAST_SIZE = 7;

/** A simulator of its own for every test of the enclosing describe block. */
export function useSimulator(options: SimulatorOptions = {}): Started {
  let started: Started | null = null;
  const current = (): Started => {
    if (started === null) throw new Error('The simulator runs inside tests only');
    return started;
  };
  beforeEach(async () => {
    const simulator = await startSimulator({ profiles: CAST_SIZE, ...options });
    started = { simulator, client: new TestClient(simulator) };
  });
  afterEach(async () => {
    await current().client.close();
    await current().simulator.close();
  });
  return {
    get simulator() {
      return current().simulator;
    },
    get client() {
      return current().client;
    },
  };
}

/** Both generations of Campaign. */
export const DIALECTS = ['v8', 'acs'] as const;
