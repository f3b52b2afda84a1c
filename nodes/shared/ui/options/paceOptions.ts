import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_WAIT_SECONDS, LONGEST_WAIT_SECONDS } from '../../execution/openClient';
import { MOST_REQUESTS_IN_FLIGHT, REQUESTS_PER_SECOND } from '../../execution/runOptions';

/** Limits that a user sets for one step; the runner reads them for the whole run. Without them the pace is learned. */
export const maxRequestsInFlightOption: INodeProperties = {
  displayName: 'Max Requests in Flight',
  name: 'maxRequestsInFlight',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: MOST_REQUESTS_IN_FLIGHT, numberPrecision: 0 },
  default: 5,
  description: 'How many requests this step has under way at a time at the most. Without it, as many as Campaign is found to take.',
};

export const requestsPerSecondOption: INodeProperties = {
  displayName: 'Requests per Second',
  name: 'requestsPerSecond',
  type: 'number',
  typeOptions: { minValue: REQUESTS_PER_SECOND.least, maxValue: REQUESTS_PER_SECOND.most },
  default: 10,
  description: 'How many requests this step starts per second at the most. Without it, as many as Campaign is found to take.',
};

/** What an outage may cost in time; the runner reads it for the whole run. */
export const waitForCampaignOption: INodeProperties = {
  displayName: 'Wait for Campaign',
  name: 'waitForCampaign',
  type: 'number',
  typeOptions: { minValue: 0, maxValue: LONGEST_WAIT_SECONDS },
  default: DEFAULT_WAIT_SECONDS,
  description:
    "Seconds that an item waits at the most while Campaign or Adobe's identity service is away. With 0 it fails at once. One request at a time finds out when Campaign is back.",
};
