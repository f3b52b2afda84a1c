import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions } from '../../test/simulator';
import { startCampaign, STEP, type Campaign } from '../../test/support/campaign';
import { simulatorCredential } from '../../test/support/simulatorCredential';
import { automaticUpdateParameters, campaignStep, CREDENTIAL_ID } from '../../test/support/workflows';
import { startTlsDoor, type TlsTrouble } from './tlsDoor';

/** What became of one run. */
export interface Endured {
  readonly what: string;
  readonly items: number;
  readonly failed: number;
  /** Failed items whose outcome nobody knows. */
  readonly unknown: number;
  /** Records made or changed more than once. */
  readonly doubles: number;
  /** Requests that met the outage. */
  readonly askedMeanwhile: number;
  readonly seconds: number;
}

type Operation = 'update' | 'upsert' | 'create';

/** Parameters that take the fields from the columns. */
export const mapped = (operation: string, column?: string): INodeParameters => ({
  operation,
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: column === undefined ? [] : [column], schema: [] },
});
const PARAMETERS: Readonly<Record<Operation, INodeParameters>> = {
  update: automaticUpdateParameters('PKey'),
  upsert: mapped('upsert', 'email'),
  create: mapped('create'),
};
const WRITES: Readonly<Record<Operation, string>> = { update: 'PATCH', upsert: 'POST', create: 'POST' };

const ACTIONS = { '503': faultActions.serviceUnavailable, reset: faultActions.resetBefore };

/** What runs, and what is met in Campaign's place. */
export interface OutageKind {
  readonly operation: Operation;
  readonly kind: keyof typeof ACTIONS;
}

/** Runs one operation while Campaign is away for so many seconds from the middle of the run on. */
export async function endureOutage({ operation, kind }: OutageKind, items: number, seconds: number): Promise<Endured> {
  return await withCampaign(items, async (campaign) => {
    let [seen, until, askedMeanwhile] = [0, 0, 0];
    campaign.simulator.faults.add({
      when: ({ api, method }) => {
        if (api === 'ims') return false;
        if (method === WRITES[operation]) seen += 1;
        if (until === 0 && seen >= items / 2) until = Date.now() + seconds * 1000;
        const isAway = Date.now() < until;
        if (isAway) askedMeanwhile += 1;
        return isAway;
      },
      action: ACTIONS[kind],
    });
    const run = await measure(campaign, operation, items);
    return { what: `${operation}, Campaign away for ${seconds} s (${kind})`, ...run, askedMeanwhile };
  });
}

/** The same where TLS does not come about for so many seconds. */
export async function endureTlsOutage(operation: Operation, trouble: TlsTrouble, items: number, seconds: number): Promise<Endured> {
  // Of the simulator's own certificate nobody knows; from here on nobody minds.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  return await withCampaign(
    items,
    async (campaign) => {
      const { simulator, engine } = campaign;
      const door = await startTlsDoor(new URL(simulator.url));
      engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', { ...simulatorCredential(simulator), baseUrl: door.url });
      let seen = 0;
      simulator.faults.add({
        when: ({ method }) => {
          if (method === WRITES[operation]) seen += 1;
          if (seen !== Math.ceil(items / 2) || method !== WRITES[operation]) return false;
          door.shut(trouble);
          setTimeout(() => door.open(), seconds * 1000);
          return false;
        },
        action: ACTIONS['503'],
      });
      try {
        const run = await measure(campaign, operation, items);
        return { what: `${operation}, Campaign away for ${seconds} s (TLS ${trouble})`, ...run, askedMeanwhile: door.knocks };
      } finally {
        await door.close();
      }
    },
    true,
  );
}

/** Updates while the identity service is away for so many seconds, from the moment on in which the token has to be renewed. */
export async function endureIdentityOutage(items: number, seconds: number): Promise<Endured> {
  return await withCampaign(items, async (campaign) => {
    let [until, askedMeanwhile] = [0, 0];
    campaign.simulator.faults.add({ method: 'PATCH', nth: Math.ceil(items / 2), action: faultActions.expireTokens });
    campaign.simulator.faults.add({
      when: ({ api }) => {
        if (api !== 'ims' || campaign.simulator.stats.tokensMinted === 0) return false;
        if (until === 0) until = Date.now() + seconds * 1000;
        const isAway = Date.now() < until;
        if (isAway) askedMeanwhile += 1;
        return isAway;
      },
      action: { type: 'answer', status: 503 },
    });
    const run = await measure(campaign, 'update', items);
    return { what: `update, identity service away for ${seconds} s`, ...run, askedMeanwhile };
  });
}

/** What became of messages that are waited for. */
export interface Awaited {
  readonly items: number;
  readonly failed: number;
  /** When the last message was sent, and when all were done, after the start; seconds. */
  readonly lastPost: number;
  readonly seconds: number;
  readonly requests: number;
}

/** Sends so many messages that Campaign takes four seconds to process. */
export async function awaitMessages(items: number): Promise<Awaited> {
  const assumptions = { pendingEventMs: 0, processingEventMs: 4_000 };
  const campaign = await startCampaign(
    { startAt: new Date(), assumptions, settings: { latencyMs: 20 } },
    campaignStep('transactionalEvent'),
  );
  try {
    let lastPost = 0;
    campaign.simulator.faults.add({
      method: 'POST',
      url: '/mc',
      when: () => {
        lastPost = performance.now();
        return false;
      },
      action: faultActions.serviceUnavailable,
    });
    const begin = performance.now();
    const parameters = { operation: 'sendAndWaitForStatus', eventId: 'EVTcart', email: '={{ $json.email }}' };
    const input = Array.from({ length: items }, (_, index) => ({ email: `wait.${index}@mail.com` }));
    const result = await campaign.runStep(parameters, input, { onError: 'continueRegularOutput' });
    const seconds = (performance.now() - begin) / 1000;
    const failed = result.json(STEP).filter(({ error }) => error !== undefined).length;
    return { items, failed, lastPost: (lastPost - begin) / 1000, seconds, requests: campaign.simulator.stats.apiRequests };
  } finally {
    await campaign.close();
  }
}

async function withCampaign<Result>(items: number, task: (campaign: Campaign) => Promise<Result>, https = false): Promise<Result> {
  const campaign = await startCampaign({ profiles: Math.max(200, items), https, settings: { requestLogLimit: 0, latencyMs: 20 } });
  try {
    return await task(campaign);
  } finally {
    await campaign.close();
  }
}

async function measure(campaign: Campaign, operation: Operation, items: number): Promise<Omit<Endured, 'what' | 'askedMeanwhile'>> {
  const { profiles, stats } = campaign.simulator;
  const input: IDataObject[] =
    operation === 'update'
      ? profiles.all().map((profile, index) => ({ PKey: profiles.keyOf(profile), phone: String(index) }))
      : Array.from({ length: items }, (_, index) => ({ email: `endure.${index}@mail.com` }));
  const begin = performance.now();
  const result = await campaign.runStep(PARAMETERS[operation], input.slice(0, items), { onError: 'continueRegularOutput' });
  const seconds = (performance.now() - begin) / 1000;
  const output = result.json(STEP);
  const failed = output.filter(({ error }) => error !== undefined);
  const unknown = failed.filter((item) => JSON.stringify(item).includes('outcomeUnknown')).length;
  const doubles =
    operation === 'update'
      ? stats.writesAppliedTwice
      : input.filter(({ email }) => typeof email === 'string' && profiles.byEmail(email).length > 1).length;
  return { items, failed: failed.length, unknown, doubles, seconds };
}
