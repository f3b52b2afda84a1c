import type { INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { campaignStep, chain } from '../support/workflows';

const ID = 'WKF42';
const STOPPED = 'WKF43';

let campaign: Campaign;
const start = (dialect: Dialect) => async () => {
  campaign = await startCampaign({ dialect, settings: { freshKeys: true } }, campaignStep('workflow'));
  campaign.simulator.clock.freeze();
  await campaign.outputOf({ operation: 'get', workflowId: ID });
};
const stop = async () => await campaign.close();
const reset = () => {
  campaign.simulator.workflows.byName(ID).set('started');
  campaign.simulator.workflows.byName(STOPPED).set('stopped');
  campaign.simulator.assumptions.acceptedAnswer = 'emptyObject';
  campaign.simulator.assumptions.workflowTransitionShows = 'transition';
  campaign.simulator.faults.clear();
  campaign.simulator.resetStats();
};
const workflow = (id = ID) => campaign.simulator.workflows.byName(id);
const posts = () => campaign.simulator.stats.received.filter(({ method }) => method === 'POST');
const looks = () => campaign.simulator.stats.byMethod.get('GET') ?? 0;
/** Every look at the workflow takes a second of the simulator's time. */
const letTimePass = () =>
  campaign.simulator.faults.add({
    method: 'GET',
    when: () => {
      campaign.simulator.clock.advance(1_000);
      return false;
    },
    action: faultActions.resetBefore,
  });
const WAIT = { waitUntilReached: true, deadline: 30, pollInterval: 0.01 };

type SettledState = 'started' | 'paused' | 'stopped';

/** What all four commands have in common. */
function itIsACommand(command: string, before: SettledState, after: SettledState, id = ID): void {
  const parameters = (options: INodeParameters = {}): INodeParameters => ({ operation: command, workflowId: id, options });
  beforeEach(() => workflow(id).set(before));

  it.each(['emptyObject', 'nothing'] as const)('is sent and not waited for (the answer is assumed: %s)', async (acceptedAnswer) => {
    campaign.simulator.assumptions.acceptedAnswer = acceptedAnswer;
    expect(await campaign.outputOf(parameters())).toEqual([{ id, command }]);
    expect(posts().map(({ path, json }) => [path, json])).toEqual([
      [`/northwind/campaign/workflow/execution/${id}/commands`, { method: command }],
    ]);
    expect(looks()).toBe(0);
    campaign.simulator.clock.advance(3_000);
    expect(workflow(id).state).toBe(after);
  });

  it.each(['transition', 'previousState'] as const)(
    'is waited for (meanwhile the state is assumed: %s)',
    async (workflowTransitionShows) => {
      campaign.simulator.assumptions.workflowTransitionShows = workflowTransitionShows;
      letTimePass();
      expect(await campaign.outputOf(parameters(WAIT))).toEqual([{ id, command, state: after }]);
      expect(looks()).toBe(3);
    },
  );

  it('tells the state it has come to when the deadline passes', async () => {
    const { error } = await campaign.runStep(parameters({ ...WAIT, deadline: 0.05 }));
    expect(error?.message).toMatch(new RegExp(`Workflow '${id}' is not '${after}' after 0.05 seconds, but '\\w+ing'`));
    expect(error?.description).toContain("raise 'Deadline'");
    expect(error?.context?.data).toMatchObject({ reason: 'deadlinePassed', id, command, state: expect.stringMatching(/ing$/) });
    expect(posts()).toHaveLength(1);
  });

  it('is sent once when the answer got lost; the state says whether it was carried out', async () => {
    campaign.simulator.faults.add({ method: 'POST', action: faultActions.resetAfter });
    letTimePass();
    expect(await campaign.outputOf(parameters(WAIT))).toEqual([{ id, command, state: after }]);
    expect(posts()).toHaveLength(1);

    campaign.simulator.faults.clear();
    workflow(id).set(before);
    campaign.simulator.faults.add({ method: 'POST', action: faultActions.stallBefore });
    const { error } = await campaign.runStep(parameters({ timeout: 0.2 }));
    expect(error?.message).toContain('may or may not have been carried out');
    expect(error?.description).toBe(`Its state is '${before}' now. Look at workflow '${id}' before sending '${command}' again.`);
    expect(error?.context?.data).toMatchObject({ reason: 'outcomeUnknown', state: before });
    expect(posts()).toHaveLength(2);
  });

  it('says that an unknown workflow is unknown', async () => {
    const { error } = await campaign.runStep({ operation: command, workflowId: 'WKF99' });
    expect(error?.message).toBe("There is no workflow with ID 'WKF99' [item 0]");
    expect(error?.description).toContain('not its label');
  });

  it('E9: leaves a workflow that is there already as it is, waited for or not', async () => {
    workflow(id).set(after);
    for (const options of [{}, WAIT]) {
      expect(await campaign.outputOf(parameters(options))).toEqual([{ id, command, outcome: 'unchanged', state: after }]);
    }
    expect(posts()).toHaveLength(2);
    expect(looks()).toBe(2);
    expect(workflow(id).state).toBe(after);
  });

  it('says which state is in the way when Campaign refuses', async () => {
    const inTheWay = command === 'start' ? 'paused' : 'finished';
    workflow(id).set(inTheWay);
    const { error } = await campaign.runStep(parameters());
    expect(error?.message).toContain('Campaign did not accept the request (500)');
    expect(error?.description).toContain(`Workflow '${id}' is '${inTheWay}', a state in which Campaign does not take '${command}'`);
    expect(error?.context?.data).toMatchObject({ reason: 'rejected', state: inTheWay });
    expect(workflow(id).state).toBe(inTheWay);
  });

  it('says that the state may be in the way when that cannot be read', async () => {
    workflow(id).set(after);
    campaign.simulator.faults.add({ method: 'GET', action: faultActions.html });
    const { error } = await campaign.runStep(parameters());
    expect(error?.message).toContain('Campaign did not accept the request (500)');
    expect(error?.description).toContain(`The workflow may be in a state in which Campaign does not take '${command}'`);
    expect(error?.context?.data).not.toHaveProperty('state');
  });
}

describe.each<Dialect>(['v8', 'acs'])('Workflow Get, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);

  it('returns state, activities and signals', async () => {
    const [found] = await campaign.outputOf({ operation: 'get', workflowId: ` ${ID} ` });
    expect(found).toEqual({
      id: ID,
      state: 'started',
      activities: ['start', 'load', 'end', 'signal1', 'signal2'],
      signals: [
        expect.objectContaining({ name: 'signal1', trigger: expect.stringMatching(/\/trigger\/$/) }),
        expect.objectContaining({ name: 'signal2' }),
      ],
      PKey: expect.stringMatching(/^@/),
      href: expect.any(String),
    });
    // Campaign Standard alone tells what a signal declares; the form is assumed.
    expect(JSON.stringify(found?.signals).includes('"audience":"string"')).toBe(dialect === 'acs');
  });

  it('returns everything when asked to', async () => {
    const [found] = await campaign.outputOf({ operation: 'get', workflowId: ID, simplify: false });
    expect(found).toMatchObject({
      label: 'Import contacts',
      activities: { activity: { signal1: { trigger: { href: expect.any(String) } } } },
    });
  });

  it.each([
    ['WKF99', /There is no workflow with ID 'WKF99'/],
    ['={{ "" }}', /'Workflow ID' is empty/],
    ['../profile', /'Workflow ID' has characters that cannot be part of a key/],
    ['@nobody', /The PKey is not one that this Campaign instance gave out/],
  ])('says what is wrong with %j', async (workflowId, message) => {
    const { error } = await campaign.runStep({ operation: 'get', workflowId });
    expect(error?.message).toMatch(message);
  });
});

