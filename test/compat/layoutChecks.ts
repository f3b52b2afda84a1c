import { median } from '../../bench/statistics';
import type { Host } from '../host/host';
import { manyUpdates, UPDATE_STEP } from '../host/manyUpdates';
import type { Simulator } from '../simulator';
import { expectThat, type Check } from './check';
import { LATENCY_MS, MOST_IN_FLIGHT, UPDATES } from './workflows';

/** Pairs of runs that are measured, after one that warms both up. */
const PAIRS = 31;

/** Without kept connections it is 3 to 5: what lies between is the machine's. */
const MOST_RATIO = 2;

/** @returns a function that runs the updates once and gives the time of their step in milliseconds */
async function stopwatch({ client }: Host, simulator: Simulator): Promise<() => Promise<number>> {
  const { id } = await client.createWorkflow(manyUpdates(simulator, UPDATES, MOST_IN_FLIGHT));
  return async () => {
    const { status, error, nodeRuns } = await client.run(id, { withinMs: 90_000 });
    expectThat(status === 'success', 'It ended badly', error?.message ?? status);
    return nodeRuns[UPDATE_STEP]?.[0]?.executionTime ?? Number.NaN;
  };
}

/** What the layout of n8n's image costs. */
export const layoutChecks: Check[] = [
  {
    name: `Time of ${UPDATES} updates, next to where npm puts everything in reach`,
    async run({ host, startHoisted, simulator }) {
      const hoisted = await startHoisted();
      simulator.settings.latencyMs = LATENCY_MS;
      try {
        const inImage = await stopwatch(host, simulator);
        const inReach = await stopwatch(hoisted, simulator);
        await inImage();
        await inReach();
        const pairs: Array<[number, number]> = [];
        // In turn, so that whatever else the machine does meets both.
        for (let pair = 0; pair < PAIRS; pair += 1) pairs.push([await inImage(), await inReach()]);
        const ratio = median(pairs.map(([image, reach]) => image / reach));
        const [image, reach] = [median(pairs.map(([time]) => time)), median(pairs.map(([, time]) => time))];
        const text = `${ratio.toFixed(2)} (${image} to ${reach} ms)`;
        expectThat(ratio <= MOST_RATIO, 'It takes longer', text);
        return text;
      } finally {
        simulator.settings.latencyMs = 0;
        await hoisted.stop();
      }
    },
  },
];
