import type { IDataObject } from 'n8n-workflow';

import { CampaignClient } from '../../../../nodes/shared/campaign/client';
import { CampaignError } from '../../../../nodes/shared/campaign/error';
import { Item, Run } from '../../../../nodes/shared/execution/item';
import type { Operation } from '../../../../nodes/shared/execution/operation';
import type { CampaignRequest, CampaignResponse, Transport } from '../../../../nodes/shared/transport/transport';
import { startSimulator, type Dialect, type Simulator } from '../../../simulator';
import { json, requesterOver, text } from '../campaign';
import { fakeContext } from '../context';

/** What one run of an operation asked of Campaign, and how it ended. */
export interface Attempt {
  /** Method, address and body, in order. */
  readonly requests: readonly string[];
  readonly outputs?: readonly IDataObject[];
  readonly refusal?: CampaignError;
  /** What was thrown that is no error of this package's: a mistake. */
  readonly crash?: unknown;
}

/**
 * Runs operations against a simulator that answers all questions, and in which nothing is ever changed: what is written gets an answer made
 * up here. So every run finds the same Campaign, and two runs that mean the same ask the same.
 */
export class Attempts {
  private readonly token: string;

  constructor(private readonly simulator: Simulator) {
    this.token = simulator.mintToken();
  }

  /** @param instead what answers a request in the simulator's place; undefined: nothing does */
  async run(
    operation: Pick<Operation, 'run'>,
    parameters: IDataObject,
    item: IDataObject,
    {
      isTool = false,
      instead,
    }: { readonly isTool?: boolean; readonly instead?: (request: CampaignRequest) => CampaignResponse | undefined } = {},
  ): Promise<Attempt> {
    const requests: string[] = [];
    const transport: Transport = {
      send: async (request) => {
        requests.push([request.method, request.url, request.body ?? ''].join(' '));
        return instead?.(request) ?? (await this.answer(request));
      },
    };
    const { url: baseUrl, organization } = this.simulator;
    const client = new CampaignClient({ baseUrl, organization }, requesterOver(transport));
    const run = new Run(fakeContext({ parameters, items: [item], isTool }).context);
    run.memory.begin();
    try {
      return { requests, outputs: await operation.run(client, new Item(run, 0, item)) };
    } catch (error) {
      return error instanceof CampaignError ? { requests, refusal: error } : { requests, crash: error };
    } finally {
      run.memory.end();
    }
  }

  private async answer(request: CampaignRequest): Promise<CampaignResponse> {
    const { method, url, body = '' } = request;
    if (method === 'DELETE') return text('', 204);
    // What takes time, or may be done once in ten minutes, is refused.
    if (method === 'POST' && /\/campaign\/(?:workflow|mc\w+)\//.test(url)) return text('RST-360000 not now', 500);
    // With a link, as Campaign makes them by rules of its own.
    const owner = {
      PKey: '@owner',
      href: `${this.simulator.url}/${this.simulator.organization}/campaign/profileAndServicesExt/profile/@owner`,
    };
    const written = { PKey: '@written', href: method === 'POST' ? `${url}/@written` : url, profile: owner };
    if (method !== 'GET') return json({ ...(JSON.parse(body) as IDataObject), ...written });
    const { pathname, search } = new URL(url);
    const headers = { authorization: `Bearer ${this.token}`, 'x-api-key': this.simulator.apiKey };
    const outcome = await this.simulator.take({ method, url: `${pathname}${search}`, headers, body }, async () => {});
    if (outcome.type !== 'answer') throw new Error(`No answer: ${outcome.type}`);
    return { status: outcome.answer.status, headers: { ...outcome.answer.headers }, body: outcome.answer.body };
  }
}

/** Campaign Standard has all that Campaign v8 has, and more. The other one: ODD_DIALECT=v8. */
const ODD_DIALECT: Dialect = process.env.ODD_DIALECT === 'v8' ? 'v8' : 'acs';

/** A simulator for all tests of a file, which is there as soon as they run. */
export class OddCampaign {
  private started: { readonly simulator: Simulator; readonly attempts: Attempts } | undefined;

  constructor() {
    beforeAll(async () => {
      const simulator = await startSimulator({ dialect: ODD_DIALECT, profiles: 3 });
      this.started = { simulator, attempts: new Attempts(simulator) };
    });
    afterAll(async () => await this.simulator.close());
  }

  get simulator(): Simulator {
    return this.running.simulator;
  }

  /** See `Attempts.run`. */
  async run(...attempt: Parameters<Attempts['run']>): Promise<Attempt> {
    return await this.running.attempts.run(...attempt);
  }

  private get running() {
    if (!this.started) throw new Error('The tests have not begun');
    return this.started;
  }
}