describe.each<Dialect>(['v8', 'acs'])('Workflow Start, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);
  itIsACommand('start', 'stopped', 'started', STOPPED);
});

describe.each<Dialect>(['v8', 'acs'])('Workflow Pause, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);
  itIsACommand('pause', 'started', 'paused');
});

describe.each<Dialect>(['v8', 'acs'])('Workflow Resume, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);
  itIsACommand('resume', 'paused', 'started');
});

describe.each<Dialect>(['v8', 'acs'])('Workflow Stop, against Campaign %s', (dialect) => {
  beforeAll(start(dialect));
  afterAll(stop);
  beforeEach(reset);
  itIsACommand('stop', 'started', 'stopped');

  it('ends its wait when the run is canceled', async () => {
    const controller = new AbortController();
    campaign.simulator.faults.add({
      method: 'GET',
      when: () => {
        controller.abort();
        return false;
      },
      action: faultActions.resetBefore,
    });
    const step = campaignStep('workflow')(STEP, {
      operation: 'stop',
      workflowId: ID,
      options: { waitUntilReached: true, deadline: 3_000, pollInterval: 3_000 },
    });
    const { run } = await campaign.engine.run(chain(step), [{}], controller.signal);
    expect(run.status).toBe('canceled');
    expect(looks()).toBe(1);
  });

  it('reads numbers that are none as what they are', async () => {
    for (const [name, title] of [
      ['deadline', 'Deadline'],
      ['pollInterval', 'Poll Interval'],
    ] as const) {
      const { error } = await campaign.runStep({ operation: 'stop', workflowId: ID, options: { ...WAIT, [name]: '={{ "soon" }}' } });
      expect(error?.message).toContain(`'${title}' is 'soon'`);
    }
    expect(posts()).toEqual([]);
  });
});
