import type { IDataObject } from 'n8n-workflow';

import { Item, Run } from '../../../nodes/shared/execution/item';
import type { Operation } from '../../../nodes/shared/execution/operation';
import type { CampaignRequest, CampaignResponse, Transport } from '../../../nodes/shared/transport/transport';
import { clientOver, FakeTransport, type Reply } from './campaign';
import { fakeContext } from './context';

/** The item of a step with these parameters. */
export function itemWith(parameters: IDataObject): Item {
  return new Item(new Run(fakeContext({ parameters }).context), 0, {});
}

/** Runs an operation for one item, over answers that are given one after the other. */
export function runOnce(operation: Operation, parameters: IDataObject, ...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  return { transport, outputs: operation.run(clientOver(transport), itemWith(parameters)) };
}

/** Answers every request alike after a turn of the event loop, and sees how many were under way at a time. */
export class CountingTransport implements Transport {
  readonly requests: CampaignRequest[] = [];
  most = 0;
  private underWay = 0;

  constructor(private readonly answer: (request: CampaignRequest) => CampaignResponse) {}

  async send(request: CampaignRequest): Promise<CampaignResponse> {
    this.requests.push(request);
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    this.underWay -= 1;
    return this.answer(request);
  }
}

/** Runs an operation for several items of one run at once. */
export async function runTogether(operation: Operation, transport: Transport, items: readonly IDataObject[], parameters: IDataObject) {
  const run = new Run(fakeContext({ parameters, items }).context);
  const client = clientOver(transport);
  return await Promise.all(items.map(async (json, index) => await operation.run(client, new Item(run, index, json))));
}
