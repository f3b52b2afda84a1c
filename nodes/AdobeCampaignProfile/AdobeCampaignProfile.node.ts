import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, type Resource } from '../shared/execution/operation';
import { runOperation } from '../shared/execution/runner';
import { listProfileFields, mapProfileFields } from '../shared/ui/describeProfileFields';
import { searchProfiles } from '../shared/ui/searchProfiles';
import { profile } from './profile';

const RESOURCES: readonly Resource[] = [profile];

/** Creates, retrieves, updates and deletes profiles of Adobe Campaign, item by item. */
export class AdobeCampaignProfile implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Adobe Campaign Profile',
    name: 'adobeCampaignProfile',
    icon: { light: 'file:../../icons/adobeCampaign.svg', dark: 'file:../../icons/adobeCampaign.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Create, retrieve, update and delete profiles in Adobe Campaign',
    defaults: { name: 'Adobe Campaign Profile' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'adobeCampaignApi', required: true }],
    properties: describeResources(RESOURCES),
  };

  methods = {
    listSearch: { searchProfiles },
    loadOptions: { getProfileFields: listProfileFields },
    resourceMapping: { getProfileFields: mapProfileFields },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation(this, RESOURCES);
  }
}
