import { newestTime, nextChanges, startNow, type PollRules } from '../../../nodes/AdobeCampaignProfileTrigger/changes/nextChanges';
import { advance, packProgress, unpackProgress, type Progress } from '../../../nodes/AdobeCampaignProfileTrigger/changes/progress';
import type { Feed } from '../../../nodes/AdobeCampaignProfileTrigger/changes/reading';
import { versionOf } from '../../../nodes/AdobeCampaignProfileTrigger/changes/version';
import type { CampaignPage, CampaignRecord } from '../../../nodes/shared/campaign/records';

const PAGE = 10;
let keys = 0;
const at = (time: number) => new Date(time).toISOString().replace('T', ' ');
const record = (time: number, email = `${time}@mail.com`, more: CampaignRecord = {}): CampaignRecord => ({
  PKey: `@${(keys += 1)}`,
  href: `h${keys}`,
  email,
  created: at(time),
  lastModified: at(time),
  ...more,
});
const emails = (records: readonly { record: CampaignRecord }[]) => records.map(({ record: { email } }) => email);

/** A list in memory, paged by place as Campaign does; `between` runs before every page. */
class List implements Feed {
  readonly list = 'list';
  isSorted = true;
  pagesRead = 0;
  between: (page: number) => void = () => {};

  constructor(
    public records: CampaignRecord[],
    private readonly size = PAGE,
  ) {}

  async *pages(start: string | undefined): AsyncGenerator<CampaignPage> {
    for (let offset = Number(start ?? 0); ; offset += this.size) {
      this.between(this.pagesRead);
      this.pagesRead += 1;
      const all = this.isSorted
        ? [...this.records].sort((a, b) =>
            String(a.lastModified) < String(b.lastModified) ? 1 : a.lastModified === b.lastModified ? 0 : -1,
          )
        : this.records;
      const content = all
        .slice(offset, offset + this.size)
        .map((row) => ({ ...row, PKey: `@${(keys += 1)}`, subscriptions: { href: `x${keys}` } }));
      const end = offset + this.size;
      yield { content, next: end < all.length ? String(end) : undefined };
      if (end >= all.length) return;
    }
  }
}

const rules = (more: Partial<PollRules> = {}): PollRules => ({
  timeField: 'lastModified',
  accepts: () => true,
  limit: 1000,
  overlap: 60,
  timeSpent: () => 0,
  ...more,
});
const from = (time: number): Progress => ({ floor: { time, fingerprint: '' }, seen: [] });
const many = (count: number, first = 1000) => Array.from({ length: count }, (_, n) => record(first + n));

describe('a version', () => {
  it('is the same whatever its keys, links, age and empty fields read like', () => {
    const one = record(1000, 'a@b.com', { age: 40, cryptedId: 'x', country: { PKey: '@1', title: 'France' }, location: { city: 'Paris' } });
    const other = record(1000, 'a@b.com', { age: 41, cryptedId: 'y', cusNew: '', cusScore: 0, location: { city: 'Paris' } });
    expect(versionOf(one, 'lastModified')?.fingerprint).toBe(versionOf(other, 'lastModified')?.fingerprint);
  });

  it.each<[string, CampaignRecord]>([
    ['a field', { phone: '1' }],
    ['a part of an element', { location: { city: 'Paris' } }],
  ])('is another one with %s', (_, more) => {
    expect(versionOf(record(1000, 'a', more), 'lastModified')?.fingerprint).not.toBe(
      versionOf(record(1000, 'a'), 'lastModified')?.fingerprint,
    );
  });

  it('needs a time', () => {
    expect(versionOf({ email: 'a', lastModified: '' }, 'lastModified')).toBeUndefined();
  });
});

