import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { readMeter } from './meter';

/** Ends the measurement and counts what the step before put out. */
export class BenchMeter implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Bench Meter',
    name: 'benchMeter',
    group: ['transform'],
    version: 1,
    description: 'Tells what the step before took of the process',
    defaults: { name: 'Meter' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const measure = readMeter();
    const items = this.getInputData();
    const failed = items.filter(({ json, error }) => json.error !== undefined || error !== undefined).length;
    return [[{ json: { ...measure, failed, succeeded: items.length - failed } }]];
  }
}
