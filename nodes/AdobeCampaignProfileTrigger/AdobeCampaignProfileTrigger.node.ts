import { NodeConnectionTypes, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { toNodeError } from '../shared/execution/nodeError';
import { withFormerParameters } from '../shared/execution/formerParameters';
import { withStoredCollections } from '../shared/execution/storedCollections';
import { fieldLists } from '../shared/ui/record/describeFields';
import { profileInEditor } from '../AdobeCampaignProfile/profile/kind';
import { searchServices } from '../shared/ui/service/searchServices';
import { pollProfiles } from './poll';
import { properties } from './properties';

const fields = fieldLists(profileInEditor);

/** Starts a workflow for profiles of Adobe Campaign that are new or changed. Campaign sends nothing: it has to be asked. */
export class AdobeCampaignProfileTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Adobe Campaign Profile Trigger',
    name: 'adobeCampaignProfileTrigger',
    icon: { light: 'file:../../icons/adobeCampaign.svg', dark: 'file:../../icons/adobeCampaign.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle:
      '={{ { created: "profile created", createdOrUpdated: "profile created or updated", updated: "profile updated" }[$parameter["event"]] }}',
    description: 'Starts the workflow when profiles are created or updated in Adobe Campaign',
    defaults: { name: 'Adobe Campaign Profile Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'adobeCampaignApi', required: true }],
    properties: withStoredCollections(withFormerParameters(properties)),
  };

  methods = {
    listSearch: { searchServices },
    loadOptions: { getFields: fields.listFields, getFilters: fields.listFilters },
  };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    try {
      const profiles = await pollProfiles(this);
      return profiles.length > 0 ? [profiles.map((json) => ({ json }))] : null;
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  }
}
