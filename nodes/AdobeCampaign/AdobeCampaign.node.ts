import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, type Resource } from '../shared/execution/operation';
import { runOperation } from '../shared/execution/runner';
import { transactionalEvent } from './transactionalEvent';
import { workflow } from './workflow';

const RESOURCES: readonly Resource[] = [transactionalEvent, workflow];

/** What Adobe Campaign does beside keeping profiles: it runs workflows and sends messages for events, item by item. */
export class AdobeCampaign implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Adobe Campaign',
    name: 'adobeCampaign',
    icon: { light: 'file:../../icons/adobeCampaign.svg', dark: 'file:../../icons/adobeCampaign.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Run workflows and send transactional events in Adobe Campaign',
    defaults: { name: 'Adobe Campaign' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'adobeCampaignApi', required: true }],
    properties: describeResources(RESOURCES),
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation(this, RESOURCES);
  }
}