describe('a progress', () => {
  it('comes back from storage as it was', () => {
    const progress: Progress = {
      floor: { time: 5, fingerprint: 'a' },
      seen: [
        { time: 6, fingerprint: 'b' },
        { time: 6, fingerprint: 'b' },
        { time: 7, fingerprint: 'c' },
      ],
      resume: { addresses: ['x'], list: 'l' },
    };
    expect(unpackProgress(JSON.parse(JSON.stringify(packProgress(progress))))).toEqual(progress);
  });

  it.each([undefined, {}, { floor: {}, seen: {} }, { floor: { time: 'x', fingerprint: '' }, seen: {} }])('is not made of %j', (stored) => {
    expect(unpackProgress(stored)).toBeUndefined();
  });

  it('forgets what has left the window, and the oldest when there are too many', () => {
    const seen = Array.from({ length: 8 }, (_, n) => ({ time: 100 + n, fingerprint: 'f' }));
    expect(advance(from(0), seen, { handled: 107, overlap: 3 })).toEqual({ floor: { time: 104, fingerprint: '' }, seen: seen.slice(4) });
    expect(advance(from(0), seen, { handled: 107, overlap: 60 }, 2)).toEqual({ floor: seen[5], seen: seen.slice(6) });
    expect(advance(from(500), [], { handled: 107, overlap: 60 }).floor.time).toBe(500);
  });
});

describe('what changed', () => {
  it('comes oldest first and once', async () => {
    const list = new List(many(35));
    const { versions, progress } = await nextChanges(from(1010), list, rules());
    expect(emails(versions)).toEqual(many(25, 1010).map(({ email }) => email));
    expect((await nextChanges(progress, list, rules())).versions).toEqual([]);
  });

  it('takes one page where that is enough, and reads several again', async () => {
    const list = new List(many(35));
    await nextChanges(from(1030), list, rules());
    expect(list.pagesRead).toBe(1);
    list.pagesRead = 0;
    await nextChanges(from(1000), list, rules());
    expect(list.pagesRead).toBe(8);
  });

  it('includes what slips to a page that was read when another record vanishes', async () => {
    const list = new List(many(30));
    list.between = (page) => {
      if (page === 1) list.records = list.records.filter(({ email }) => email !== '1025@mail.com');
    };
    const { versions } = await nextChanges(from(1000), list, rules());
    expect(emails(versions)).toContain('1019@mail.com');
    expect(new Set(emails(versions)).size).toBe(versions.length);
    expect(versions).toHaveLength(30);
  });

  it('includes what changes while pages are read, with the next poll at the latest', async () => {
    const list = new List(many(30));
    list.between = (page) => {
      if (page === 1) list.records = [...list.records.filter(({ email }) => email !== '1005@mail.com'), record(2000, '1005@mail.com')];
    };
    const first = await nextChanges(from(1000), list, rules());
    const second = await nextChanges(first.progress, list, rules());
    expect(emails([...first.versions, ...second.versions])).toContain('1005@mail.com');
    expect(new Set(emails([...first.versions, ...second.versions])).size).toBe(30);
    expect(second.versions).toHaveLength(1);
  });

  it('is not refused for records that move while pages are read', async () => {
    const list = new List(many(30));
    list.between = (page) => {
      if (page === 2) list.records.push(record(3000));
    };
    expect((await nextChanges(from(1000), list, rules())).versions).toHaveLength(30);
  });

  it.each([
    // More in each half than are remembered.
    ['lastModified', 20_002],
    ['created', 20_002],
  ] as const)(
    'is many profiles of one time, in parts, with less than all of them remembered: by %s, %i',
    async (timeField, count) => {
      const list = new List(
        Array.from({ length: count }, (_, n) => record(1000, `${n}@mail.com`)),
        4_000,
      );
      const received = new Set<unknown>();
      let progress = from(1000);
      let polls = 0;
      for (let found = -1; found !== 0 && polls < 10; polls += 1) {
        const result = await nextChanges(progress, list, rules({ limit: count / 2, timeField }));
        progress = unpackProgress(JSON.parse(JSON.stringify(packProgress(result.progress)))) ?? progress;
        found = result.versions.length;
        for (const email of emails(result.versions)) received.add(email);
        expect(progress.seen.length).toBeLessThanOrEqual(10_000);
      }
      expect([received.size, polls]).toEqual([count, 3]);
    },
    60_000,
  );

  it('is read from where it is needed when there is more than the limit', async () => {
    const list = new List(many(1000));
    const received: unknown[] = [];
    let progress = from(1000);
    const pages: number[] = [];
    for (let polls = 0; polls < 100 && received.length < 1000; polls += 1) {
      list.pagesRead = 0;
      const result = await nextChanges(progress, list, rules({ limit: 50, overlap: 5 }));
      progress = result.progress;
      received.push(...emails(result.versions));
      pages.push(list.pagesRead);
    }
    expect(received).toEqual(many(1000).map(({ email }) => email));
    expect(pages[0]).toBe(200);
    expect(Math.max(...pages.slice(1))).toBeLessThan(40);
  });

  it('comes all the same when the place to go on at is gone', async () => {
    const list = new List(many(30));
    const { versions } = await nextChanges({ ...from(1000), resume: { addresses: ['500'], list: 'list' } }, list, rules());
    expect(versions).toHaveLength(30);
  });

  it('does not begin in the middle of another list', async () => {
    const list = new List(many(30));
    const elsewhere: Progress = { ...from(900), resume: { addresses: ['20'], list: 'another list' } };
    expect((await nextChanges(elsewhere, list, rules())).versions).toHaveLength(30);
  });

  it('is, from the middle of the list, what is older than its first: the page before may have more of that time', async () => {
    const list = new List([...many(20), record(1009, 'twin')]);
    const middle: Progress = { ...from(900), resume: { addresses: ['10'], list: 'list' } };
    const first = await nextChanges(middle, list, rules());
    const newest = Math.max(...first.versions.map(({ time }) => time));
    const second = await nextChanges(first.progress, list, rules());
    expect(first.versions.length).toBeGreaterThan(0);
    expect(second.versions.every(({ time }) => time > newest)).toBe(true);
    expect(first.versions.length + second.versions.length).toBe(21);
  });

  it('waits for the next poll when time is up, and gets there however little there is', async () => {
    const list = new List(many(95));
    let progress = from(1000);
    const received: unknown[] = [];
    for (let polls = 0; polls < 200 && received.length < 95; polls += 1) {
      let asked = 0;
      const result = await nextChanges(progress, list, rules({ overlap: 5, timeSpent: () => (asked += 1) / 8 }));
      progress = result.progress;
      received.push(...emails(result.versions));
    }
    expect([...received].sort()).toEqual(
      many(95)
        .map(({ email }) => email)
        .sort(),
    );
  });

  it('is found in a list of any order, too', async () => {
    const list = new List([...many(25, 1000).reverse(), ...many(25, 500)]);
    list.isSorted = false;
    const { versions, progress } = await nextChanges(from(510), list, rules());
    expect(emails(versions)).toEqual([...many(15, 510), ...many(25)].map(({ email }) => email));
    expect((await nextChanges(progress, list, rules())).versions).toEqual([]);
    await expect(nextChanges(from(0), list, rules({ timeSpent: () => 1 }))).rejects.toThrow('takes longer than one poll');
  });

  it('includes both of two that nothing tells apart, once', async () => {
    const list = new List([record(1000, 'twin'), record(1000, 'twin')]);
    const { versions, progress } = await nextChanges(from(900), list, rules({ limit: 1 }));
    expect(versions).toHaveLength(2);
    list.records.push(record(1000, 'twin'));
    expect((await nextChanges(progress, list, rules())).versions).toHaveLength(1);
  });
});

