import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const WORKFLOW = 'workflow/execution/WKF42';
const STOPPED = 'workflow/execution/WKF43';
const TEN_MINUTES = 10 * 60_000;

describe.each(DIALECTS)('workflows on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const state = async (workflow = WORKFLOW): Promise<unknown> => at((await started.client.get(workflow)).json, 'state');
  const trigger = async (activity = 'signal1', workflow = WORKFLOW): Promise<string> =>
    textAt((await started.client.get(workflow)).json, 'activities', 'activity', activity, 'trigger', 'href');
  const signal = async (parameters?: unknown, activity = 'signal1') =>
    await started.client.post(await trigger(activity), { source: 'API', ...(parameters === undefined ? {} : { parameters }) });

  it('show their state and activities, signals with an absolute address; ACS tells what a signal declares', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.get(WORKFLOW);
    expect(status).toBe(200);
    expect(json).toMatchObject({ PKey: expect.stringMatching(/^@/), state: 'started' });
    expect(Object.keys(Object(at(json, 'activities', 'activity')))).toEqual(['start', 'load', 'end', 'signal1', 'signal2']);
    expect(at(json, 'activities', 'activity', 'load', 'trigger')).toBeUndefined();
    const root = `${simulator.url}/northwind/campaign/workflow/execution/@`;
    expect(textAt(json, 'activities', 'activity', 'signal1', 'trigger', 'href').startsWith(root)).toBe(true);
    const declared = at(json, 'activities', 'activity', 'signal1', 'parameters');
    expect(declared).toEqual(dialect === 'acs' ? { audience: 'string', count: 'number', dryRun: 'boolean', at: 'datetime' } : undefined);
  });

  it('are known by internal ID and by key, and unknown with an answer that is assumed', async () => {
    const { client, simulator } = started;
    const key = textAt((await client.get(WORKFLOW)).json, 'PKey');
    expect(at((await client.get(`workflow/execution/${key}`)).json, 'internalName')).toBe('WKF42');
    expect((await client.get('workflow/execution/WKF99')).status).toBe(404);
    expect((await client.get('workflow/execution/@nobody')).text).toContain(dialect === 'acs' ? 'XTK-170036' : 'Unable to decrypt PKey');
    simulator.assumptions.unknownWorkflow = 'error';
    expect((await client.get('workflow/execution/WKF99')).status).toBe(500);
    expect((await client.get('workflow')).status).toBe(dialect === 'acs' ? 500 : 404);
  });

  it.each([
    [WORKFLOW, 'pause', 'started', 'pausing', 'paused'],
    [WORKFLOW, 'stop', 'started', 'stopping', 'stopped'],
    [STOPPED, 'start', 'stopped', 'starting', 'started'],
  ])('%s: %s takes its time on the clock', async (workflow, method, before, meanwhile, after) => {
    const { client, simulator } = started;
    simulator.clock.freeze();
    expect(await state(workflow)).toBe(before);
    expect(await client.post(`${workflow}/commands`, { method })).toMatchObject({ status: 200, json: {} });
    expect(await state(workflow)).toBe(meanwhile);
    simulator.assumptions.workflowTransitionShows = 'previousState';
    expect(await state(workflow)).toBe(before);
    simulator.clock.advance(simulator.assumptions.workflowTransitionMs);
    expect(await state(workflow)).toBe(after);
  });

  it('are resumed after a pause, at once if that is assumed', async () => {
    const { client, simulator } = started;
    simulator.assumptions.workflowTransitionMs = 0;
    simulator.assumptions.acceptedAnswer = 'nothing';
    await client.post(`${WORKFLOW}/commands`, { method: 'pause' });
    expect(await state()).toBe('paused');
    expect((await client.post(`${WORKFLOW}/commands`, { method: 'resume' })).text).toBe('');
    expect(await state()).toBe('started');
  });

  it('refuse commands that do not fit, or let them pass if that is assumed, and those nobody knows', async () => {
    const { client, simulator } = started;
    expect((await client.post(`${WORKFLOW}/commands`, { method: 'resume' })).status).toBe(500);
    simulator.assumptions.unfittingCommand = 'ignored';
    expect((await client.post(`${WORKFLOW}/commands`, { method: 'resume' })).status).toBe(200);
    expect((await client.post(`${WORKFLOW}/commands`, { method: 'dance' })).status).toBe(500);
    expect((await client.post(`${WORKFLOW}/commands`)).status).toBe(500);
    expect(await state()).toBe('started');
  });

  it('take a signal with declared parameters of the declared types', async () => {
    const { simulator } = started;
    const parameters = { audience: 'vip', count: 3, dryRun: true, at: '2026-05-01 08:00:00.000Z' };
    expect(await signal(parameters)).toMatchObject({ status: 200, json: {} });
    expect(simulator.workflows.byName('WKF42').signalsOf('signal1')).toEqual([{ source: 'API', parameters, at: expect.any(Date) }]);
    expect(simulator.stats.writesApplied).toBe(1);
    expect((await signal(undefined, 'signal2')).status).toBe(200);
  });

  it('name an undeclared parameter in text', async () => {
    const { simulator } = started;
    const { status, text, headers } = await signal({ contentURL: 'x' });
    expect(status).toBe(500);
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(text.split('\n').slice(1)).toEqual([
      "'contentURL' parameter isn't defined in signal activity.",
      "XTK-170006 Unable to parse expression 'HandleTrigger(@name, $(source), $({parameters}))'.",
      "RST-360000 Error while assessing 'HandleTrigger(@name, $(source), $({parameters}))' expression ('xtk:workflow:execution/activities/signal/trigger' resource)",
    ]);
    simulator.assumptions.signalErrorStatus = 200;
    expect((await signal({ contentURL: 'x' })).status).toBe(200);
    expect(simulator.workflows.byName('WKF42').signalsOf('signal1')).toEqual([]);
  });

  it.each([{ audience: 1 }, { count: '3' }, { dryRun: 'true' }, { at: 'tomorrow' }, { at: 1 }])(
    'refuse the wrong type: %j',
    async (parameters) => {
      expect((await signal(parameters)).status).toBe(500);
      expect(started.simulator.workflows.byName('WKF42').signalsOf('signal1')).toEqual([]);
    },
  );

  it('refuse a signal without a source, of more than 64 KB, or while they do not run', async () => {
    const { client } = started;
    expect((await client.post(await trigger(), { parameters: {} })).status).toBe(500);
    expect((await signal({ audience: 'a'.repeat(64 * 1024) })).status).toBe(500);
    // Characters of two bytes each.
    expect((await signal({ audience: 'é'.repeat(40 * 1024) })).status).toBe(500);
    expect((await signal({ audience: 'a'.repeat(63 * 1024) })).status).toBe(200);
    expect((await client.post(await trigger('signal1', STOPPED), { source: 'API' })).status).toBe(500);
  });

  it('answer a second signal to an activity within ten minutes with text that is not JSON', async () => {
    const { simulator } = started;
    simulator.clock.freeze();
    await signal();
    simulator.clock.advance(TEN_MINUTES - 1);
    expect(await signal()).toMatchObject({ status: 200, text: simulator.assumptions.earlySignalText, json: undefined });
    expect((await signal({}, 'signal2')).json).toEqual({});
    simulator.assumptions.earlySignalStatus = 500;
    expect((await signal()).status).toBe(500);
    simulator.clock.advance(1);
    expect((await signal()).json).toEqual({});
    expect(simulator.workflows.byName('WKF42').signalsOf('signal1')).toHaveLength(2);
  });

  it('are triggered at their own address only', async () => {
    const { client } = started;
    const href = await trigger();
    expect((await client.get(href)).status).toBe(500);
    const foreign = href.replace(/activity\/@[^/]+/, `activity/${/execution\/(@[^/]+)/.exec(href)?.[1] ?? ''}`);
    expect((await client.post(foreign, { source: 'API' })).status).toBe(dialect === 'acs' ? 500 : 404);
    expect((await client.post(href.replace('/trigger/', '/'), { source: 'API' })).status).toBe(dialect === 'acs' ? 500 : 404);
  });
});
