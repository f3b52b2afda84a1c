import { readFileSync } from 'node:fs';

import { startSimulator, type Simulator } from '../simulator';
import type { Execution } from './client';
import { demoCredential, readExamples } from './demo';
import { startHost, type Host } from './host';
import { expectFewConnections } from './expectFewConnections';
import { poll } from './support/poll';

const AMY = 'amy.dakota@mail.com';

describe('a real n8n with the packed package', () => {
  let simulator: Simulator;
  let host: Host;
  /** Ends what was started, the last first. */
  const stops: Array<() => Promise<void>> = [];

  beforeAll(async () => {
    simulator = await startSimulator();
    stops.push(() => simulator.close());
    host = await startHost({ credentials: [demoCredential(simulator)] });
    stops.push(() => host.stop());
  }, 180_000);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  }, 60_000);
  beforeEach(() => {
    simulator.resetStats();
    simulator.settings.organizationsOutOfContext = ['southwind'];
    simulator.settings.unroutableStatus = 500;
  });

  it('lists the package, its nodes and its credential', async () => {
    const packages = await host.client.installedPackages();
    expect(packages).toMatchObject([
      {
        packageName: 'n8n-nodes-adobe-campaign',
        installedNodes: [{ name: 'Adobe Campaign' }, { name: 'Adobe Campaign Profile' }, { name: 'Adobe Campaign Profile Trigger' }],
      },
    ]);
    expect(packages[0]?.failedLoading).not.toBe(true);

    const nodes = await host.client.nodeTypes();
    const names = nodes.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-adobe-campaign.'));
    // Every second one is made by n8n: the node as a tool of an AI agent.
    expect(names.sort()).toEqual([
      'n8n-nodes-adobe-campaign.adobeCampaign',
      'n8n-nodes-adobe-campaign.adobeCampaignProfile',
      'n8n-nodes-adobe-campaign.adobeCampaignProfileTool',
      'n8n-nodes-adobe-campaign.adobeCampaignProfileTrigger',
      'n8n-nodes-adobe-campaign.adobeCampaignTool',
    ]);
    const credentials = await host.client.credentialTypes();
    expect(credentials.map(({ name }) => name)).toContain('adobeCampaignApi');
  });

  it.each([
    ['adobeCampaign', 'transactionalEvent', 'getStatus', ['eventId', 'status', 'PKey']],
    ['adobeCampaign', 'transactionalEvent', 'send', ['eventId', 'status', 'PKey']],
    ['adobeCampaign', 'transactionalEvent', 'sendAndWaitForStatus', ['eventId', 'status', 'PKey']],
    ['adobeCampaign', 'workflow', 'get', ['state', 'signals']],
    ['adobeCampaign', 'workflow', 'pause', ['state']],
    ['adobeCampaign', 'workflow', 'resume', ['state']],
    ['adobeCampaign', 'workflow', 'start', ['state']],
    ['adobeCampaign', 'workflow', 'stop', ['state']],
    ['adobeCampaign', 'workflow', 'triggerSignal', ['triggered', 'nextTrigger']],
    ['adobeCampaign', 'customResource', 'count', ['count']],
    ['adobeCampaign', 'customResource', 'create', ['title', 'PKey']],
    ['adobeCampaign', 'customResource', 'delete', ['deleted']],
    ['adobeCampaign', 'customResource', 'get', ['title', 'PKey']],
    ['adobeCampaign', 'customResource', 'getAll', ['title', 'PKey']],
    ['adobeCampaign', 'customResource', 'update', ['PKey', 'href']],
    ['adobeCampaign', 'customResource', 'upsert', ['outcome', 'PKey']],
    ['adobeCampaign', 'legacy', 'assignUnit', ['organizationalUnit', 'PKey']],
    ['adobeCampaign', 'legacy', 'createPrivacyRequest', ['name', 'status']],
    ['adobeCampaign', 'legacy', 'getDataFile', ['data']],
    ['adobeCampaign', 'legacy', 'getHistory', ['label', 'date']],
    ['adobeCampaign', 'legacy', 'getPrivacyRequests', ['name', 'status']],
    ['adobeCampaign', 'legacy', 'getUnits', ['name', 'label']],
    ['adobeCampaign', 'legacy', 'updateUnit', ['PKey', 'href']],
    ['adobeCampaign', 'service', 'count', ['count']],
    ['adobeCampaign', 'service', 'create', ['name', 'PKey']],
    ['adobeCampaign', 'service', 'delete', ['deleted']],
    ['adobeCampaign', 'service', 'get', ['name', 'PKey']],
    ['adobeCampaign', 'service', 'getAll', ['name', 'PKey']],
    ['adobeCampaign', 'service', 'update', ['PKey', 'href']],
    ['adobeCampaign', 'service', 'upsert', ['outcome', 'name', 'PKey']],
    ['adobeCampaignProfile', 'profile', 'count', ['count']],
    ['adobeCampaignProfile', 'profile', 'create', ['email', 'PKey']],
    ['adobeCampaignProfile', 'profile', 'delete', ['deleted']],
    ['adobeCampaignProfile', 'profile', 'get', ['email', 'PKey']],
    ['adobeCampaignProfile', 'profile', 'getAll', ['email', 'PKey']],
    ['adobeCampaignProfile', 'profile', 'update', ['PKey', 'href']],
    ['adobeCampaignProfile', 'profile', 'upsert', ['outcome', 'email', 'PKey']],
    ['adobeCampaignProfile', 'subscription', 'getAll', ['serviceName', 'email', 'href']],
    ['adobeCampaignProfile', 'subscription', 'subscribe', ['outcome', 'serviceName', 'email']],
    ['adobeCampaignProfile', 'subscription', 'unsubscribe', ['outcome', 'serviceName', 'email']],
  ])('shows what %s %s %s will return before it has run', async (node, resource, operation, fields) => {
    const path = `/schemas/n8n-nodes-adobe-campaign.${node}/1.0.0/${resource}/${operation}.json`;
    const schema = await host.client.rest.get<{ properties: Record<string, unknown> }>(path);
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(fields));
  });

  /** Runs an example workflow as it stands. */
  const runExample = async (id: string, trigger?: string): Promise<Execution> => {
    const example = readExamples().find((candidate) => candidate.id === id);
    if (!example) throw new Error(`The example ${id} is missing`);
    await host.client.createWorkflow(example);
    return await host.client.run(id, { trigger });
  };

  it('runs the introduction as it stands: the phone of Amy Dakota is changed', async () => {
    const execution = await runExample('adobeCampaignGetUpdateGet');

    expect(execution.error).toBeUndefined();
    expect(execution.status).toBe('success');
    expect(outputOf(execution, 'Get profile')).toMatchObject({ firstName: 'Amy', birthDate: '1980-10-24', phone: '' });
    expect(outputOf(execution, 'Get profile again')).toMatchObject({ firstName: 'Amy', phone: '3301020304' });
    expect(simulator.profiles.byEmail(AMY)[0]?.phone).toBe('3301020304');
    expect(simulator.stats.tokensMinted).toBe(1);
  }, 60_000);

  it('runs the preference center as it stands: one service is subscribed to, the other given up', async () => {
    const [amy] = simulator.profiles.byEmail(AMY);
    if (!amy) throw new Error('Amy is missing');
    simulator.subscriptions.subscribe(amy, simulator.services.byName('sms_alerts'));
    const execution = await runExample('adobeCampaignPreferenceCenter', 'Preference center');

    expect(execution.error).toBeUndefined();
    expect(outputOf(execution, 'Subscribe')).toMatchObject({ outcome: 'subscribed', serviceName: 'weekly_offers' });
    expect(outputOf(execution, 'Unsubscribe')).toMatchObject({ outcome: 'unsubscribed', serviceName: 'sms_alerts' });
    expect(simulator.subscriptions.servicesOf(amy).map(({ name }) => name)).toEqual(['weekly_offers']);
    simulator.subscriptions.unsubscribe(amy, simulator.services.byName('weekly_offers'));
  }, 60_000);

  it('runs the nightly import as it stands, and counts what became of the rows', async () => {
    for (const { id } of simulator.profiles.byEmail(AMY)) simulator.profiles.update(id, { phone: '' });
    const execution = await runExample('adobeCampaignCsvImport', 'Every night at 2');

    expect(execution.error).toBeUndefined();
    expect(execution.nodeRuns['Count by outcome']?.[0]?.data?.main?.[0]?.map(({ json }) => json)).toEqual(
      expect.arrayContaining([
        { outcome: 'created', count_outcome: 1 },
        { outcome: 'updated', count_outcome: 2 },
      ]),
    );
    expect(simulator.profiles.byEmail('new.customer@mail.com')).toHaveLength(1);
  }, 60_000);

  it('runs the raw call as it stands: the HTTP Request node follows an address with the credential', async () => {
    const [amy] = simulator.profiles.byEmail(AMY);
    if (!amy) throw new Error('Amy is missing');
    simulator.subscriptions.subscribe(amy, simulator.services.byName('weekly_offers'));
    const execution = await runExample('adobeCampaignRawCall');

    expect(execution.error).toBeUndefined();
    expect(outputOf(execution, 'List its subscriptions')).toMatchObject({ content: [{ subscriber: { email: AMY } }] });
    simulator.subscriptions.unsubscribe(amy, simulator.services.byName('weekly_offers'));
  }, 60_000);

  describe('the Test button of the credential', () => {
    const test = async (data: Record<string, unknown>): Promise<{ status: string; message: string }> => {
      const base = demoCredential(simulator);
      const { id } = await host.client.createCredential({ ...base, id: undefined, data: { ...base.data, ...data } });
      return await host.client.testCredential(id);
    };
    const pasted = () => ({ authentication: 'accessToken', bearerToken: simulator.mintToken(), clientSecret: '' });

    it('is content with a good credential of either kind', async () => {
      expect(await test({})).toMatchObject({ status: 'OK' });
      expect(await test(pasted())).toMatchObject({ status: 'OK' });
    });

    it('renews a token that has expired since it was stored', async () => {
      const { id } = await host.client.createCredential({ ...demoCredential(simulator), id: undefined });
      expect(await host.client.testCredential(id)).toMatchObject({ status: 'OK' });
      simulator.expireTokens();
      expect(await host.client.testCredential(id)).toMatchObject({ status: 'OK' });
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['a wrong secret', { clientSecret: 'wrong' }, /^Copy 'Client Secret' again .*\(invalid_client\)/],
      ['wrong scopes', { scopes: 'openid' }, /^Copy the scopes/],
      ['slashes around the organization', { organization: '/northwind/' }, /^Enter 'northwind', without slashes\./],
      ['a base URL without https', { baseUrl: 'mc.adobe.io' }, /^Enter a full address/],
      ['a host where nothing answers', { baseUrl: 'http://127.0.0.1:9' }, /^Check 'API Base URL' in the credential: nothing answers there/],
    ])('E3: tells %s after a good test, and says first what to do', async (_, change, message) => {
      const base = demoCredential(simulator);
      const { id } = await host.client.createCredential({ ...base, id: undefined });
      expect(await host.client.testCredential(id)).toMatchObject({ status: 'OK' });

      const result = await host.client.testCredential(id, change);
      expect(result.status).toBe('Error');
      expect(result.message).toMatch(message);
    });

    it.each<[string, () => Record<string, unknown>, RegExp]>([
      ['a token that is not valid', () => ({ ...pasted(), bearerToken: 'not-a-token' }), /access token is not valid or has expired/],
      ['an API key that is not valid', () => ({ ...pasted(), apiKey: 'not-a-key' }), /API key is not valid/],
      ['an organization that nobody knows', () => ({ organization: 'atlantis' }), /does not know this organization \(500\)/],
      [
        'an organization without a product profile',
        () => ({ organization: 'southwind' }),
        /product profile.*does not reach this organization/,
      ],
      ['a client secret that is not valid', () => ({ clientSecret: 'not-a-secret' }), /'Client Secret' \(invalid_client\)/],
      ['an organization that would change the address', () => ({ organization: 'north/wind' }), /'Organization' in the credential/],
      ['a base URL that is not https', () => ({ baseUrl: 'http://mc.adobe.io' }), /'API Base URL' in the credential starts with http/],
    ])('tells %s', async (_, data, message) => {
      const result = await test(data());
      expect(result.status).toBe('Error');
      expect(result.message).toMatch(message);
    });

    it('tells an organization that is not set up', async () => {
      simulator.settings.unroutableStatus = 502;
      expect(await test({ organization: 'atlantis' })).toMatchObject({
        status: 'Error',
        message: expect.stringMatching(/cannot reach this organization \(502\)/),
      });
    });

    it('does not take a page of something else for Campaign', async () => {
      const remove = simulator.faults.add({
        method: 'GET',
        action: { type: 'answer', status: 200, body: '<html>Sign in</html>', contentType: 'text/html' },
      });
      const result = await test({});
      remove();
      expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/not Adobe Campaign's/) });
    });
  });

  it('lets the HTTP Request node use the credential: both headers are there', async () => {
    const credential = { id: 'adobeCampaignDemo', name: 'Adobe Campaign (simulator)' };
    const { id } = await host.client.createWorkflow({
      name: 'HTTP Request with the credential',
      nodes: [
        { id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
        {
          id: 'b',
          name: 'Call',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 4.2,
          position: [200, 0],
          parameters: {
            url: `${simulator.url}/northwind/campaign/profileAndServices/profile/byEmail?email=${encodeURIComponent(AMY)}`,
            authentication: 'predefinedCredentialType',
            nodeCredentialType: 'adobeCampaignApi',
            options: {},
          },
          credentials: { adobeCampaignApi: credential },
        },
      ],
      connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
    });
    const execution = await host.client.run(id);

    expect(execution.status).toBe('success');
    expect(outputOf(execution, 'Call')).toMatchObject({ content: [{ firstName: 'Amy' }] });
    const call = simulator.stats.received.find(({ path }) => path.endsWith('/byEmail'));
    expect(call?.headers).toMatchObject({ authorization: expect.stringMatching(/^Bearer \S+$/), 'x-api-key': simulator.apiKey });
  }, 60_000);

  it('keeps connections open for an update of many profiles: as many as there may be requests in flight', async () => {
    await expectFewConnections(host, simulator);
  }, 60_000);

  it('starts an active workflow for a profile that was changed, once', async () => {
    const example = readExamples().find(({ id }) => id === 'adobeCampaignTriggerUpdate');
    if (!example) throw new Error('The example is missing');
    await host.client.createWorkflow(example);
    await host.client.activate(example.id);
    try {
      // The first poll reads the list twice: how far it goes, and what is there.
      const isStarted = async () =>
        simulator.stats.received.filter(({ url }) => url.includes('_order=lastModified')).length >= 2 || undefined;
      expect(await poll(isStarted, { withinMs: 20_000 })).toBe(true);
      const [amy] = simulator.profiles.byEmail(AMY);
      if (amy) simulator.profiles.update(amy.id, { phone: '4401020304' });
      // n8n polls at most once a minute.
      const written = await poll(async () => (simulator.profiles.byEmail(AMY)[0]?.salutation === 'Dear Amy' ? true : undefined), {
        withinMs: 80_000,
      });
      expect(written).toBe(true);
      expect(simulator.stats.writesApplied).toBe(1);
    } finally {
      await host.client.deactivate(example.id);
    }
  }, 120_000);

  it('has written no secret to its log', () => {
    const log = readFileSync(host.logPath, 'utf8');
    const { data } = demoCredential(simulator);
    for (const secret of [data.apiKey, data.clientSecret]) expect(log).not.toContain(String(secret));
    expect(log).not.toMatch(/Bearer \S/);
  });
});

function outputOf(execution: Execution, node: string): Record<string, unknown> | undefined {
  return execution.nodeRuns[node]?.[0]?.data?.main?.[0]?.[0]?.json;
}
