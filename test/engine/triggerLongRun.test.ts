import type { INode } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, type Campaign } from '../support/campaign';
import { ChangeLog } from '../support/changeLog';
import type { PollOptions } from '../support/engine';
import { sample } from '../support/sample';
import { triggerStep } from '../support/workflows';

const POLLS = Number(process.env.TRIGGER_POLLS ?? sample(40, 4));
const PROFILES = 2000;
/** Always the same, so that a run that failed can be repeated; another one tries what no run has tried. */
const SEED = Number(process.env.TRIGGER_SEED ?? 20_261_125);
const OPTIONS = { pageSize: 20, limitPerPoll: 60, overlap: 60 };

describe.each<Dialect>(['v8', 'acs'])(`many polls among busy writers, against Campaign %s, TRIGGER_SEED=${SEED}`, (dialect) => {
  let campaign: Campaign;
  let log: ChangeLog;
  const state: PollOptions = {};
  let failures = 0;

  beforeEach(async () => {
    campaign = await startCampaign({ dialect, profiles: PROFILES, settings: { freshKeys: true, requestLogLimit: 0 } });
    log = new ChangeLog(campaign.simulator, SEED);
    state.state = {};
    failures = 0;
  });
  afterEach(async () => await campaign.close());

  /** Whoever reads a page has writers before and behind them, and sometimes no luck. */
  const disturb = () => {
    campaign.simulator.faults.add({
      url: '/profile?',
      when: () => {
        for (let n = log.random() * 3; n > 1; n -= 1) log.write();
        return false;
      },
      action: { type: 'expireTokens' },
    });
    campaign.simulator.faults.add({
      url: '/profile?',
      when: () => log.random() < 0.02,
      action: { type: 'answer', status: 500, body: 'An error has occurred' },
    });
    campaign.simulator.faults.add({ url: '/profile?', when: () => log.random() < 0.01, action: { type: 'expireTokens' } });
    campaign.simulator.faults.add({
      url: '/profile?',
      when: () => log.random() < 0.01,
      action: { type: 'answer', status: 200, body: '{"content":[{' },
    });
  };
  /** @returns how many profiles came, or undefined when the poll failed */
  const poll = async (node: INode): Promise<number | undefined> => {
    const before = structuredClone(state.state);
    try {
      const items = (await campaign.engine.poll(node, state)) ?? [];
      log.receive(items.map(({ json }) => json));
      const times = items.map(({ json }) => String(node.parameters.event === 'created' ? json.created : json.lastModified));
      expect(times).toEqual([...times].sort());
      expect(items.length).toBeLessThanOrEqual(OPTIONS.limitPerPoll);
      return items.length;
    } catch (error) {
      if (error instanceof Error && error.message.includes('expect(')) throw error;
      failures += 1;
      expect(state.state).toEqual(before);
      return undefined;
    }
  };
  const drain = async (node: INode) => {
    campaign.simulator.faults.clear();
    while ((await poll(node)) !== 0) continue;
  };
  const live = async (node: INode, check: () => void) => {
    campaign.simulator.clock.advance(2 * OPTIONS.overlap * 1000);
    log.write();
    campaign.simulator.clock.advance(1);
    log.forget();
    await poll(node);
    for (let n = 1; n <= POLLS; n += 1) {
      disturb();
      if (n % 10 === 5)
        campaign.simulator.faults.add({ url: '/profile?', nth: 1, action: { type: 'answer', status: 500, body: 'An error has occurred' } });
      for (let writes = log.random() * 20; writes > 1; writes -= 1) log.write();
      if (log.random() < 0.05) log.importMany(150);
      await poll(node);
      campaign.simulator.faults.clear();
      if (n % 10 === 0) {
        await drain(node);
        check();
      }
    }
  };

  it('miss no change and hand over none twice', async () => {
    await live(triggerStep({ event: 'createdOrUpdated', output: 'raw', options: OPTIONS }), () => {
      expect({ missed: log.missed(), duplicates: log.duplicates() }).toEqual({ missed: [], duplicates: [] });
    });
    expect(log.changes).toBeGreaterThan(POLLS * 5);
    expect(failures).toBeGreaterThan(0);
    expect(JSON.stringify(state.state).length).toBeLessThan(100_000);
  }, 60_000);

  it('hand over every creation once, whatever happens to the profile afterwards', async () => {
    await live(triggerStep({ event: 'created', output: 'raw', options: OPTIONS }), () => {
      const received = log.receivedIds();
      expect(received.length).toBe(new Set(received).size);
      expect([...log.created].filter((id) => campaign.simulator.profiles.get(id) && !received.includes(id))).toEqual([]);
      expect(received.filter((id) => !Number.isNaN(id) && !log.created.has(id))).toEqual([]);
    });
  }, 60_000);
});
