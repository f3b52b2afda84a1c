import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_SECONDS } from '../../execution/openClient';
import { LONGEST_TIMEOUT_SECONDS } from '../../execution/runOptions';

/** Longest wait for one answer; the runner reads it for the whole run. */
export const timeoutOption: INodeProperties = {
  displayName: 'Timeout',
  name: 'timeout',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: LONGEST_TIMEOUT_SECONDS },
  default: DEFAULT_TIMEOUT_SECONDS,
  description: 'Seconds to wait for one answer of Campaign, 3,600 at the most',
};
