import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { Stint } from '../transport/turns';

/** With more results than this, others get their turn meanwhile. */
export const MANY_RESULTS = 256;

/** An output item that says which input item it came from. */
export function paired(json: IDataObject, item: number): INodeExecutionData {
  return { json, pairedItem: { item } };
}

/** The same of the very many that one item may have brought. @throws TransportError `cancelled` */
export async function pairedOneByOne(results: readonly IDataObject[], item: number, signal?: AbortSignal): Promise<INodeExecutionData[]> {
  const stint = new Stint();
  const output: INodeExecutionData[] = [];
  for (const json of results) {
    await stint.stepOrYield(signal);
    output.push(paired(json, item));
  }
  return output;
}
