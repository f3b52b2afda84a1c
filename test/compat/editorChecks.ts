import { expectThat, type Check } from './check';
import type { Session } from './session';
import { AMY } from './workflows';

const PACKAGE = 'n8n-nodes-adobe-campaign';

/** What the editor asks of a step of the profile node, as its own code does. */
async function ask<Answer>({ host }: Session, what: string, more: Record<string, unknown>): Promise<Answer> {
  return await host.client.rest.post<Answer>(`/rest/dynamic-node-parameters/${what}`, {
    path: 'parameters.profile',
    nodeTypeAndVersion: { name: `${PACKAGE}.adobeCampaignProfile`, version: 1 },
    currentNodeParameters: { resource: 'profile', operation: 'update', api: 'profileAndServices' },
    credentials: { adobeCampaignApi: { id: 'adobeCampaignDemo', name: 'Adobe Campaign (simulator)' } },
    ...more,
  });
}

async function nodeNames({ host }: Session): Promise<string[]> {
  return (await host.client.nodeTypes()).map(({ name }) => name).filter((name) => name.startsWith(PACKAGE));
}

/** What n8n shows before anything runs. */
export const editorChecks: Check[] = [
  {
    name: 'Nodes and credential load',
    async run(session) {
      const names = await nodeNames(session);
      for (const node of ['adobeCampaign', 'adobeCampaignProfile', 'adobeCampaignProfileTrigger']) {
        expectThat(names.includes(`${PACKAGE}.${node}`), `${node} is missing`, names);
      }
      const credentials = await session.host.client.credentialTypes();
      expectThat(
        credentials.some(({ name }) => name === 'adobeCampaignApi'),
        'The credential is missing',
      );
      return 'yes';
    },
  },
  {
    name: 'As tools of an AI agent',
    async run(session) {
      const names = await nodeNames(session);
      for (const tool of ['adobeCampaignTool', 'adobeCampaignProfileTool']) {
        expectThat(names.includes(`${PACKAGE}.${tool}`), `${tool} is missing`, names);
      }
      return 'yes';
    },
  },
  {
    name: "Form of fields from Campaign's metadata",
    async run(session) {
      const { fields } = await ask<{ fields: Array<{ id: string; type?: string }> }>(session, 'resource-mapper-fields', {
        path: 'parameters.fields',
        methodName: 'getFields',
      });
      const phone = fields.find(({ id }) => id === 'phone');
      const birthDate = fields.find(({ id }) => id === 'birthDate');
      expectThat(phone !== undefined && birthDate?.type === 'dateTime', 'The fields are not those of a profile', fields.slice(0, 5));
      return 'yes';
    },
  },
  {
    name: 'Profile chosen from a list',
    async run(session) {
      const { results } = await ask<{ results: Array<{ name: string }> }>(session, 'resource-locator-results', {
        methodName: 'searchProfiles',
        filter: AMY,
      });
      expectThat(results.length === 1 && results[0]?.name.includes('Amy') === true, 'Amy is not found', results);
      return 'yes';
    },
  },
  {
    name: 'Options from Campaign',
    async run(session) {
      const options = await ask<Array<{ value: string }>>(session, 'options', {
        path: 'parameters.sort.field',
        methodName: 'getSortableFields',
      });
      expectThat(
        options.some(({ value }) => value === 'lastModified'),
        'The fields to sort by are missing',
        options,
      );
      return 'yes';
    },
  },
  {
    name: 'Test of the credential',
    async run({ host, simulator }) {
      expectThat((await host.client.testCredential('adobeCampaignDemo')).status === 'OK', 'A good credential is refused');
      const good = await host.client.rest.get<{ name: string; type: string; data: Record<string, unknown> }>(
        '/rest/credentials/adobeCampaignDemo?includeData=true',
      );
      const { id } = await host.client.createCredential({
        name: 'Wrong',
        type: good.type,
        data: { ...good.data, clientSecret: simulator.clientSecret, apiKey: 'not-a-key' },
      });
      const wrong = await host.client.testCredential(id);
      expectThat(wrong.status === 'Error' && /API Key|API key/.test(wrong.message), 'A wrong API key is not told', wrong);
      return 'yes';
    },
  },
];
