import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../../test/support/campaign';
import { simulatorCredential } from '../../test/support/simulatorCredential';
import { automaticUpdateParameters, CREDENTIAL_ID, getParameters, locator } from '../../test/support/workflows';
import { startFaultProxy } from './faultProxy';
import { mapped } from './situations';

/** What became of the items of one operation, against what the server did. */
export interface Faced {
  readonly operation: string;
  readonly items: number;
  readonly requests: number;
  readonly failed: number;
  /** Failed, and said that nobody knows what became of it. */
  readonly unknown: number;
  /** Said to be done, and not done; or read, and not what is there. */
  readonly wrongSuccesses: number;
  /** Said to have failed, without a doubt, and done all the same. */
  readonly wrongFailures: number;
  /** Unknown ones of Create and Create or Update that were not there after Create or Update had been run for them again, over the same line. */
  readonly unresolved: number;
  /** Records made more than once, also by running it again. */
  readonly doubles: number;
}

/** Each of seven kinds of fault befalls one request in two hundred. */
const SHARE = 0.005;
/** Items of one run. */
const BATCH = 2_000;

/** The line has its faults when it is run again, too. */
const TRIES = 3;

type Operation = 'get' | 'update' | 'create' | 'upsert';

interface Batch {
  readonly campaign: Campaign;
  readonly operation: Operation;
  readonly input: readonly IDataObject[];
}

/** Runs four operations over a line on which things go wrong, until so many requests have gone over it. */
export async function faceFaults(requests: number, tell: (faced: Faced) => void): Promise<void> {
  for (const [index, operation] of (['get', 'update', 'create', 'upsert'] as const).entries()) {
    const campaign = await startCampaign({ profiles: BATCH, settings: { requestLogLimit: 0 } });
    const proxy = await startFaultProxy(new URL(campaign.simulator.url), SHARE, index + 1);
    try {
      campaign.engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', { ...simulatorCredential(campaign.simulator), baseUrl: proxy.url });
      const sum = { items: 0, failed: 0, unknown: 0, wrongSuccesses: 0, wrongFailures: 0, unresolved: 0, doubles: 0 };
      for (let round = 0; proxy.requests < requests / 4; round += 1) {
        const faced = await runBatch({ campaign, operation, input: inputOf(campaign, operation, round) });
        for (const key of Object.keys(sum) as Array<keyof typeof sum>) sum[key] += faced[key];
      }
      tell({ operation, requests: proxy.requests, ...sum });
    } finally {
      await proxy.close();
      await campaign.close();
    }
  }
}

function inputOf({ simulator: { profiles } }: Campaign, operation: Operation, round: number): IDataObject[] {
  if (operation === 'create' || operation === 'upsert') {
    return Array.from({ length: BATCH }, (_, index) => ({ email: `faults.${round}.${index}@mail.com`, phone: `${round}-${index}` }));
  }
  return profiles.all().map((profile, index) => ({ PKey: profiles.keyOf(profile), phone: `${round}-${index}` }));
}

function parametersOf(operation: Operation): INodeParameters {
  const options = { timeout: 1, lookUp: 'oneByOne' };
  switch (operation) {
    case 'get':
      return getParameters(locator('pKey', '={{ $json.PKey }}'), { options: { timeout: 1 } });
    case 'update':
      return automaticUpdateParameters('PKey', { options: { timeout: 1 } });
    case 'create':
      return { ...mapped('create'), options: { timeout: 1 } };
    case 'upsert':
      return { ...mapped('upsert', 'email'), options };
  }
}

async function runBatch({ campaign, operation, input }: Batch): Promise<Omit<Faced, 'operation' | 'requests'>> {
  const { profiles } = campaign.simulator;
  const result = await campaign.runStep(parametersOf(operation), [...input], { onError: 'continueRegularOutput' });
  if (result.error) throw result.error;
  const output = result.json(STEP);
  const faced = { items: input.length, failed: 0, unknown: 0, wrongSuccesses: 0, wrongFailures: 0, unresolved: 0, doubles: 0 };
  const doubtful: IDataObject[] = [];
  for (const [index, given] of input.entries()) {
    const answer = output[index] ?? {};
    const there = given.email === undefined ? [profiles.byKey(String(given.PKey))] : profiles.byEmail(String(given.email));
    const isDone = operation === 'get' ? answer.email === there[0]?.email : there.some((profile) => profile?.phone === given.phone);
    if (answer.error === undefined) {
      if (!isDone) faced.wrongSuccesses += 1;
      continue;
    }
    faced.failed += 1;
    const isDoubtful = (answer.message as IDataObject | undefined)?.reason === 'outcomeUnknown';
    if (isDoubtful) faced.unknown += 1;
    if (isDoubtful) doubtful.push(given);
    else if (operation !== 'get' && isDone) faced.wrongFailures += 1;
  }
  if (operation === 'create' || operation === 'upsert') {
    faced.unresolved = await resolve(campaign, doubtful);
    faced.doubles = input.filter(({ email }) => profiles.byEmail(String(email)).length > 1).length;
  }
  return faced;
}

/** Runs Create or Update for items of which nobody knows what became of them. @returns how many are not there afterwards */
async function resolve(campaign: Campaign, doubtful: readonly IDataObject[]): Promise<number> {
  let left = [...doubtful];
  for (let tries = 0; tries < TRIES && left.length > 0; tries += 1) {
    const result = await campaign.runStep(parametersOf('upsert'), left, { onError: 'continueRegularOutput' });
    if (result.error) throw result.error;
    const output = result.json(STEP);
    left = left.filter((_, index) => output[index]?.error !== undefined);
  }
  return doubtful.filter(({ email }) => campaign.simulator.profiles.byEmail(String(email)).length === 0).length;
}
