import fc from 'fast-check';

import { nextChanges, startNow, type PollRules } from '../../../nodes/AdobeCampaignProfileTrigger/changes/nextChanges';
import { packProgress, unpackProgress, type Progress } from '../../../nodes/AdobeCampaignProfileTrigger/changes/progress';
import type { Feed } from '../../../nodes/AdobeCampaignProfileTrigger/changes/reading';
import type { CampaignPage } from '../../../nodes/shared/campaign/records';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);
const START = Date.UTC(2026, 0, 15, 9);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const OVERLAP = 60_000;

interface Profile {
  readonly id: number;
  readonly version: number;
  readonly created: number;
  readonly lastModified: number;
}

/** A Campaign whose profiles may be ahead of its clock, read as the trigger does. */
class Base implements Feed {
  readonly list = 'list';
  isSorted = true;
  /** ms; moved by hand. */
  now = START;
  /** What the answers say of the time, against `now`; undefined: nothing. */
  dateOffset: number | undefined = 0;
  pageSize = 5;
  pagesRead = 0;
  timeField: 'lastModified' | 'created' = 'lastModified';
  /** What happens between pages. */
  between = (): void => {};
  private readonly profiles = new Map<number, Profile>();
  private versions = 0;

  create(lastModified = this.now): void {
    this.versions += 1;
    this.profiles.set(this.versions, { id: this.versions, version: this.versions, created: lastModified, lastModified });
  }

  change(which: number, lastModified = this.now): void {
    const profile = [...this.profiles.values()][which % Math.max(1, this.profiles.size)];
    if (!profile) return;
    this.versions += 1;
    this.profiles.set(profile.id, { ...profile, version: this.versions, lastModified });
  }

  remove(which: number): void {
    this.profiles.delete([...this.profiles.keys()][which % Math.max(1, this.profiles.size)] ?? 0);
  }

  current(): readonly Profile[] {
    return [...this.profiles.values()];
  }

  async *pages(start: string | undefined, attempt: number): AsyncGenerator<CampaignPage> {
    const size = attempt % 2 === 0 ? this.pageSize : Math.max(1, Math.floor((this.pageSize * 2) / 3));
    for (let offset = Number(start ?? 0); ; offset += size) {
      this.pagesRead += 1;
      this.between();
      const sorted = this.current()
        .map((profile) => profile)
        .sort((left, right) => right[this.timeField] - left[this.timeField]);
      const listed = this.isSorted ? sorted : sorted.reverse();
      const content = listed.slice(offset, offset + size).map(({ id, version, created, lastModified }) => ({
        PKey: `@${Math.random()}`,
        externalId: String(id),
        phone: String(version),
        created: new Date(created).toISOString(),
        lastModified: new Date(lastModified).toISOString(),
      }));
      const servedAt = this.dateOffset === undefined ? undefined : Math.floor((this.now + this.dateOffset) / 1000) * 1000;
      const next = offset + size < listed.length ? String(offset + size) : undefined;
      yield { content, next, ...(servedAt === undefined ? {} : { servedAt }) };
      if (next === undefined) return;
    }
  }
}

/** A trigger that watches a base, and the book of what it handed over. */
class Watcher {
  readonly received: string[] = [];
  private progress: Progress | undefined;

  constructor(
    private readonly base: Base,
    private readonly rules: PollRules,
  ) {}

  async start(): Promise<void> {
    this.progress = await startNow(this.base, this.rules);
  }

  /** @returns how many came */
  async poll(): Promise<number> {
    if (!this.progress) throw new Error('Not started');
    const { progress, versions } = await nextChanges(this.progress, this.base, this.rules);
    this.received.push(...versions.map(({ record }) => this.markOf(String(record.externalId), String(record.phone))));
    this.progress = unpackProgress(JSON.parse(JSON.stringify(packProgress(progress))));
    return versions.length;
  }

  async drain(): Promise<void> {
    for (let polls = 0; (await this.poll()) > 0; polls += 1) if (polls > 200) throw new Error('The trigger does not come to an end');
  }

