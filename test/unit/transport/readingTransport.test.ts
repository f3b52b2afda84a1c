import type { CampaignClient } from '../../../nodes/shared/campaign/client';
import { runOperation } from '../../../nodes/shared/execution/runner';
import type { Operation } from '../../../nodes/shared/execution/operation';
import { ReadingTransport } from '../../../nodes/shared/transport/readingTransport';
import { TransportError, type CampaignRequest } from '../../../nodes/shared/transport/transport';
import { clientOver, FakeTransport, json, profile, PROFILES } from '../support/campaign';
import { fakeContext, helperAnswer } from '../support/context';
import { refusalOf } from '../support/errors';

const URL = `${PROFILES}/@a`;

describe('a way out for reading', () => {
  it.each<CampaignRequest['method']>(['POST', 'PATCH', 'DELETE'])('lets no %s pass', async (method) => {
    const inner = new FakeTransport();
    await expect(new ReadingTransport(inner).send({ method, url: URL })).rejects.toEqual(new TransportError('notForReading', method));
    expect(inner.log).toEqual([]);
  });

  it('lets a GET pass as it is', async () => {
    const inner = new FakeTransport(json(profile('@a')));
    expect(await new ReadingTransport(inner).send({ method: 'GET', url: URL })).toEqual(json(profile('@a')));
    expect(inner.log).toEqual([`GET ${URL}`]);
  });

  it.each<[string, (client: CampaignClient) => Promise<unknown>]>([
    ['creates', async (client) => await client.create(PROFILES, {}, 'profile')],
    ['updates', async (client) => await client.update(URL, {}, 'profile')],
    ['removes', async (client) => await client.remove(URL, 'profile')],
    ['commands', async (client) => await client.command(URL, {}, 'profile')],
  ])('is a clear end for a client that %s', async (_, write) => {
    const inner = new FakeTransport();
    const { reason, message } = await refusalOf(write(clientOver(new ReadingTransport(inner))));
    expect(reason).toBe('unexpected');
    expect(message).toMatch(/request was stopped, because this run may only read; nothing was written/);
    expect(inner.log).toEqual([]);
  });
});

describe('an operation', () => {
  const sent: unknown[] = [];
  const run = async (more: Partial<Operation>, parameters: object = {}) => {
    const careless: Operation = {
      value: 'write',
      name: 'Write',
      action: 'Write thing',
      description: 'Write without a look at anything',
      properties: [],
      run: async (client) => [
        await client.update(`${client.instance.baseUrl}/northwind/campaign/profileAndServices/profile/@a`, {}, 'profile'),
      ],
      ...more,
    };
    const resource = { value: 'thing', name: 'Thing', operations: [careless], initialOperation: 'write' };
    const { context } = fakeContext({
      parameters: { resource: 'thing', operation: 'write', ...parameters },
      request: async (_type, options) => {
        sent.push(options);
        return helperAnswer(profile('@a'));
      },
    });
    return await runOperation(context, [resource]);
  };
  beforeEach(() => void (sent.length = 0));

  it.each<[string, Partial<Operation>, object]>([
    ['that does not say that it writes', {}, {}],
    ['that forgets about previews', { writes: true }, { preview: true }],
  ])('%s sends nothing but GET', async (_, more, parameters) => {
    await expect(run(more, parameters)).rejects.toThrow('may only read');
    expect(sent).toEqual([]);
  });

  it('that says so writes', async () => {
    await run({ writes: true }, { preview: false });
    expect(sent).toMatchObject([{ method: 'PATCH' }]);
  });
});
