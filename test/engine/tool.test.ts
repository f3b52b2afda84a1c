import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startCampaign, type Campaign } from '../support/campaign';
import { campaignStep, chain, profileStep, type StepMaker } from '../support/workflows';

const AMY = 'amy.dakota@mail.com';

describe('as a tool of an AI agent', () => {
  let campaign: Campaign;

  beforeAll(async () => {
    campaign = await startCampaign({ settings: { freshKeys: true } });
  });
  afterAll(async () => await campaign.close());

  /** What the agent sees of its tool and what the tool answers. */
  const callTool = async (
    makeStep: StepMaker,
    parameters: INodeParameters,
    ...calls: IDataObject[]
  ): Promise<Array<{ description: unknown; answer: IDataObject[] | string }>> => {
    const agent = { id: 'agent', name: 'Agent', type: 'test.agent', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
    const step = makeStep('Campaign', { descriptionType: 'auto', ...parameters });
    const tool = { ...step, type: `${step.type}Tool` };
    const workflow = chain(agent);
    workflow.nodes.push(tool);
    workflow.connections.Campaign = { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] };
    const result = await campaign.engine.run(workflow, calls);
    if (result.error) throw result.error;
    return result.json('Agent').map(({ description, answer }) => ({ description, answer: parse(String(answer)) }));
  };
  const call = async (parameters: INodeParameters, ...calls: IDataObject[]) => await callTool(profileStep, parameters, ...calls);
  const parse = (answer: string): IDataObject[] | string => (answer.startsWith('[') ? (JSON.parse(answer) as IDataObject[]) : answer);
  const fromAi = (key: string, description: string): string => `={{ $fromAI('${key}', '${description}') }}`;
  const byEmail: INodeParameters = { __rl: true, mode: 'email', value: fromAi('email', 'email address of the customer') };

  it('finds a profile that the agent names', async () => {
    const [found] = await call({ operation: 'get', profile: byEmail }, { email: AMY });
    expect(found).toEqual({
      description: 'Get profile in Adobe Campaign',
      answer: [expect.objectContaining({ firstName: 'Amy', lastName: 'Dakota' })],
    });
  });

  it('updates it with what the agent says', async () => {
    const [updated] = await call(
      {
        operation: 'update',
        identifyBy: 'profile',
        profile: byEmail,
        readBack: 'return',
        fields: { mappingMode: 'defineBelow', value: { phone: fromAi('phone', 'new phone number') }, matchingColumns: [], schema: [] },
      },
      { email: AMY, phone: '3301020304' },
    );
    expect(updated).toEqual({
      description: 'Update profile in Adobe Campaign',
      answer: [expect.objectContaining({ phone: '3301020304' })],
    });
  });

  it('searches with a filter that the agent fills in', async () => {
    const filters = { text: [{ searchIn: 'lastName', text: fromAi('lastName', 'beginning of the last name') }] };
    const [found] = await call({ operation: 'getAll', returnAll: true, filters }, { lastName: 'Dako' });
    expect(found?.description).toBe('Get many profiles in Adobe Campaign');
    expect(found?.answer).toMatchObject([{ email: AMY }]);
  });

  it('subscribes whom the agent names to what it names', async () => {
    const service = { __rl: true, mode: 'name', value: fromAi('service', 'internal name of the service') };
    const [subscribed] = await call(
      { resource: 'subscription', operation: 'subscribe', profile: byEmail, service },
      { email: AMY, service: 'weekly_offers' },
    );
    expect(subscribed?.description).toBe('Subscribe profile to service in Adobe Campaign');
    expect(subscribed?.answer).toMatchObject([{ outcome: 'subscribed', serviceName: 'weekly_offers' }]);
  });

  it('triggers the signal that the agent wants', async () => {
    const parameters = { values: [{ name: 'audience', type: 'string', value: fromAi('audience', 'who is meant') }] };
    const [triggered] = await callTool(
      campaignStep('workflow'),
      { operation: 'triggerSignal', workflowId: 'WKF42', activity: 'signal1', parameters },
      { audience: 'vip' },
    );
    expect(triggered).toEqual({
      description: 'Trigger workflow signal in Adobe Campaign',
      answer: [expect.objectContaining({ triggered: true })],
    });
    expect(campaign.simulator.workflows.byName('WKF42').signalsOf('signal1')).toMatchObject([{ parameters: { audience: 'vip' } }]);
  });

  it('sends the event that the agent wants', async () => {
    const email = fromAi('email', 'email address of the customer');
    const [sent] = await callTool(campaignStep('transactionalEvent'), { operation: 'send', eventId: 'EVTcart', email }, { email: AMY });
    expect(sent).toEqual({
      description: 'Send transactional event in Adobe Campaign',
      answer: [expect.objectContaining({ status: 'pending' })],
    });
    expect(campaign.simulator.events.all()).toMatchObject([{ email: AMY }]);
  });

  it('lives through a day of an agent: what it leaves out is left alone, what it reads is short', async () => {
    const email = 'agent.customer@mail.com';
    // As the editor writes a field that the model may fill in: what it leaves out arrives blank.
    const optional = (key: string): string => `={{ $fromAI('${key}', 'may be left out', 'string', '') }}`;
    const fields = (...names: string[]): INodeParameters => ({
      mappingMode: 'defineBelow',
      value: Object.fromEntries(names.map((name) => [name, optional(name)])),
      matchingColumns: ['email'],
      schema: [],
    });
    const names = ['firstName', 'lastName', 'phone', 'birthDate', 'gender', 'blackListEmail'];
    const upsert = { operation: 'upsert', matchOn: 'matchingColumn', fields: fields('email', ...names) };
    const update = { operation: 'update', identifyBy: 'profile', profile: byEmail, fields: fields(...names) };

    const [created] = await call(upsert, { email, firstName: 'Ida', birthDate: '1990-02-03', gender: 'female' });
    expect(created?.answer).toMatchObject([{ outcome: 'created' }]);
    expect(Object.keys((created?.answer as IDataObject[] | undefined)?.[0] ?? {}).length).toBeLessThanOrEqual(12);
    const [again] = await call(upsert, { email, lastName: 'Zetterberg' });
    expect(again?.answer).toMatchObject([{ outcome: 'updated' }]);
    await call(update, { email, phone: '4711', blackListEmail: 'true' });
    const [found] = await call({ operation: 'get', profile: byEmail }, { email });
    expect(found?.answer).toEqual([
      expect.objectContaining({ firstName: 'Ida', lastName: 'Zetterberg', phone: '4711', birthDate: '1990-02-03' }),
    ]);
    expect(campaign.simulator.profiles.byEmail(email)).toMatchObject([{ gender: 'female', blackListEmail: true, birthDate: '1990-02-03' }]);

    // Nothing given is nothing to do, said in words; nothing was emptied.
    await expect(call(update, { email })).rejects.toMatchObject({ message: expect.stringMatching(/There is nothing to write/) });
    await expect(call(update, { email, gender: 'often' })).rejects.toMatchObject({
      message: expect.stringMatching(/\(gender\) takes one of Unspecified \(unknown\), Male \(male\), Female \(female\), not 'often'/),
    });
    await expect(call(update, { email: '', phone: '1' })).rejects.toMatchObject({ message: expect.stringMatching(/'Profile' is empty/) });
    expect(campaign.simulator.profiles.byEmail(email)).toMatchObject([{ phone: '4711', gender: 'female' }]);

    // Options and filters that the model leaves out do not count either.
    const search = {
      operation: 'getAll',
      returnAll: false,
      limit: 3,
      filters: { text: [{ searchIn: 'lastName', text: optional('lastName') }] },
    };
    const [listed] = await call(search, { lastName: 'Zetterberg' });
    expect(listed?.answer).toMatchObject([{ email }]);
    const service = { __rl: true, mode: 'name', value: fromAi('service', 'internal name of the service') };
    const [subscribed] = await call(
      { resource: 'subscription', operation: 'subscribe', profile: byEmail, service },
      { email, service: 'weekly_offers' },
    );
    expect(subscribed?.answer).toMatchObject([{ outcome: 'subscribed', email }]);
    await expect(
      call({ resource: 'subscription', operation: 'subscribe', profile: byEmail, service }, { email, service: 'daily_offers' }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/There is no service with name 'daily_offers'/) });
    const [deleted] = await call({ operation: 'delete', profile: byEmail }, { email });
    expect(deleted?.answer).toEqual([{ deleted: true }]);
  });

  it('tells the agent what is wrong and what to do', async () => {
    const answer = call({ operation: 'get', profile: byEmail }, { email: 'nobody@mail.com' });
    await expect(answer).rejects.toMatchObject({
      message: expect.stringMatching(/There is no profile with email 'nobody@mail.com'[^]*Details: Check the value/),
    });
  });
});