  /** What tells one change from another: a creation is the same whatever becomes of the profile. */
  markOf(id: string, version: string): string {
    return this.rules.timeField === 'created' ? id : `${id}/${version}`;
  }
}

const rulesOf = (more: Partial<PollRules> = {}): PollRules => ({
  timeField: 'lastModified',
  accepts: () => true,
  limit: 1000,
  overlap: OVERLAP,
  timeSpent: () => 0,
  ...more,
});

describe('A10: profiles ahead of the clock', () => {
  let base: Base;
  beforeEach(() => {
    base = new Base();
    jest.spyOn(Date, 'now').mockImplementation(() => base.now);
    for (let n = 0; n < 8; n += 1) base.create(START - HOUR - n);
  });
  afterEach(() => jest.restoreAllMocks());

  const watch = async (more: Partial<PollRules> = {}) => {
    base.timeField = more.timeField ?? 'lastModified';
    const watcher = new Watcher(base, rulesOf(more));
    await watcher.start();
    return watcher;
  };

  it.each([1, 7, 30])('do not hold up the others, and come once, at once: %i of them', async (count) => {
    const watcher = await watch();
    for (let n = 0; n < count; n += 1) base.create(base.now + YEAR + n);
    expect(await watcher.poll()).toBe(count);
    for (let minute = 0; minute < 5; minute += 1) {
      base.now += OVERLAP;
      base.create();
      expect(await watcher.poll()).toBe(1);
    }
    base.now += 2 * YEAR;
    expect(await watcher.poll()).toBe(0);
    base.create();
    expect(await watcher.poll()).toBe(1);
  });

  it('are old when the trigger begins, even when there is nothing else', async () => {
    for (const profile of base.current()) base.remove(profile.id);
    base = new Base();
    for (let n = 0; n < 12; n += 1) base.create(base.now + YEAR);
    const watcher = await watch();
    expect(await watcher.poll()).toBe(0);
    base.create();
    expect(await watcher.poll()).toBe(1);
  });

  it('come again when they change, into the future or out of it', async () => {
    for (let n = 0; n < 3; n += 1) base.create(base.now + YEAR);
    const watcher = await watch();
    base.change(8, base.now + 2 * YEAR);
    expect(await watcher.poll()).toBe(1);
    base.change(8);
    expect(await watcher.poll()).toBe(1);
    expect(await watcher.poll()).toBe(0);
  });

  it.each<[string, number | undefined]>([
    ['no Date', undefined],
    ['a Date hours behind', -5 * HOUR],
    ['a Date hours ahead', 5 * HOUR],
    ['a Date of another century', -100 * YEAR],
  ])('do not hold up the others behind %s', async (_, offset) => {
    base.dateOffset = offset;
    const watcher = await watch();
    base.create(base.now + HOUR);
    base.create(base.now + YEAR);
    expect(await watcher.poll()).toBe(2);
    for (let minute = 0; minute < 80; minute += 1) {
      base.now += OVERLAP;
      base.create();
      expect(await watcher.poll()).toBe(1);
    }
  });

  it('do not hold up the others where the clock of this machine is hours ahead', async () => {
    const watcher = await watch();
    jest.spyOn(Date, 'now').mockImplementation(() => base.now + 5 * HOUR);
    base.create(base.now + HOUR);
    expect(await watcher.poll()).toBe(1);
    base.now += 2 * OVERLAP;
    base.create();
    expect(await watcher.poll()).toBe(1);
  });

  it('do not keep a poll from ending among busy writers', async () => {
    base.create(base.now + YEAR);
    const watcher = await watch();
    base.now += 2 * OVERLAP;
    for (let n = 0; n < 20; n += 1) base.create();
    base.between = () => {
      if (base.pagesRead > 500) throw new Error('The poll does not come to an end');
      base.now += 1500;
      base.change(base.pagesRead);
    };
    await watcher.poll();
    base.between = () => {};
    await watcher.drain();
    for (const { id, version, lastModified } of base.current())
      if (lastModified >= START) expect(watcher.received.filter((mark) => mark === `${id}/${version}`).length).toBeLessThanOrEqual(1);
  });

  it('are not believed to be it when they are more than can be remembered: the clock is wrong', async () => {
    base.pageSize = 1000;
    for (let n = 0; n < 11_000; n += 1) base.create(base.now + YEAR + n);
    const watcher = await watch();
    expect(await watcher.poll()).toBe(0);
    base.create(base.now + YEAR + 20_000);
    expect(await watcher.poll()).toBe(1);
  });

  it('whatever happens, no change is lost and none comes twice', async () => {
    const event = fc.oneof(
      { weight: 4, arbitrary: fc.constant<[string, number]>(['create', 0]) },
      { weight: 4, arbitrary: fc.tuple(fc.constant('change'), fc.nat(100)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('remove'), fc.nat(100)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('createAhead'), fc.integer({ min: 1, max: 3 * HOUR })) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('changeAhead'), fc.nat(100)) },
      { weight: 4, arbitrary: fc.tuple(fc.constant('wait'), fc.integer({ min: 1, max: HOUR })) },
      { weight: 4, arbitrary: fc.constant<[string, number]>(['poll', 0]) },
    );
    const setting = fc.record({
      timeField: fc.constantFrom('lastModified' as const, 'created' as const),
      isSorted: fc.boolean(),
      limit: fc.constantFrom(3, 1000),
      pageSize: fc.constantFrom(2, 5, 100),
      // One clock may be wrong in any way; the other one is right, or behind.
      clocks: fc.constantFrom(
        { dateOffset: undefined, ownOffset: 0 },
        { dateOffset: undefined, ownOffset: -HOUR },
        { dateOffset: 0, ownOffset: HOUR },
        { dateOffset: 0, ownOffset: -HOUR },
        { dateOffset: -HOUR, ownOffset: HOUR },
        { dateOffset: HOUR, ownOffset: 0 },
        { dateOffset: 999, ownOffset: 0 },
      ),
      isBusy: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(setting, fc.array(event, { maxLength: 40 }), async (set, events) => {
        base = new Base();
        Object.assign(base, { isSorted: true, pageSize: set.pageSize, dateOffset: set.clocks.dateOffset });
        jest.spyOn(Date, 'now').mockImplementation(() => base.now + set.clocks.ownOffset);
        for (let n = 0; n < 6; n += 1) base.create(START - HOUR - n);
        base.create(START + HOUR);
        const watcher = await watch({ timeField: set.timeField, limit: set.limit });
        base.isSorted = set.isSorted;
        base.now += 1;
        const old = new Set(base.current().map(({ id, version }) => watcher.markOf(String(id), String(version))));
        const apply = ([kind, amount]: readonly [string, number]) => {
          // Two changes at one moment can be told from late ones only in the overlap window: time passes.
          base.now += 1;
          if (kind === 'create') base.create();
          if (kind === 'change') base.change(amount);
          if (kind === 'remove') base.remove(amount);
          if (kind === 'createAhead') base.create(base.now + amount);
          if (kind === 'changeAhead') base.change(amount, base.now + (amount + 1) * 60_000);
          if (kind === 'wait') base.now += amount;
        };
        const busy = events.filter(([kind]) => kind !== 'poll' && kind !== 'wait');
        let turn = 0;
        base.between = () => {
          const next = busy[turn % Math.max(1, busy.length)];
          if (set.isBusy && next && base.pagesRead % 3 === 0 && turn < busy.length) apply(next);
          turn += 1;
        };
        for (const each of events) {
          if (each[0] === 'poll') await watcher.poll();
          else apply(each);
        }
        base.between = () => {};
        await watcher.drain();
        const twice = watcher.received.filter((mark, index) => watcher.received.indexOf(mark) !== index);
        const missed = base
          .current()
          .map(({ id, version }) => watcher.markOf(String(id), String(version)))
          .filter((mark) => !old.has(mark) && !watcher.received.includes(mark));
        expect({ twice, missed }).toEqual({ twice: [], missed: [] });
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});
