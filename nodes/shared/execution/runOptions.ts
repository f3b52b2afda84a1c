import type { Caps } from '../transport/pace/lane';
import { DEFAULT_TIMEOUT_SECONDS, DEFAULT_WAIT_SECONDS, LONGEST_WAIT_SECONDS } from './openClient';
import type { Parameters } from './parameters';

/** The longest wait for one answer that makes sense, in seconds; timers of JavaScript end at once when they are given weeks. */
export const LONGEST_TIMEOUT_SECONDS = 3600;
/** The lowest rate that a step may be bound to, and the highest: a request in ten seconds, and more than Campaign takes. */
export const REQUESTS_PER_SECOND = { least: 0.1, most: 10_000 };
export const MOST_REQUESTS_IN_FLIGHT = 1000;

/**
 * Reads the longest wait for one answer, in seconds.
 *
 * @throws CampaignError `invalidInput`
 */
export function readTimeout(parameters: Parameters): number {
  return parameters.positiveNumber('options.timeout', 'Timeout', DEFAULT_TIMEOUT_SECONDS, { most: LONGEST_TIMEOUT_SECONDS });
}

/**
 * Reads the limits of one step besides those that are learned, and how long its items wait for a Campaign that is away.
 *
 * @throws CampaignError `invalidInput`
 */
export function readCaps(parameters: Parameters): Caps {
  const wait = { least: 0, most: LONGEST_WAIT_SECONDS };
  return {
    patience: parameters.positiveNumber('options.waitForCampaign', 'Wait for Campaign', DEFAULT_WAIT_SECONDS, wait) * 1000,
    requestsPerSecond: parameters.positiveNumber('options.requestsPerSecond', 'Requests per Second', Infinity, REQUESTS_PER_SECOND),
    requestsInFlight: parameters.count('options.maxRequestsInFlight', 'Max Requests in Flight', Infinity, {
      most: MOST_REQUESTS_IN_FLIGHT,
    }),
  };
}
