import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
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

/** The first parameter of every operation that writes. */
export const previewProperty: INodeProperties = {
  displayName: 'Preview',
  name: 'preview',
  type: 'boolean',
  default: false,
  description:
    'Whether to only show what would be written. Everything is read and checked as usual, and nothing in Campaign is changed. The same for all items of a run.',
};

/**
 * Reads whether the step only previews.
 *
 * @throws CampaignError `invalidInput`
 */
export function readPreview(parameters: Parameters): boolean {
  return parameters.flag('preview', 'Preview');
}

/**
 * Makes sure that no item asks for anything else than the run does: a run has one client, which may write or may not.
 *
 * @throws CampaignError `invalidInput`
 */
export function checkPreview(parameters: Parameters, expected: boolean): void {
  if (readPreview(parameters) === expected) return;
  throw invalidInput(
    `'Preview' is ${expected ? 'off' : 'on'} for this item, but ${expected ? 'on' : 'off'} for the first one`,
    'Nothing was sent for this item. Set it alike for all items of a run, or split the items before this step.',
  );
}
