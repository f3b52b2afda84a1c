import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, subtitleOf, type Resource } from '../shared/execution/operation';
import { runOperation } from '../shared/execution/runner';
import { fieldLists } from '../shared/ui/record/describeFields';
import { profileInEditor, standardProfileForm } from './profile/kind';
import { searchProfiles } from '../shared/ui/profile/searchProfiles';
import { searchServices } from '../shared/ui/service/searchServices';
import { profile } from './profile';
import { subscription } from './subscription';

const RESOURCES: readonly Resource[] = [profile, subscription];

const fields = fieldLists(profileInEditor, standardProfileForm);

/** Profiles of Adobe Campaign and their subscriptions, item by item. */
export class AdobeCampaignProfile implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Adobe Campaign Profile',
    name: 'adobeCampaignProfile',
    icon: { light: 'file:../../icons/adobeCampaign.svg', dark: 'file:../../icons/adobeCampaign.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: subtitleOf(RESOURCES),
    description: 'Create, retrieve, update and delete profiles in Adobe Campaign, and subscribe them to services',
    // n8n calls tools "Get profile in …".
    defaults: { name: 'Adobe Campaign' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'adobeCampaignApi', required: true }],
    properties: describeResources(RESOURCES),
  };

  methods = {
    listSearch: { searchProfiles, searchServices },
    loadOptions: { getFields: fields.listFields, getFilters: fields.listFilters, getSortableFields: fields.listSortableFields },
    resourceMapping: { getFields: fields.mapFields },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation(this, RESOURCES);
  }
}
