import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { startCampaign, type Campaign } from '../support/campaign';
import type { WorkflowJson } from '../support/engine';

const FOLDER = path.resolve(__dirname, '../../examples');
const example = (file: string): WorkflowJson => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as WorkflowJson;

describe('the example workflows, as they stand', () => {
  let campaign: Campaign;

  beforeEach(async () => {
    campaign = await startCampaign({ settings: { freshKeys: true } });
  });
  afterEach(async () => await campaign.close());

  it('are all run here', () => {
    expect(readdirSync(FOLDER).filter((file) => file.endsWith('.json'))).toEqual([
      'cart-abandonment-event.json', 'crm-order-to-custom-resource.json', 'get-update-get.json', 'import-then-signal.json', 'nightly-csv-import.json',
      'preference-centre.json', 'profile-audit.json', 'raw-call.json',
    ]);
  });

  it('get-update-get.json changes the phone of Amy Dakota and shows it', async () => {
    const result = await campaign.engine.run(example('get-update-get.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Get profile')).toMatchObject([{ firstName: 'Amy', lastName: 'Dakota', birthDate: '1980-10-24', phone: '' }]);
    expect(Object.keys(result.json('Update phone')[0] ?? {})).toEqual(['PKey', 'href']);
    expect(result.json('Get profile again')).toMatchObject([{ firstName: 'Amy', phone: '3301020304' }]);
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('3301020304');
    expect(campaign.simulator.stats.writesApplied).toBe(1);
  });

  it('cart-abandonment-event.json sends the message and learns what became of it', async () => {
    const { assumptions, events } = campaign.simulator;
    Object.assign(assumptions, { pendingEventMs: 0, processingEventMs: 0 });
    const result = await campaign.engine.run(example('cart-abandonment-event.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Send event and wait')).toMatchObject([{ eventId: 'EVTcart', status: 'processed' }]);
    expect(events.all()).toMatchObject([{ email: 'amy.dakota@mail.com', ctx: { firstName: 'Amy', cartTotal: 129.5, items: [{ sku: 'A-1', qty: 2 }] } }]);
  });

  it('crm-order-to-custom-resource.json updates one order, creates the other, and links both to their profile', async () => {
    const result = await campaign.engine.run(example('crm-order-to-custom-resource.json'));

    expect(result.error).toBeUndefined();
    const [amy] = campaign.simulator.profiles.byEmail('amy.dakota@mail.com');
    expect(result.json('Create or update order')).toMatchObject([
      { outcome: 'updated', orderNumber: 'O-1005', amount: 18.5, status: 'shipped' },
      { outcome: 'created', orderNumber: 'O-1006', amount: 42 },
    ]);
    const orders = campaign.simulator.resources.get('cusOrder').all().slice(-2);
    expect(orders.map(({ orderNumber, profile }) => [orderNumber, profile])).toEqual([['O-1005', amy?.id], ['O-1006', amy?.id]]);
  });

  it('raw-call.json hands an address on to the HTTP Request node, whose call the host ring tests', async () => {
    const result = await campaign.engine.run(example('raw-call.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('List its subscriptions')).toMatchObject([{ name: 'weekly_offers', subscriptions: { href: expect.stringContaining(campaign.simulator.url) } }]);
  });

  it('import-then-signal.json imports the rows and triggers one signal with their number', async () => {
    const { profiles, workflows } = campaign.simulator;
    const result = await campaign.engine.run(example('import-then-signal.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Trigger signal')).toMatchObject([{ id: 'WKF42', activity: 'signal1', triggered: true }]);
    expect(profiles.byEmail('new.customer@mail.com')).toHaveLength(1);
    expect(workflows.byName('WKF42').signalsOf('signal1')).toMatchObject([{ parameters: { audience: 'imported', count: 2 } }]);
  });

  it('nightly-csv-import.json creates, updates and sorts out the rows of a file', async () => {
    const result = await campaign.engine.run(example('nightly-csv-import.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Create or update profiles').map(({ outcome, email }) => [outcome, email])).toEqual([
      ['updated', 'amy.dakota@mail.com'],
      ['created', 'new.customer@mail.com'],
      ['updated', 'new.customer@mail.com'],
    ]);
    expect(result.json('File of failed rows')).toMatchObject([{ firstName: 'Nobody', error: "'email' is empty" }]);
    expect(campaign.simulator.profiles.byEmail('new.customer@mail.com')).toMatchObject([{ firstName: 'New', phone: '3305060709' }]);
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('3301020304');
  });

  it('preference-centre.json subscribes (both ways are run in the host ring, with its real IF)', async () => {
    const result = await campaign.engine.run(example('preference-centre.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Subscribe')[0]).toMatchObject({ outcome: 'subscribed', email: 'amy.dakota@mail.com', serviceName: 'weekly_offers' });
  });

  it('profile-audit.json changes a field, reads it back and shows the difference', async () => {
    const [first, second] = [await campaign.engine.run(example('profile-audit.json')), await campaign.engine.run(example('profile-audit.json'))];

    expect(first.json('Set language, read back')).toMatchObject([
      { firstName: 'Amy', changes: [{ field: 'preferredLanguage', before: 'none', after: 'en_us' }] },
    ]);
    expect(second.json('Set language, read back')).toMatchObject([{ firstName: 'Amy', changes: [] }]);
    expect(campaign.simulator.stats.writesApplied).toBe(1);
  });
});