describe('the beginning', () => {
  it('is after all that is there, late ones excepted', async () => {
    const list = new List(many(100));
    const progress = await startNow(list, rules());
    expect((await nextChanges(progress, list, rules())).versions).toEqual([]);
    list.records.push(record(1090, 'late'));
    expect(emails((await nextChanges(progress, list, rules())).versions)).toEqual(['late']);
  });

  it('is anything where there is nothing', async () => {
    const list = new List([]);
    expect(await newestTime(list, rules())).toBeUndefined();
    const progress = await startNow(list, rules());
    list.records.push(record(1000));
    expect((await nextChanges(progress, list, rules())).versions).toHaveLength(1);
  });

  it('does not take a whole base for new whose profiles share one time', async () => {
    const list = new List(
      Array.from({ length: 10_500 }, (_, n) => record(1000, `${n}`)),
      500,
    );
    const progress = await startNow(list, rules());
    expect(progress.seen).toEqual([]);
    expect((await nextChanges(progress, list, rules())).versions).toEqual([]);
  });

  it('is refused where the list is in no order', async () => {
    const list = new List([]);
    list.pages = async function* () {
      yield { content: [record(1), record(3), record(2)] };
    };
    await expect(startNow(list, rules())).rejects.toThrow("Campaign does not sort profiles by 'lastModified'");
  });
});
