import type { Sample } from './contest';

/** The middle value; of an even number, the mean of the two in the middle. @throws Error when there is none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of nothing');
  return (lower + upper) / 2;
}

/** Updates per second that worked. */
export function itemsPerSecond({ succeeded, milliseconds }: Sample): number {
  return (succeeded / Math.max(milliseconds, 1)) * 1000;
}

/** CPU time of the process for one item, in ms. */
export function cpuPerItem({ cpuMilliseconds, items }: Sample): number {
  return cpuMilliseconds / items;
}

/** Share of all answers that were 429, 0 to 1. */
export function limitedShare({ seen }: Sample): number {
  return seen.requests === 0 ? 0 : seen.throttled / seen.requests;
}

/**
 * Median of the quotients of runs that took place in the same round.
 *
 * @throws Error when the two have no round in common
 */
export function pairedRatio(samples: readonly Sample[], base: readonly Sample[], of: (sample: Sample) => number): number {
  return median(samples.flatMap((sample, round) => (base[round] === undefined ? [] : [of(sample) / of(base[round])])));
}
