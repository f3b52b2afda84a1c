import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { faultActions } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain, profileStep } from '../support/workflows';

const TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const NEW = ['one@mail.com', 'two@mail.com', 'three@mail.com'];
const REFUSED = { type: 'answer', status: 500, body: 'XTK-170024 not now' } as const;

const automatic = (operation: string): INodeParameters => ({
  operation,
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: operation === 'upsert' ? ['email'] : [], schema: [] },
});
const rows = NEW.map((email) => ({ email }));

describe('Retry On Fail', () => {
  let campaign: Campaign;
  beforeEach(async () => {
    campaign = await startCampaign({ startAt: new Date() });
  });
  afterEach(async () => await campaign.close());

  const howMany = (): number[] => NEW.map((email) => campaign.simulator.profiles.byEmail(email).length);
  /** How often a person was sent. */
  const postsFor = (email: string): number =>
    campaign.simulator.stats.received.filter(({ method, body }) => method === 'POST' && body.includes(email)).length;
  const posts = (): number => NEW.reduce((sum, email) => sum + postsFor(email), 0);
  const refuse = (nth: number | readonly number[]): void => {
    campaign.simulator.faults.add({ method: 'POST', url: '/profile', nth, action: REFUSED });
  };

  it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
    'creates nothing twice when one of several items failed: %s',
    async (onError) => {
      // With "continue", n8n tries again when the first item has failed.
      refuse(onError === 'stopWorkflow' ? 2 : 1);
      const result = await campaign.runStep(automatic('create'), rows, { ...TRIES, onError });
      expect(result.error).toBeUndefined();
      expect(result.json(STEP)).toMatchObject(rows);
      expect(howMany()).toEqual([1, 1, 1]);
      expect(result.items(STEP).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
      expect(result.summary(STEP)).toMatch(/^3 items: 3 created\. 2 of 3 were done by an earlier try, and not again\./);
    },
  );

  it('tries what failed as often as it is told to, and then says how far it came', async () => {
    refuse([2, 4, 5]);
    const { error } = await campaign.runStep(automatic('create'), rows, TRIES);
    expect(error?.message).toContain('not now');
    expect(error?.description).toContain('2 of 3 items were completed');
    expect(posts()).toBe(5);
    expect(howMany().sort()).toEqual([0, 1, 1]);
  });

  it('keeps what is done where no later item can be asked for any more', async () => {
    const invalidKey = { type: 'answer', status: 403, body: '{"error_code":"403003","message":"Api Key is invalid"}' } as const;
    refuse(1);
    campaign.simulator.faults.add({ method: 'POST', url: '/profile', nth: [3, 4], action: invalidKey });
    campaign.simulator.faults.add({ method: 'GET', url: '/resourceType', nth: [2, 3, 4, 5], action: invalidKey });
    const result = await campaign.runStep(automatic('create'), rows, { ...TRIES, onError: 'continueRegularOutput' });
    const [first, ...others] = result.json(STEP);
    expect(first?.error).toBe('The API key is not valid');
    expect(others).toMatchObject(['two@mail.com', 'three@mail.com'].map((email) => ({ email, PKey: expect.any(String) })));
    expect(howMany()).toEqual([0, 1, 1]);
  });

  it('does not send again what may have been carried out', async () => {
    campaign.simulator.faults.add({ method: 'POST', url: '/profile', nth: 2, action: faultActions.resetAfter });
    const { error } = await campaign.runStep(automatic('create'), rows, TRIES);
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown' });
    expect(howMany()).toEqual([1, 1, 1]);
    expect(posts()).toBe(3);
  });

  it('does not send a message again that was sent and did not arrive, or is waited for', async () => {
    const { simulator, engine } = campaign;
    simulator.events.endWith('deliveryFailed');
    const step = campaignStep('transactionalEvent')(
      STEP,
      { operation: 'sendAndWaitForStatus', eventId: 'EVTcart', email: '={{ $json.email }}', options: { pollInterval: 0.01 } },
      TRIES,
    );
    const { error } = await engine.run(chain(step), rows);
    expect(error?.context?.data).toMatchObject({ reason: expect.stringMatching(/notDelivered|outcomeUnknown/) });
    expect(NEW.map(postsFor)).toEqual([1, 1, 1]);
  });

  it('looks again for what Create or Update failed with, and writes the rest once', async () => {
    refuse(2);
    const result = await campaign.runStep(automatic('upsert'), rows, TRIES);
    expect(result.json(STEP)).toMatchObject(NEW.map((email) => ({ email, outcome: 'created' })));
    expect(howMany()).toEqual([1, 1, 1]);
    expect(posts()).toBe(4);
  });

  it('takes the same item in another run of the step, and in another step, for another one', async () => {
    const input: IDataObject[] = [{ email: 'one@mail.com' }];
    const create = (name: string): INode => profileStep(name, automatic('create'), TRIES);
    const workflow = chain(create('First'), create('Second'));
    // Both are given the output of Start, and Second once more that of a step which hands it on.
    const hand: INode = { id: 'hand', name: 'Hand on', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0], parameters: {} };
    const to = (...names: string[]) => ({ main: [names.map((node) => ({ node, type: 'main' as const, index: 0 }))] });
    const connections = { Start: to('First', 'Second', 'Hand on'), 'Hand on': to('Second') };
    const { error } = await campaign.engine.run({ nodes: [...workflow.nodes, hand], connections }, input);
    expect(error).toBeUndefined();
    expect(campaign.simulator.profiles.byEmail('one@mail.com')).toHaveLength(3);
  });

  it('keeps nothing where it is off', async () => {
    refuse(2);
    const { error } = await campaign.runStep(automatic('create'), rows);
    expect(error?.message).toContain('not now');
    expect(posts()).toBe(3);
  });
});
