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
import { searchProfiles } from '../shared/ui/profile/searchProfiles';
import { searchServices } from '../shared/ui/service/searchServices';
import { customResource } from './customResource';
import { customResourceInEditor, searchCustomResources, searchRecords } from './customResource/editor';
import { legacy } from './legacy';
import { searchOrganizationalUnits } from './legacy/searchOrganizationalUnits';
import { service } from './service';
import { serviceInEditor } from './service/kind';
import { transactionalEvent } from './transactionalEvent';
import { workflow } from './workflow';
import { searchSignals } from './workflow/searchSignals';

/** What most people come for first; what Campaign Standard alone has last. */
const RESOURCES: readonly Resource[] = [service, transactionalEvent, workflow, customResource, legacy];

const fields = fieldLists(async (client, context) => {
  const readResource = context.getCurrentNodeParameter('resource') === service.value ? serviceInEditor : customResourceInEditor;
  return await readResource(client, context);
});

/** What Adobe Campaign does beside keeping profiles: services, custom resources, workflows and messages for events, item by item. */
export class AdobeCampaign implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Adobe Campaign',
    name: 'adobeCampaign',
    icon: { light: 'file:../../icons/adobeCampaign.svg', dark: 'file:../../icons/adobeCampaign.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: subtitleOf(RESOURCES),
    description: 'Manage services and custom resources, run workflows and send transactional events in Adobe Campaign',
    defaults: { name: 'Adobe Campaign' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'adobeCampaignApi', required: true }],
    properties: describeResources(RESOURCES),
  };

  methods = {
    listSearch: { searchCustomResources, searchOrganizationalUnits, searchProfiles, searchRecords, searchServices, searchSignals },
    loadOptions: {
      getFields: fields.listFields,
      getFilters: fields.listFilters,
      getLinks: fields.listLinks,
      getSortableFields: fields.listSortableFields,
    },
    resourceMapping: { getFields: fields.mapFields },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation(this, RESOURCES);
  }
}
