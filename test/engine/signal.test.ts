import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect, type SimulatedWorkflow } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep } from '../support/workflows';

let campaign: Campaign;
let workflow: SimulatedWorkflow;
let count = 0;

const signal = (more: INodeParameters = {}): INodeParameters => ({
  operation: 'triggerSignal',
  workflowId: workflow.name,
  activity: 'signal1',
  ...more,
});
const rows = (...values: INodeParameters[]): INodeParameters => ({ parameters: { values } });
const json = (value: unknown): INodeParameters => ({
  parametersFrom: 'json',
  parametersJson: typeof value === 'string' ? value : JSON.stringify(value),
});
const posts = () => campaign.simulator.stats.received.filter(({ method }) => method === 'POST');
const taken = (activity = 'signal1') => workflow.signalsOf(activity);

describe.each<Dialect>(['v8', 'acs'])('Workflow Trigger Signal, against Campaign %s', (dialect) => {
  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('workflow'));
    await campaign.outputOf({ operation: 'get', workflowId: 'WKF42' });
  });
  afterAll(async () => await campaign.close());
  // A workflow of its own for every test: n8n's process remembers when it triggered which signal.
  beforeEach(() => {
    workflow = campaign.simulator.workflows.add({
      name: `WKF${(count += 1) + 100}`,
      activities: ['load'],
      signals: { signal1: { audience: 'string', count: 'number', dryRun: 'boolean', at: 'datetime' }, signal2: {} },
    });
    campaign.simulator.assumptions.earlySignalStatus = 200;
    campaign.simulator.assumptions.signalErrorStatus = 500;
    campaign.simulator.assumptions.acceptedAnswer = 'emptyObject';
    campaign.simulator.faults.clear();
    campaign.simulator.resetStats();
  });

  it.each<[string, INodeParameters]>([
    ['chosen from the list', { activity: { __rl: true, mode: 'list', value: 'signal2' } }],
    ['given by name', { activity: { __rl: true, mode: 'name', value: '={{ $json.which }}' } }],
    ['given as text, as it was stored once', { activity: 'signal2' }],
  ])('E9: takes an activity %s', async (_, more) => {
    expect(await campaign.outputOf(signal(more), [{ which: 'signal2' }])).toMatchObject([{ activity: 'signal2', triggered: true }]);
    expect(taken('signal2')).toHaveLength(1);
  });

  it('sends parameters with their types, and says when the next one may follow', async () => {
    const [sent] = await campaign.outputOf(
      signal(
        rows(
          { name: 'audience', type: 'string', value: 'vip' },
          { name: 'count', type: 'number', value: '3' },
          { name: 'dryRun', type: 'boolean', value: '={{ $json.dry }}' },
          { name: 'at', type: 'datetime', value: '={{ $json.at.toDateTime() }}' },
        ),
      ),
      [{ dry: false, at: '2026-05-01T10:00:00+02:00' }],
    );
    expect(sent).toEqual({ id: workflow.name, activity: 'signal1', triggered: true, nextTrigger: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(posts().map((post) => post.json)).toEqual([
      { source: 'API', parameters: { audience: 'vip', count: 3, dryRun: false, at: '2026-05-01 08:00:00.000Z' } },
    ]);
    expect(taken()).toHaveLength(1);
  });

  it('takes JSON, another source, and no parameters at all; the answer to an accepted signal is assumed', async () => {
    campaign.simulator.assumptions.acceptedAnswer = 'nothing';
    await campaign.outputOf(signal({ ...json({ count: 7 }), options: { source: 'shop' } }));
    await campaign.outputOf(signal({ activity: 'signal2' }));
    expect([...taken(), ...taken('signal2')]).toMatchObject([
      { source: 'shop', parameters: { count: 7 } },
      { source: 'API', parameters: {} },
    ]);
  });

  it('sends nothing when the workflow does not run', async () => {
    workflow.set('stopped');
    const { error } = await campaign.runStep(signal());
    expect(error?.message).toContain(`Workflow '${workflow.name}' takes no signals, because it is 'stopped'`);
    expect(error?.context?.data).toMatchObject({ reason: 'notRunning', state: 'stopped' });
    expect(posts()).toEqual([]);
  });

  it.each([
    ['nothing', /has no activity 'nothing'/],
    ['load', /Activity 'load' of workflow 'WKF\d+' is not a signal/],
  ])('names the signals when there is no signal %s', async (activity, message) => {
    const { error } = await campaign.runStep(signal({ activity }));
    expect(error?.message).toMatch(message);
    expect(error?.description).toBe('Its signals are: signal1, signal2.');
    expect(posts()).toEqual([]);
  });

  it('says that the workflow is unknown', async () => {
    const { error } = await campaign.runStep(signal({ workflowId: 'WKF99' }));
    expect(error?.message).toContain("There is no workflow with ID 'WKF99'");
  });

  it.each([500, 400, 200] as const)(
    'names an undeclared parameter in the words of Campaign (its status is assumed: %i)',
    async (status) => {
      campaign.simulator.assumptions.signalErrorStatus = status;
      const { error } = await campaign.runStep(signal(json({ contentURL: 'x' })));
      expect(error?.message).toContain(
        `Campaign did not accept the request (${status}): 'contentURL' parameter isn't defined in signal activity.`,
      );
      expect(error?.context?.data).toMatchObject({ reason: 'rejected', fieldsSent: ['contentURL'] });
    },
  );

  const IN_TEXT = { audience: 7, count: '3', dryRun: 'true', at: '2026-05-01T10:00:00+02:00' };

  it('sends JSON in the types that the workflow declares, where Campaign tells them, and says what it sent where it does not', async () => {
    if (dialect === 'acs') {
      const [planned] = await campaign.outputOf(signal({ ...json(IN_TEXT), preview: true }));
      await campaign.outputOf(signal(json(IN_TEXT)));
      const parameters = { audience: '7', count: 3, dryRun: true, at: '2026-05-01 08:00:00.000Z' };
      expect(planned).toMatchObject({ parameters });
      expect(taken()).toMatchObject([{ parameters }]);
      return;
    }
    const { error } = await campaign.runStep(signal(json(IN_TEXT)));
    expect(error?.message).toContain('Campaign did not accept the request (500)');
    expect(error?.description).toContain("went as 'audience' as a number, 'count' as text, 'dryRun' as text, 'at' as text");
    expect(taken()).toEqual([]);
  });

  it('takes no value that means nothing in the type that is declared', async () => {
    const { error } = await campaign.runStep(signal(json({ count: 'three' })));
    expect(`${error?.message} ${error?.description}`).toContain(
      dialect === 'acs'
        ? "'count' is declared as number in the workflow and takes a number, not 'three'"
        : 'Fields sent: count. Campaign v8 does not say',
    );
    expect(posts()).toHaveLength(dialect === 'acs' ? 0 : 1);
    expect(taken()).toEqual([]);
  });

  it.each<[string, () => INodeParameters, RegExp]>([
    [
      'a number that is none',
      () => rows({ name: 'count', type: 'number', value: 'three' }),
      /'count' in 'Parameters' takes a number, not 'three'/,
    ],
    [
      'a date that is none',
      () => rows({ name: 'at', type: 'datetime', value: '2026-02-30' }),
      /'at' in 'Parameters' takes a date and time/,
    ],
    ['no name', () => rows({ name: ' ', type: 'string', value: 'x' }), /A value in 'Parameters' has no name/],
    [
      'a name twice',
      () => rows({ name: 'count', type: 'number', value: 1 }, { name: 'count', type: 'number', value: 2 }),
      /'count' stands twice/,
    ],
    ['a list', () => json({ audience: ['vip'] }), /values that are not text, number, boolean or date: audience/],
    ['broken JSON', () => json('{ audience'), /'Parameters' is not JSON/],
    ['JSON that is no object', () => json('[1]'), /'Parameters' is not a JSON object/],
    ['more than 64 KB', () => json({ audience: 'é'.repeat(33 * 1024) }), /The signal has 67 KB, and Campaign takes 64 KB at the most/],
    ['no source', () => ({ options: { source: ' ' } }), /'Source' is empty/],
  ])('asks nothing of Campaign for %s', async (_, more, message) => {
    const { error } = await campaign.runStep(signal(more()));
    expect(error?.message).toMatch(message);
    expect(campaign.simulator.stats.apiRequests).toBe(0);
  });

  it('does not send a second signal within ten minutes, and says when it may', async () => {
    const [first] = await campaign.outputOf(signal());
    campaign.simulator.resetStats();
    const { error } = await campaign.runStep(signal());
    expect(error?.message).toContain(
      `Campaign takes another signal 'signal1' in workflow '${workflow.name}' at ${String(first?.nextTrigger)}`,
    );
    expect(error?.description).toContain("set 'When Too Soon' under 'Options' to 'Wait'");
    expect(error?.context?.data).toMatchObject({ reason: 'tooSoon', nextTrigger: first?.nextTrigger });
    expect(campaign.simulator.stats.apiRequests).toBe(0);
  });

  it('knows of the first one when two items are for one activity, and not of other activities', async () => {
    const activity = '={{ $json.activity }}';
    const items: IDataObject[] = [{ activity: 'signal1' }, { activity: 'signal1' }, { activity: 'signal2' }];
    const result = await campaign.runStep(signal({ activity }), items, { onError: 'continueErrorOutput' });
    expect(result.json(STEP).map((item) => item.activity)).toEqual(['signal1', 'signal2']);
    expect(result.json(STEP, 1)).toMatchObject([{ activity: 'signal1', message: { reason: 'tooSoon' } }]);
    expect([taken().length, taken('signal2').length]).toEqual([1, 1]);
  });

  it('takes text inside the window for the refusal that it is, when somebody else was first', async () => {
    await triggerFromElsewhere();
    const { error } = await campaign.runStep(signal());
    expect(error?.message).toMatch(/Campaign takes another signal 'signal1' .* at the latest/);
    expect(error?.description).toContain(`Campaign answered: ${campaign.simulator.assumptions.earlySignalText}`);
    expect(error?.context?.data).toMatchObject({ reason: 'tooSoon', answer: campaign.simulator.assumptions.earlySignalText });
    expect(taken()).toHaveLength(1);
  });

  it('shows that text when it comes with a status that says no (assumed)', async () => {
    await triggerFromElsewhere();
    campaign.simulator.assumptions.earlySignalStatus = 500;
    const { error } = await campaign.runStep(signal());
    expect(error?.message).toContain(campaign.simulator.assumptions.earlySignalText.replace(/\.$/, ''));
    expect(taken()).toHaveLength(1);
  });

  it.each([
    ['the connection breaks', faultActions.resetAfter, 1],
    ['a gateway gives up', faultActions.gatewayTimeout, 1],
    ['a page comes instead', faultActions.html, 0],
  ])('is sent once when %s', async (_, action, arrived) => {
    campaign.simulator.faults.add({ method: 'POST', action });
    const { error } = await campaign.runStep(signal());
    expect(error?.description).toContain("Look in the workflow's log in Campaign whether the signal arrived");
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown' });
    expect(posts()).toHaveLength(1);
    expect(taken()).toHaveLength(arrived);
  });

  it.each([
    [
      'http://elsewhere.example/northwind/campaign/workflow/execution/@a/activities/activity/@b/trigger/',
      /leads to http:\/\/elsewhere.example/,
    ],
    ['/southwind/campaign/workflow/execution/@a/activities/activity/@b/trigger/', /does not belong to organization 'northwind'/],
    ['/northwind/campaign/profileAndServices/profile', /is not one for signals/],
  ])('sends nothing to %s', async (href, message) => {
    const trigger = { href: href.startsWith('/') ? `${campaign.simulator.url}${href}` : href };
    const body = JSON.stringify({ PKey: '@x', state: 'started', activities: { activity: { signal1: { trigger } } } });
    campaign.simulator.faults.add({ method: 'GET', action: { type: 'answer', status: 200, body, contentType: 'application/json' } });
    const { error } = await campaign.runStep(signal());
    expect(error?.message).toMatch(message);
    expect(posts()).toEqual([]);
  });
});

/** Somebody else triggers the signal; n8n knows nothing of it. */
async function triggerFromElsewhere(): Promise<void> {
  const { simulator } = campaign;
  const headers = { authorization: `Bearer ${simulator.mintToken()}`, 'x-api-key': simulator.apiKey };
  const [found] = await campaign.outputOf({ operation: 'get', workflowId: workflow.name });
  const [{ trigger }] = (found as { signals: [{ trigger: string }] }).signals;
  const answer = await fetch(trigger, { method: 'POST', headers, body: JSON.stringify({ source: 'elsewhere' }) });
  expect(answer.status).toBe(200);
  simulator.resetStats();
}
