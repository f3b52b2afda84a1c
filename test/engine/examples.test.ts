import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { startCampaign, type Campaign } from '../support/campaign';
import type { PollOptions, WorkflowJson } from '../support/engine';

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
      'campaign-change-to-crm.json',
      'cart-abandonment-event.json',
      'complete-changed-profiles.json',
      'crm-order-to-custom-resource.json',
      'get-update-get.json',
      'import-then-signal.json',
      'nightly-csv-import.json',
      'preference-center.json',
      'preview-import.json',
      'profile-audit.json',
      'raw-call.json',
      'undo-last-import.json',
    ]);
  });

  it.each(readdirSync(FOLDER).filter((file) => file.endsWith('.json')))(
    'E8: %s says on the canvas what it does, and runs green from the Execute button',
    async (file) => {
      Object.assign(campaign.simulator.assumptions, { pendingEventMs: 0, processingEventMs: 0 });
      const workflow = example(file);
      const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
      expect(String(notes[0]?.parameters.content)).toMatch(/^## .+\n[\s\S]+\*\*Try it\.\*\* Press \*\*Execute workflow\*\*/);
      // What a note names in bold, and the workflow does not call a button, is one of its steps.
      const named = [...String(notes[0]?.parameters.content).matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name);
      const others = ['Try it.', 'Execute workflow', 'HTTP Request'];
      expect(named.filter((name) => !others.includes(name ?? '') && !workflow.nodes.some((node) => node.name === name))).toEqual([]);

      const [start] = workflow.nodes;
      const isPolled = start?.type.includes('adobeCampaignProfileTrigger');
      const input = isPolled && start ? await campaign.engine.poll(start, { mode: 'manual' }) : undefined;
      const result = await campaign.engine.run(
        workflow,
        input?.map(({ json }) => json),
      );
      expect(result.error).toBeUndefined();
      // Whatever goes out to places that do not exist is pinned, and so is what reads files that are not there.
      for (const { name, type, parameters } of workflow.nodes) {
        const isElsewhere = JSON.stringify(parameters).includes('example.com') || type.endsWith('.readWriteFile');
        if (isElsewhere) expect(workflow.pinData).toHaveProperty([name]);
      }
    },
  );

  it('get-update-get.json changes the phone of Amy Dakota and shows it', async () => {
    const result = await campaign.engine.run(example('get-update-get.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Get profile')).toMatchObject([{ firstName: 'Amy', lastName: 'Dakota', birthDate: '1980-10-24', phone: '' }]);
    expect(Object.keys(result.json('Update phone')[0] ?? {})).toEqual(['phone', 'PKey', 'href']);
    expect(result.json('Get profile again')).toMatchObject([{ firstName: 'Amy', phone: '3301020304' }]);
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('3301020304');
    expect(campaign.simulator.stats.writesApplied).toBe(1);
  });

  /** Polls the first step, and runs the rest with what came, as n8n does. */
  const pollAndRun = async (workflow: WorkflowJson, state: PollOptions) => {
    const [trigger] = workflow.nodes;
    if (!trigger) throw new Error('The example has no trigger');
    const items = await campaign.engine.poll(trigger, state);
    return (
      items &&
      (await campaign.engine.run(
        // Only the editor minds what is pinned.
        { ...workflow, pinData: {} },
        items.map(({ json }) => json),
        undefined,
        'trigger',
      ))
    );
  };
  const changeAmy = () => {
    const [amy] = campaign.simulator.profiles.byEmail('amy.dakota@mail.com');
    campaign.simulator.clock.advance(1000);
    if (amy) campaign.simulator.profiles.update(amy.id, { phone: '1' });
  };

  it('campaign-change-to-crm.json sends a changed profile on, with all that the CRM is told', async () => {
    const workflow = example('campaign-change-to-crm.json');
    const state: PollOptions = {};
    expect(await pollAndRun(workflow, state)).toBeNull();
    changeAmy();
    const result = await pollAndRun(workflow, state);

    expect(result?.error).toBeUndefined();
    expect(result?.json('Send to CRM')).toMatchObject([{ email: 'amy.dakota@mail.com', phone: '1' }]);
    const told = JSON.stringify(workflow.nodes[1]?.parameters).match(/(?<=\$json\.)\w+/g) ?? [];
    expect(Object.keys(result?.json('Send to CRM')[0] ?? {})).toEqual(expect.arrayContaining(told));
    expect(await pollAndRun(workflow, state)).toBeNull();
  });

  it('complete-changed-profiles.json does not start itself for ever: the second time there is nothing to send', async () => {
    const workflow = example('complete-changed-profiles.json');
    const state: PollOptions = {};
    expect(await pollAndRun(workflow, state)).toBeNull();
    changeAmy();

    expect((await pollAndRun(workflow, state))?.error).toBeUndefined();
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.salutation).toBe('Dear Amy');
    expect((await pollAndRun(workflow, state))?.json('Write salutation')).toHaveLength(1);
    expect(campaign.simulator.stats.writesApplied).toBe(1);
    expect(await pollAndRun(workflow, state)).toBeNull();
  });

  it('A13: does not start itself for ever where data policies change what is written', async () => {
    campaign.simulator.settings.dataPolicies = { salutation: 'upperCase', phone: 'phone', lastName: 'smartCase' };
    const workflow = example('complete-changed-profiles.json');
    const state: PollOptions = {};
    await pollAndRun(workflow, state);
    changeAmy();

    expect((await pollAndRun(workflow, state))?.error).toBeUndefined();
    expect(campaign.simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.salutation).toBe('DEAR AMY');
    expect((await pollAndRun(workflow, state))?.json('Write salutation')).toHaveLength(1);
    expect(campaign.simulator.stats.writesApplied).toBe(1);
    expect(await pollAndRun(workflow, state)).toBeNull();
  });

  it('would go on for ever without Send Only Changed Fields', async () => {
    const workflow = structuredClone(example('complete-changed-profiles.json'));
    for (const { parameters } of workflow.nodes) if (parameters.operation === 'update') parameters.options = {};
    const state: PollOptions = {};
    await pollAndRun(workflow, state);
    changeAmy();
    for (let round = 1; round <= 3; round += 1) {
      expect(await pollAndRun(workflow, state)).not.toBeNull();
      expect(campaign.simulator.stats.writesApplied).toBe(round);
      campaign.simulator.clock.advance(1000);
    }
  });

  it('cart-abandonment-event.json sends the message and learns what became of it', async () => {
    const { assumptions, events } = campaign.simulator;
    Object.assign(assumptions, { pendingEventMs: 0, processingEventMs: 0 });
    const result = await campaign.engine.run(example('cart-abandonment-event.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Send event and wait')).toMatchObject([{ eventId: 'EVTcart', status: 'processed' }]);
    expect(events.all()).toMatchObject([
      { email: 'amy.dakota@mail.com', ctx: { firstName: 'Amy', cartTotal: 129.5, items: [{ sku: 'A-1', qty: 2 }] } },
    ]);
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
    expect(orders.map(({ orderNumber, profile }) => [orderNumber, profile])).toEqual([
      ['O-1005', amy?.id],
      ['O-1006', amy?.id],
    ]);
  });

  it('raw-call.json hands an address on to the HTTP Request node, whose call the host ring tests', async () => {
    const result = await campaign.engine.run(example('raw-call.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('List its subscriptions')).toMatchObject([
      { name: 'weekly_offers', subscriptions: { href: expect.stringContaining(campaign.simulator.url) } },
    ]);
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

  it('nightly-csv-import.json keeps a trail, and undo-last-import.json takes all of it back', async () => {
    const { profiles } = campaign.simulator;
    const phone = profiles.byEmail('amy.dakota@mail.com')[0]?.phone;
    const others = () => JSON.stringify(profiles.all().filter(({ email }) => email !== 'amy.dakota@mail.com'));
    const before = others();
    const imported = await campaign.engine.run(example('nightly-csv-import.json'));
    const kept = imported.json('Trail');
    expect(kept.map(({ trail }) => trail)).toMatchObject([{ done: 'updated' }, { done: 'created' }, { done: 'updated' }]);
    expect(others()).not.toBe(before);

    const workflow = example('undo-last-import.json');
    const pinned = workflow.pinData?.['One item for each row']?.map(({ json }) => json) ?? [];
    expect(pinned.map(({ changes }) => changes)).toEqual(kept.map(({ changes }) => changes));
    expect(workflow.pinData?.Trail).toEqual([{ json: { data: pinned } }]);
    const undone = await campaign.engine.run(workflow);
    expect(undone.error).toBeUndefined();
    expect(undone.json('Undo changes').map(({ outcome }) => outcome)).toEqual(['restored', 'restored', 'restored']);
    expect(profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe(phone);
    expect(others()).toBe(before);
  });

  it('preview-import.json says what nightly-csv-import.json would do, and writes nothing', async () => {
    const planned = await campaign.engine.run(example('preview-import.json'));
    expect(planned.error).toBeUndefined();
    expect(campaign.simulator.stats.writesApplied).toBe(0);
    expect(planned.json('Preview import').map(({ outcome, email }) => [outcome, email])).toEqual([
      ['wouldUpdate', 'amy.dakota@mail.com'],
      ['wouldCreate', 'new.customer@mail.com'],
      ['wouldUpdate', 'new.customer@mail.com'],
    ]);
    expect(planned.json('Rows that would fail')).toMatchObject([{ firstName: 'Nobody', error: "'email' is empty" }]);
    const made = await campaign.engine.run(example('nightly-csv-import.json'));
    const outcomes = made.json('Create or update profiles').map(
      ({ outcome }) =>
        `would${String(outcome)
          .replace(/^./, (letter) => letter.toUpperCase())
          .replace(/d$/, '')}`,
    );
    expect(planned.json('Preview import').map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  it('preference-center.json subscribes (both ways are run in the host ring, with its real IF)', async () => {
    const result = await campaign.engine.run(example('preference-center.json'));

    expect(result.error).toBeUndefined();
    expect(result.json('Subscribe')[0]).toMatchObject({
      outcome: 'subscribed',
      email: 'amy.dakota@mail.com',
      serviceName: 'weekly_offers',
    });
  });

  it('profile-audit.json changes a field, reads it back and shows the difference', async () => {
    const [first, second] = [
      await campaign.engine.run(example('profile-audit.json')),
      await campaign.engine.run(example('profile-audit.json')),
    ];

    expect(first.json('Set language, read back')).toMatchObject([
      { firstName: 'Amy', changes: [{ field: 'preferredLanguage', before: 'none', after: 'en_us' }] },
    ]);
    expect(second.json('Set language, read back')).toMatchObject([{ firstName: 'Amy', changes: [] }]);
    expect(campaign.simulator.stats.writesApplied).toBe(1);
  });
});
