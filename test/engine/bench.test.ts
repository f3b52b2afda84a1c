import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { SettingResult } from '../../bench/contest';
import { quickBench } from '../../bench/quick';
import { QUICK_SETTINGS, type ContestantId } from '../../bench/settings';

describe('the benchmark in little', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-bench-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('lets everybody make the same updates, and sees what the simulator sees', async () => {
    const items = { httpRequest: 0, loop: 12, adobeSdk: 0, automatic: 12, expressions: 12, undici: 12 };
    const settings = QUICK_SETTINGS.filter(({ id }) => ['noLatency', 'cap13'].includes(id)).map((setting) => ({
      ...setting,
      // One less than there are updates: somebody who does not slow down is told so.
      conditions: { ...setting.conditions, requestsPerSecond: setting.id === 'cap13' ? 11 : null },
      items,
      warmUpItems: 1,
    }));
    const heard: string[] = [];
    const [noLatency, capped] = await quickBench(folder, ({ id }, who) => heard.push(`${id} ${who.id}`), settings);

    const all: ContestantId[] = ['loop', 'automatic', 'expressions', 'undici'];
    expect(heard).toEqual([...all.map((id) => `noLatency ${id}`), ...all.map((id) => `cap13 ${id}`)]);
    for (const id of all) {
      const [sample] = samplesOf(noLatency, id);
      expect(sample).toMatchObject({ items: 12, succeeded: 12, failed: 0, seen: { throttled: 0, recordsWritten: 12 } });
      expect(sample?.cpuMilliseconds).toBeGreaterThan(0);
      expect(sample?.peakBytes).toBeGreaterThan(0);
      expect(sample?.seen.cpuMilliseconds).toBeGreaterThan(0);
    }
    // This package repeats what was refused; those who do not, fail for as many items as the server refused.
    expect(samplesOf(capped, 'automatic')[0]).toMatchObject({ failed: 0, seen: { recordsWritten: 12 } });
    const [raw] = samplesOf(capped, 'undici');
    expect(raw?.failed).toBe(raw?.seen.throttled);
  }, 60_000);
});

function samplesOf(result: SettingResult | undefined, contestant: ContestantId) {
  return result?.contestants.find(({ id }) => id === contestant)?.samples ?? [];
}
