import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

/**
 * The least that somebody would write who needs a node for one call: a loop over the items around n8n's own helper.
 * It asks for no parameter but the address, so there is no expression in it.
 */
export class BenchLoop implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Bench Loop',
    name: 'benchLoop',
    group: ['transform'],
    version: 1,
    description: 'Updates profiles one after the other',
    defaults: { name: 'Loop' },
    inputs: ['main'],
    outputs: ['main'],
    credentials: [{ name: 'adobeCampaignApi', required: true }],
    properties: [{ displayName: 'Address', name: 'address', type: 'string', default: '' }],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const address = String(this.getNodeParameter('address', 0));
    const output: INodeExecutionData[] = [];
    for (const [item, { json }] of this.getInputData().entries()) {
      const { PKey, ...body } = json;
      try {
        const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(this, 'adobeCampaignApi', {
          method: 'PATCH',
          url: `${address}/${String(PKey)}`,
          headers: { 'Cache-Control': 'no-cache' },
          body,
          json: true,
        });
        output.push({ json: answer as IDataObject, pairedItem: { item } });
      } catch (error) {
        output.push({ json: { error: error instanceof Error ? error.message : String(error) }, pairedItem: { item } });
      }
    }
    return [output];
  }
}
