import { readFileSync } from 'node:fs';

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { startMeter } from './meter';

/** Gives out the items of a file and starts the measurement: what runs next is measured. */
export class BenchItems implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Bench Items',
    name: 'benchItems',
    group: ['transform'],
    version: 1,
    description: 'Gives out the first items of a JSON file',
    defaults: { name: 'Items' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [
      { displayName: 'File', name: 'file', type: 'string', default: '' },
      { displayName: 'Count', name: 'count', type: 'number', default: 1 },
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const all = JSON.parse(readFileSync(String(this.getNodeParameter('file', 0)), 'utf8')) as IDataObject[];
    const items = all.slice(0, Number(this.getNodeParameter('count', 0))).map((json) => ({ json, pairedItem: { item: 0 } }));
    all.length = 0;
    startMeter();
    return [items];
  }
}
