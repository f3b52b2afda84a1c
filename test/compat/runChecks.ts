import { readExamples, type ExampleWorkflow } from '../host/demo';
import { manyUpdates } from '../host/manyUpdates';
import { poll } from '../host/support/poll';
import { expectThat, type Check } from './check';
import { AMY, LATENCY_MS, MOST_IN_FLIGHT, outputs, overRows, runOnce, updateByEmail, UPDATES } from './workflows';

function example(id: string): ExampleWorkflow {
  const found = readExamples().find((candidate) => candidate.id === id);
  if (!found) throw new Error(`The example ${id} is missing`);
  return found;
}

/** What runs in workflows that somebody starts. */
export const runChecks: Check[] = [
  {
    name: 'Get, update, get',
    async run({ host, simulator }) {
      const introduction = example('adobeCampaignGetUpdateGet');
      const { id } = await host.client.createWorkflow(introduction);
      const execution = await host.client.run(id);
      expectThat(execution.status === 'success', 'It ended badly', execution.error?.message ?? execution.status);
      expectThat(simulator.profiles.byEmail(AMY)[0]?.phone === '3301020304', 'The phone is not in Campaign');
      return 'yes';
    },
  },
  {
    name: 'Token minted, and renewed when it has expired',
    async run(session) {
      const { simulator } = session;
      const before = simulator.stats.tokensMinted;
      simulator.expireTokens();
      const execution = await runOnce(session, overRows([{ email: AMY, phone: '1' }], updateByEmail()));
      expectThat(execution.status === 'success', 'It ended badly', execution.error?.message ?? execution.status);
      expectThat(
        simulator.stats.tokensMinted === before + 1,
        'More or less than one token was minted',
        simulator.stats.tokensMinted - before,
      );
      return 'yes';
    },
  },
  {
    name: `Connections for ${UPDATES} updates, ${MOST_IN_FLIGHT} at a time`,
    async run(session) {
      const { simulator } = session;
      simulator.settings.latencyMs = LATENCY_MS;
      simulator.resetStats();
      const execution = await runOnce(session, manyUpdates(simulator, UPDATES, MOST_IN_FLIGHT));
      simulator.settings.latencyMs = 0;
      expectThat(execution.status === 'success', 'It ended badly', execution.error?.message ?? execution.status);
      const { connectionsOpened, writesApplied, tokensMinted } = simulator.stats;
      expectThat(writesApplied === UPDATES, 'Not every profile was written once', writesApplied);
      // The first request goes through n8n, which opens a connection for it, as it does for a token.
      expectThat(connectionsOpened <= MOST_IN_FLIGHT + 1 + tokensMinted, 'Connections are not kept', connectionsOpened);
      return String(connectionsOpened);
    },
  },
  {
    name: 'A failed item goes to the error output, with its input and the reason',
    async run(session) {
      const rows = [
        { email: AMY, phone: '2' },
        { email: 'nobody@mail.com', phone: '3' },
      ];
      const execution = await runOnce(session, overRows(rows, updateByEmail(), { onError: 'continueErrorOutput' }));
      const [good = [], bad = []] = outputs(execution);
      expectThat(good.length === 1 && bad.length === 1, 'Items are on the wrong branch', { good, bad });
      expectThat(bad[0]?.email === 'nobody@mail.com', 'The input is lost', bad);
      const { message } = bad[0];
      const reason = typeof message === 'object' && message !== null && 'reason' in message ? message.reason : undefined;
      expectThat(reason === 'notFound' && typeof bad[0].error === 'string', 'The reason is not told', bad);
      return 'yes';
    },
  },
  {
    name: 'Hints in the output panel',
    async run(session) {
      const rows = [{ email: 'nobody@mail.com', phone: '3' }];
      const execution = await runOnce(session, overRows(rows, updateByEmail(), { onError: 'continueRegularOutput' }));
      const hints = execution.nodeRuns.Step?.[0]?.hints ?? [];
      expectThat(
        hints.some(({ message }) => message.includes('not found')),
        'There is no hint',
        hints,
      );
      return 'yes';
    },
  },
  {
    name: 'Stop ends a run that is under way',
    async run(session) {
      const { host, simulator } = session;
      simulator.settings.latencyMs = 200;
      simulator.resetStats();
      try {
        const { id } = await host.client.createWorkflow(manyUpdates(simulator, 400, 2));
        const execution = await host.client.start(id);
        await poll(async () => (simulator.stats.writesApplied > 5 ? true : undefined), { withinMs: 20_000 });
        await host.client.stop(execution);
        const end = await poll(
          async () => {
            const { status } = await host.client.execution(execution);
            return ['canceled', 'error', 'success'].includes(status) ? status : undefined;
          },
          { withinMs: 20_000 },
        );
        expectThat(end === 'canceled', 'It was not stopped', end);
        // What was under way has come to its end once the same number is seen twice, some answers apart.
        let seen = -1;
        const written = await poll(
          async () => {
            const isStill = simulator.stats.writesApplied === seen;
            seen = simulator.stats.writesApplied;
            return isStill ? seen : undefined;
          },
          { withinMs: 20_000, everyMs: 1_000 },
        );
        expectThat(written !== undefined && written < 400, 'It went on', written);
        return 'yes';
      } finally {
        simulator.settings.latencyMs = 0;
      }
    },
  },
  {
    name: 'Trigger starts a workflow for a changed profile, once',
    async run({ host, simulator }) {
      const workflow = example('adobeCampaignTriggerUpdate');
      // Old versions choose the id themselves.
      const { id } = await host.client.createWorkflow(workflow);
      simulator.resetStats();
      await host.client.activate(id);
      try {
        // The first poll reads the list twice: how far it goes, and what is there.
        const isStarted = () => simulator.stats.received.filter(({ url }) => url.includes('_order=lastModified')).length >= 2;
        expectThat((await poll(async () => isStarted() || undefined, { withinMs: 70_000 })) === true, 'It does not poll');
        const [amy] = simulator.profiles.byEmail(AMY);
        if (amy) simulator.profiles.update(amy.id, { phone: '4401020304', salutation: '' });
        const isWritten = () => simulator.profiles.byEmail(AMY)[0]?.salutation === 'Dear Amy';
        // n8n polls at most once a minute.
        expectThat((await poll(async () => isWritten() || undefined, { withinMs: 90_000 })) === true, 'The change started nothing');
        expectThat(simulator.stats.writesApplied === 1, 'It was written more than once', simulator.stats.writesApplied);
        return 'yes';
      } finally {
        await host.client.deactivate(id);
      }
    },
  },
];
