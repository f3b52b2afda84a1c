import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain, locator, profileStep } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';
const EVENT = { operation: 'send', eventId: 'EVTcart', email: AMY };

/** What n8n's own engine makes of expressions on their way here; all values of all parameters: unit/properties/oddParameters. */
describe('values that expressions give', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ profiles: 5 });
  });
  afterAll(async () => await campaign.close());
  beforeEach(() => campaign.simulator.resetStats());

  const run = async (resource: string, parameters: INodeParameters, item: IDataObject = {}) => {
    const make = resource === 'profile' || resource === 'subscription' ? profileStep : campaignStep(resource);
    return await campaign.engine.run(chain(make(STEP, { resource, ...parameters })), [item]);
  };
  const written = () => campaign.simulator.stats.writesApplied;

  it.each<[string, string, INodeParameters, RegExp]>([
    [
      'a time for the whole context',
      'transactionalEvent',
      { ...EVENT, contextFrom: 'json', contextJson: '={{ $now }}' },
      /'Context' is not a JSON object/,
    ],
    [
      'a date for the attributes',
      'transactionalEvent',
      { ...EVENT, options: { attributes: '={{ new Date() }}' } },
      /'Further Attributes' is not a JSON object/,
    ],
    [
      'a context among the attributes',
      'transactionalEvent',
      { ...EVENT, options: { attributes: '{"ctx":{"a":1}}' } },
      /'Further Attributes' has what 'Context' gives/,
    ],
    [
      'an email among the attributes',
      'transactionalEvent',
      { ...EVENT, email: '', options: { attributes: '{"email":null}' } },
      /has what 'Email' gives/,
    ],
    [
      'a push token that is blank',
      'transactionalEvent',
      { ...EVENT, email: '', options: { attributes: '{"registrationToken":""}' } },
      /The event has no address/,
    ],
    ['a switch for the email', 'transactionalEvent', { ...EVENT, email: '={{ true }}' }, /'Email' is 'true', which is no email address/],
    ['the word null for the email', 'transactionalEvent', { ...EVENT, email: 'null' }, /'Email' is 'null', which is no email address/],
    [
      'letters for the mobile phone',
      'transactionalEvent',
      { ...EVENT, mobilePhone: 'none' },
      /'Mobile Phone' is 'none', which is no phone number/,
    ],
    ['a word for Simplify', 'transactionalEvent', { ...EVENT, simplify: '={{ "yes" }}' }, /'Simplify' is 'yes'/],
    ['a switch for the workflow', 'workflow', { operation: 'start', workflowId: '={{ true }}' }, /'Workflow ID' is true/],
    [
      'a word for Include Changes',
      'subscription',
      {
        operation: 'subscribe',
        profile: locator('email', AMY),
        service: { __rl: true, mode: 'name', value: 'weekly_offers' },
        options: { includeChanges: '={{ "yes" }}' },
      },
      /'Include Changes' is 'yes'/,
    ],
    [
      'nothing for what a filter chooses',
      'profile',
      { operation: 'count', filters: { birthday: [{ when: '={{ $json.nothing }}' }] } },
      /'When' is empty/,
    ],
    [
      'nothing for the reaction to a delivery',
      'profile',
      { operation: 'count', filters: { delivery: [{ reaction: '={{ $json.nothing }}', delivery: '@d' }] } },
      /'Reaction' is empty/,
    ],
    ['a date for an email', 'profile', { operation: 'count', filters: { email: [{ email: '={{ new Date() }}' }] } }, /'Email' is /],
    ['no limit at all', 'profile', { operation: 'count', options: { requestsPerSecond: '={{ 1 / 0 }}' } }, /'Requests per Second' is /],
  ])('%s is refused by name, and nothing is written', async (_, resource, parameters, message) => {
    const { error } = await run(resource, parameters);
    expect(error?.message).toMatch(message);
    expect(written()).toBe(0);
    expect(campaign.simulator.events.all()).toEqual([]);
  });

  it.each(['+33 6 01 02 03 04', '0033601020304', '(555) 123-4567', 33_601_020_304])('takes the mobile phone %p', async (phone) => {
    const { error } = await run('transactionalEvent', { ...EVENT, mobilePhone: '={{ $json.phone }}' }, { phone });
    expect(error).toBeUndefined();
    expect(campaign.simulator.events.all().at(-1)).toMatchObject({ mobilePhone: String(phone) });
  });
});
