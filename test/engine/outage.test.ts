import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions, type FaultAction } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { automaticUpdateParameters, CREDENTIAL_ID } from '../support/workflows';

jest.setTimeout(60_000);

let campaign: Campaign;
beforeEach(async () => void (campaign = await startCampaign({ profiles: 200 })));
afterEach(async () => await campaign.close());

const mapped = (operation: string, column?: string): INodeParameters => ({
  operation,
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: column === undefined ? [] : [column], schema: [] },
});
const newcomers = (count: number): IDataObject[] => Array.from({ length: count }, (_, index) => ({ email: `new.${index}@mail.com` }));
const profiles = (): IDataObject[] =>
  campaign.simulator.profiles.all().map((profile, index) => ({ PKey: campaign.simulator.profiles.keyOf(profile), phone: String(index) }));

/** Campaign goes away with the `nth` request of this kind, and is back after so many seconds. @returns what was asked meanwhile */
function goAway(method: string, nth: number, seconds: number, action: FaultAction): { readonly asked: number[] } {
  const asked: number[] = [];
  let [seen, until] = [0, 0];
  campaign.simulator.faults.add({
    when: (request) => {
      if (request.api === 'ims') return false;
      if (request.method === method) seen += 1;
      if (until === 0 && seen >= nth) until = Date.now() + seconds * 1000;
      const isAway = Date.now() < until;
      if (isAway) asked.push(Date.now());
      return isAway;
    },
    action,
  });
  return { asked };
}

const KINDS: Array<[string, FaultAction]> = [
  ['resets', faultActions.resetBefore],
  ['answers of 503', faultActions.serviceUnavailable],
];

describe('B2: a Campaign that goes away in the middle of a run', () => {
  it.each(KINDS)('costs no item of an update: %s', async (_, action) => {
    const { asked } = goAway('PATCH', 50, 2, action);
    const output = await campaign.outputOf(automaticUpdateParameters('PKey'), profiles());

    expect(output).toHaveLength(200);
    expect(output.filter(({ error }) => error !== undefined)).toEqual([]);
    // Those under way, those that settle the suspicion, and one a second.
    expect(asked.length).toBeLessThanOrEqual(64 + 3 + 3);
  });

  it.each(KINDS)('costs no item of Create or Update, and doubles nothing: %s', async (_, action) => {
    goAway('POST', 20, 2, action);
    const output = await campaign.outputOf(mapped('upsert', 'email'), newcomers(60));

    expect(output.map(({ outcome }) => outcome)).toEqual(Array(60).fill('created'));
    for (const { email } of newcomers(60)) expect(campaign.simulator.profiles.byEmail(String(email))).toHaveLength(1);
  });

  it('costs no item of Create or Update where the answers are lost: what was made is found', async () => {
    campaign.simulator.faults.add({ method: 'POST', nth: [3, 4, 5, 9], action: faultActions.resetAfter });
    const output = await campaign.outputOf(mapped('upsert', 'email'), newcomers(20));

    expect(output.map(({ outcome }) => outcome)).toEqual(Array(20).fill('created'));
    expect(campaign.simulator.stats.writesApplied).toBe(20);
    expect(campaign.simulator.stats.writesAppliedTwice).toBe(0);
  });

  it('costs of a Create only what was under way, and doubles nothing', async () => {
    const { asked } = goAway('POST', 20, 2, faultActions.serviceUnavailable);
    const result = await campaign.runStep(mapped('create'), newcomers(100), { onError: 'continueRegularOutput' });
    const failed = result.json(STEP).filter(({ error }) => error !== undefined);
    const posts = campaign.simulator.stats.received.filter(({ method, status }) => method === 'POST' && status === 503);

    expect(failed).toHaveLength(posts.length);
    expect(failed.length).toBeLessThan(64);
    expect(campaign.simulator.stats.writesApplied).toBe(100 - failed.length);
    expect(asked.length).toBeLessThanOrEqual(64 + 3 + 3);
  });

  it('fails at once where nobody wants to wait', async () => {
    campaign.simulator.faults.add({ when: ({ api }) => api !== 'ims', action: faultActions.serviceUnavailable });
    const parameters = automaticUpdateParameters('PKey', { options: { waitForCampaign: 0 } });
    const result = await campaign.runStep(parameters, profiles(), { onError: 'continueRegularOutput' });

    expect(result.json(STEP).filter(({ error }) => error !== undefined)).toHaveLength(200);
    expect(campaign.simulator.stats.apiRequests).toBeLessThan(20);
  });

  it.each([-1, 'soon', 3_601, Infinity, ''])('refuses to wait for %j seconds', async (waitForCampaign) => {
    const { error } = await campaign.runStep(automaticUpdateParameters('PKey', { options: { waitForCampaign } }), profiles());

    expect(error?.message).toContain("'Wait for Campaign' is");
    expect(campaign.simulator.stats.requests).toBe(0);
  });
});

describe('B1: an identity service that is away when the token is to be renewed', () => {
  it('costs no item', async () => {
    let until = 0;
    campaign.simulator.faults.add({ method: 'PATCH', nth: 50, action: faultActions.expireTokens });
    campaign.simulator.faults.add({
      when: ({ api }) => {
        if (api !== 'ims' || campaign.simulator.stats.tokensMinted === 0) return false;
        if (until === 0) until = Date.now() + 5_000;
        return Date.now() < until;
      },
      action: { type: 'answer', status: 503 },
    });
    const output = await campaign.outputOf(automaticUpdateParameters('PKey'), profiles());

    expect(output.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(output).toHaveLength(200);
    expect(campaign.engine.credential(CREDENTIAL_ID).accessToken).not.toBe('');
  });

  it('says so when it stays away', async () => {
    campaign.simulator.faults.add({ when: ({ api }) => api === 'ims', action: { type: 'answer', status: 503 } });
    const parameters = automaticUpdateParameters('PKey', { options: { waitForCampaign: 1 } });
    const { error } = await campaign.runStep(parameters, profiles());

    expect(error?.message).toContain("Adobe's identity service is busy or down (503)");
    expect(campaign.simulator.stats.apiRequests).toBeLessThan(3);
  });
});
