import type { Simulator } from '../simulator';
import type { Host } from './host';
import { manyUpdates } from './manyUpdates';

const ITEMS = 200;
/** The bound is of what may be under way, not of what the simulator happened to see at a time: an answer may be on its way. */
const MOST_IN_FLIGHT = 8;

/** Expects that a host updates many profiles over connections that stay open. */
export async function expectFewConnections(host: Host, simulator: Simulator): Promise<void> {
  const { id } = await host.client.createWorkflow(manyUpdates(simulator, ITEMS, MOST_IN_FLIGHT));
  // So that requests meet each other at the simulator.
  simulator.settings.latencyMs = 10;
  simulator.resetStats();
  const execution = await host.client.run(id);
  simulator.settings.latencyMs = 0;

  expect(execution.error).toBeUndefined();
  expect(simulator.stats.byMethod.get('PATCH')).toBe(ITEMS);
  expect(simulator.stats.writesApplied).toBe(ITEMS);
  expect(simulator.stats.mostInFlight).toBeGreaterThan(1);
  // The first request, and a token where it mints one, go through n8n, which opens a connection for each.
  expect(simulator.stats.connectionsOpened).toBeLessThanOrEqual(MOST_IN_FLIGHT + 1 + simulator.stats.tokensMinted);
}
