import type { INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../../shared/campaign/client';
import { unitReference, type UnitReference } from '../../shared/campaign/find/organizationalUnits';
import type { Item } from '../../shared/execution/item';

const UNIT = 'Organizational Unit';

/** Chooses one organizational unit. */
export const unitLocator: INodeProperties = {
  displayName: UNIT,
  name: 'unit',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The unit, chosen from a list or by what identifies it',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select a unit...',
      typeOptions: { searchListMethod: 'searchOrganizationalUnits', searchable: true, searchFilterRequired: false },
    },
    { displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. nordics', hint: 'The internal name, not the label' },
    { displayName: 'By PKey', name: 'pKey', type: 'string', placeholder: 'e.g. {{ $json.PKey }}' },
    { displayName: 'By URL', name: 'url', type: 'string', placeholder: 'e.g. {{ $json.href }}' },
  ],
};

/**
 * Reads the chosen unit for one item.
 *
 * @throws CampaignError `invalidInput`
 */
export function readUnit(client: CampaignClient, item: Item): UnitReference {
  const { mode, value } = item.locator('unit', UNIT);
  return unitReference(client, mode, value, UNIT);
}
