import type { IDataObject } from 'n8n-workflow';

import { CampaignClient } from '../../../nodes/shared/campaign/client';
import { CampaignError } from '../../../nodes/shared/campaign/error';
import { Item, Run } from '../../../nodes/shared/execution/item';
import type { Operation } from '../../../nodes/shared/execution/operation';
import { Workers } from '../../../nodes/shared/execution/workers';
import { Gate } from '../../../nodes/shared/transport/pace/gate';
import { Requester } from '../../../nodes/shared/transport/requester';
import { TransportError, type CampaignRequest, type CampaignResponse, type Transport } from '../../../nodes/shared/transport/transport';
import type { Simulator } from '../../simulator';
import { fakeContext, type ContextSettings } from './context';
import { VirtualTime } from './virtualTime';

/** What became of one item. */
export type ItemOutcome = { readonly outputs: IDataObject[] } | { readonly error: CampaignError };

/** Longer than any fault of these tests but a stall. */
const DEADLINE_MS = 60_000;
/** Items worked on at a time. */
const ROOM = 4;

/**
 * The operations of this package and a simulator without connections between them, in a time of their own: a retry after minutes
 * costs nothing, and thousands of runs take seconds.
 */
export class InProcess {
  private readonly time = new VirtualTime();
  private readonly gate = new Gate(this.time);
  private token: string;

  constructor(private readonly simulator: Simulator) {
    this.token = simulator.mintToken();
  }

  /** Runs an operation for all items, as one step does, to its end. @throws what is no error of Campaign's or of the input */
  async run(
    operation: Operation,
    parameters: IDataObject,
    items: readonly IDataObject[],
    settings: Pick<ContextSettings, 'isTool' | 'zone'> = {},
  ): Promise<{ outcomes: ItemOutcome[]; hints: string[] }> {
    const outcomes: ItemOutcome[] = [];
    const client = this.client();
    const workers = new Workers({
      count: items.length,
      process: async (index) => void (outcomes[index] = await outcomeOf(operation, client, new Item(run, index, items[index] ?? {}))),
      room: () => ROOM,
      mayGoOn: () => true,
    });
    const run: Run = new Run(fakeContext({ parameters, items, ...settings }).context, workers);
    run.memory.begin();
    await this.time.run(workers.run());
    run.memory.end();
    run.end();
    return { outcomes, hints: run.tallies.sentences() };
  }

  private client(): CampaignClient {
    const { url, organization } = this.simulator;
    const instance = { baseUrl: url, organization };
    const transport: Transport = { send: async (request) => await this.send(request) };
    const probe: CampaignRequest = { method: 'GET', url: `${url}/${organization}/campaign/profileAndServices/profile/PKey?_lineCount=1` };
    const surroundings = { wait: this.time.wait, random: () => 0.5, now: this.time.now };
    return new CampaignClient(instance, new Requester(transport, this.gate.lane(), undefined, surroundings, probe));
  }

  private async send(request: CampaignRequest): Promise<CampaignResponse> {
    const answer = await this.sendOnce(request);
    if (answer.status !== 401) return answer;
    this.token = this.simulator.mintToken();
    return await this.sendOnce(request);
  }

  private async sendOnce({ method, url, body = '' }: CampaignRequest): Promise<CampaignResponse> {
    const { simulator } = this;
    const headers = { authorization: `Bearer ${this.token}`, 'x-api-key': simulator.apiKey };
    const { pathname, search } = new URL(url);
    const outcome = await simulator.take({ method, url: `${pathname}${search}`, headers, body }, this.time.wait);
    if (outcome.type === 'stall') await this.time.wait(DEADLINE_MS);
    if (outcome.type === 'stall') throw new TransportError('interrupted', 'ETIMEDOUT');
    if (outcome.type === 'reset') throw new TransportError('interrupted', 'ECONNRESET');
    if (outcome.isCut) throw new TransportError('interrupted', 'the connection broke');
    return { status: outcome.answer.status, headers: { ...outcome.answer.headers }, body: outcome.answer.body };
  }
}

async function outcomeOf(operation: Operation, client: CampaignClient, item: Item): Promise<ItemOutcome> {
  try {
    return { outputs: await operation.run(client, item) };
  } catch (error) {
    if (error instanceof CampaignError) return { error };
    throw error;
  }
}
