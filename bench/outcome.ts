import type { Outcome } from './processes/plain';

/**
 * What a measured workflow tells.
 *
 * @param milliseconds how long the step took, from the run data
 * @param metered what the meter after it put out
 * @throws Error when the meter did not run
 */
export function readOutcome(milliseconds: number, metered: Readonly<Record<string, unknown>> | undefined): Outcome {
  const number = (name: string): number => {
    const value = metered?.[name];
    if (typeof value !== 'number') throw new Error(`The meter did not tell '${name}'`);
    return value;
  };
  return {
    milliseconds,
    cpuMilliseconds: number('cpuMilliseconds'),
    startBytes: number('startBytes'),
    peakBytes: number('peakBytes'),
    succeeded: number('succeeded'),
    failed: number('failed'),
  };
}
