import type { INodeProperties } from 'n8n-workflow';

import { parseActivity } from '../../shared/campaign/actions/signals';
import type { Item } from '../../shared/execution/item';

const ACTIVITY = 'Activity';

/** Chooses the signal of a workflow; only external signals can be triggered. */
export const activityLocator: INodeProperties = {
  displayName: ACTIVITY,
  name: 'activity',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The external signal activity inside the workflow',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select a signal...',
      typeOptions: { searchListMethod: 'searchSignals', searchable: true, searchFilterRequired: false },
    },
    {
      displayName: 'By Name',
      name: 'name',
      type: 'string',
      placeholder: 'e.g. signal1',
      hint: "The activity's name in its properties in Campaign, not its label",
    },
  ],
};

/**
 * Reads the name of the chosen activity for one item.
 *
 * @throws CampaignError `invalidInput`
 */
export function readActivity(item: Item): string {
  return parseActivity(item.locator('activity', ACTIVITY).value);
}
