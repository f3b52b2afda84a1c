import { overRows } from '../compat/workflows';
import { demoCredential, readExamples } from '../host/demo';
import { poll } from '../host/support/poll';
import { startSimulator, type Simulator } from '../simulator';
import { automaticUpdateParameters } from '../support/workflows';
import { startQueueHost, type QueueHost } from './queueHost';

const EXECUTIONS = 4;
const UPDATES = 1_500;
const CAP = 100;
const CREATIONS = 5_000;
const AMY = 'amy.dakota@mail.com';
const ENDS = ['success', 'error', 'crashed', 'canceled'];

const upsertByEmail = {
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
};

describe('n8n in queue mode with two workers', () => {
  let simulator: Simulator;
  let queue: QueueHost;
  /** Ends what was started, the last first. */
  const stops: Array<() => Promise<void>> = [];

  beforeAll(async () => {
    simulator = await startSimulator({ profiles: EXECUTIONS * UPDATES });
    stops.push(() => simulator.close());
    queue = await startQueueHost({ workers: 2, credentials: [demoCredential(simulator)] });
    stops.push(queue.stop);
  }, 600_000);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  }, 120_000);
  beforeEach(() => {
    simulator.settings.requestsPerSecond = null;
    simulator.settings.retryAfterSeconds = null;
    simulator.settings.latencyMs = 0;
    simulator.resetStats();
  });

  const { start, end, statusOf } = {
    start: async (workflow: ReturnType<typeof overRows>) => {
      const { id } = await queue.main.client.createWorkflow(workflow);
      return { id, execution: await queue.main.client.start(id) };
    },
    statusOf: async (execution: string) => (await queue.main.client.rest.get<{ status: string }>(`/rest/executions/${execution}`)).status,
    end: async (execution: string, withinMs: number) =>
      await poll(async () => [await statusOf(execution)].find((status) => ENDS.includes(status)), { withinMs, everyMs: 500 }),
  };

  /** Rows for one of several executions, each with profiles of its own. */
  const rowsOf = (part: number, phone: string) =>
    simulator.profiles
      .all()
      .slice(part * UPDATES, (part + 1) * UPDATES)
      .map((profile) => ({ PKey: simulator.profiles.keyOf(profile), phone: `${phone}${profile.id}` }));

  it.each([
    ['without Retry-After', null],
    ['with Retry-After', 1],
  ])(
    'shares a cap among workers: nothing fails, nothing is written twice, %s',
    async (title, retryAfter) => {
      simulator.settings.requestsPerSecond = CAP;
      simulator.settings.retryAfterSeconds = retryAfter;
      const startedAt = Date.now();
      const started = await Promise.all(
        Array.from(
          { length: EXECUTIONS },
          async (_, part) => await start(overRows(rowsOf(part, `${retryAfter ?? 0}`), automaticUpdateParameters('PKey'))),
        ),
      );
      // Somebody works in the editor meanwhile.
      const found = await queue.main.client.rest.post<{ results: unknown[] }>('/rest/dynamic-node-parameters/resource-locator-results', {
        path: 'parameters.profile',
        methodName: 'searchProfiles',
        filter: AMY,
        nodeTypeAndVersion: { name: 'n8n-nodes-adobe-campaign.adobeCampaignProfile', version: 1 },
        currentNodeParameters: { resource: 'profile', operation: 'update', api: 'profileAndServices' },
        credentials: { adobeCampaignApi: { id: 'adobeCampaignDemo', name: 'Adobe Campaign (simulator)' } },
      });
      expect(found.results).toHaveLength(1);
      const ends = await Promise.all(started.map(async ({ execution }) => await end(execution, 400_000)));
      const seconds = (Date.now() - startedAt) / 1_000;
      const ideal = (EXECUTIONS * UPDATES) / CAP;
      console.log(
        `${title}: ${seconds.toFixed(1)} s, ${(seconds / ideal).toFixed(2)} of N/R, ${simulator.stats.tokensMinted} tokens minted`,
      );

      expect(ends).toEqual(started.map(() => 'success'));
      expect(simulator.stats.writesApplied).toBe(EXECUTIONS * UPDATES);
      // Main mints one for the editor, and each worker at most one.
      expect(simulator.stats.tokensMinted).toBeLessThanOrEqual(3);
    },
    500_000,
  );

  it('goes on after Redis was away', async () => {
    simulator.settings.requestsPerSecond = CAP;
    const { execution } = await start(overRows(rowsOf(0, '7'), automaticUpdateParameters('PKey')));
    const written = async (count: number) =>
      await poll(async () => (simulator.stats.writesApplied >= count ? true : undefined), { withinMs: 120_000 });
    expect(await written(100)).toBe(true);
    await queue.redis.kill();
    // At this pace these take five seconds.
    expect(await written(600)).toBe(true);
    await queue.redis.restart();
    expect(await end(execution, 200_000)).toBe('success');
    expect(simulator.stats.writesApplied).toBe(UPDATES);
  }, 400_000);

  it('starts an active workflow once for a changed profile: the trigger polls in main only', async () => {
    const example = readExamples().find(({ id }) => id === 'adobeCampaignTriggerUpdate');
    if (!example) throw new Error('The example is missing');
    await queue.main.client.createWorkflow(example);
    await queue.main.client.activate(example.id);
    try {
      const polls = () => simulator.stats.received.filter(({ url }) => url.includes('_order=lastModified')).length;
      const polled = async (times: number) => await poll(async () => (polls() >= times ? true : undefined), { withinMs: 150_000 });
      expect(await polled(2)).toBe(true);
      const [amy] = simulator.profiles.byEmail(AMY);
      if (amy) simulator.profiles.update(amy.id, { phone: '4401020304', salutation: '' });
      const written = async () => (simulator.profiles.byEmail(AMY)[0]?.salutation === 'Dear Amy' ? true : undefined);
      expect(await poll(written, { withinMs: 150_000 })).toBe(true);
      // Were it active elsewhere too, somebody else would have found the change by the next poll.
      expect(await polled(polls() + 1)).toBe(true);
      expect(simulator.stats.writesApplied).toBe(1);
    } finally {
      await queue.main.client.deactivate(example.id);
    }
  }, 500_000);

  it('loses and doubles nobody when a worker is killed in Create or Update and the run is repeated', async () => {
    const rows = Array.from({ length: CREATIONS }, (_, index) => ({ email: `crash.${index}@mail.com`, phone: `${index}` }));
    const created = () => simulator.profiles.all().filter(({ email }) => String(email).startsWith('crash.'));
    // So slowly that it is not done before it is seen.
    simulator.settings.requestsPerSecond = 5 * CAP;
    const { id, execution } = await start(overRows(rows, upsertByEmail));
    expect(await poll(async () => (created().length > 500 ? true : undefined), { withinMs: 120_000 })).toBe(true);
    // Which worker has it is not known.
    await Promise.all(queue.workers.map(async (worker) => await worker.kill()));
    const before = created().length;
    expect(before).toBeLessThan(CREATIONS);
    simulator.settings.requestsPerSecond = null;
    await queue.addWorker();
    // n8n gives the execution up, or another worker begins it again; either way it comes to an end, and the next finds it ended.
    const ended = await end(execution, 300_000);
    expect(ENDS).toContain(ended);
    const again = await queue.main.client.start(id);
    expect(await end(again, 300_000)).toBe('success');

    const emails = created().map(({ email }) => String(email));
    console.log(
      `killed after ${before}, which n8n calls ${ended}; then ${emails.length - new Set(emails).size} doubles, ${CREATIONS - new Set(emails).size} losses`,
    );
    expect(new Set(emails).size).toBe(CREATIONS);
    expect(emails).toHaveLength(CREATIONS);
  }, 800_000);
});
