import type { INodeProperties } from 'n8n-workflow';

import { maxRequestsInFlightOption, requestsPerSecondOption, waitForCampaignOption } from './paceOptions';
import { timeoutOption } from './timeoutOption';

/** The Options collection of an operation: its own ones and those that every operation has, in alphabetical order. */
export function optionsProperty(...own: INodeProperties[]): INodeProperties {
  const options = [...own, maxRequestsInFlightOption, requestsPerSecondOption, timeoutOption, waitForCampaignOption];
  return {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: options.sort((left, right) => left.displayName.localeCompare(right.displayName, 'en')),
  };
}
