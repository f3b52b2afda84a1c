import { at, textAt } from './testing/client';
import { CAST_SIZE, DIALECTS, useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';
const GENERIC = 'An error has occurred - please contact your administrator.';

describe('lists', () => {
  const started = useSimulator({ profiles: 60 });

  const content = (json: unknown): unknown[] => {
    const rows = at(json, 'content');
    return Array.isArray(rows) ? rows : [];
  };
  const emails = (json: unknown): unknown[] => content(json).map((row) => at(row, 'email'));
  /** Follows next verbatim and returns the pages. */
  const pages = async (start: string): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (let target: unknown = start; typeof target === 'string'; target = at(all.at(-1), 'next', 'href'))
      all.push((await started.client.get(target)).json);
    return all;
  };

  it('have pages of 25 with next, count and serverSidePagination', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.get(PROFILES);
    const base = `${simulator.url}/northwind/campaign/profileAndServices/profile`.replaceAll('.', '\\.');
    expect(status).toBe(200);
    expect(json).toEqual({
      content: expect.any(Array),
      count: { href: expect.stringMatching(new RegExp(`^${base}//_count\\?_lineStart=@[\\w-]{48}$`)) },
      next: { href: expect.stringMatching(new RegExp(`^${base}/\\?_lineStart=@[\\w-]{48}$`)) },
      serverSidePagination: true,
    });
    expect(content(json)).toHaveLength(25);
    const cursor = (href: string): string => href.slice(href.indexOf('_lineStart='));
    expect(cursor(textAt(json, 'count', 'href'))).toBe(cursor(textAt(json, 'next', 'href')));
  });

  it('lead through every row once; the last page has no next', async () => {
    const { simulator } = started;
    const all = await pages(PROFILES);
    expect(all.map((page) => content(page).length)).toEqual([25, 25, 10]);
    expect(all.flatMap(emails)).toEqual(simulator.profiles.all().map(({ email }) => email));
  });

  it('keep filter, order and page size from page to page', async () => {
    const [first, ...others] = await pages(`${PROFILES}/byText?text=&_lineCount=20&_order=email%20desc`);
    expect(textAt(first, 'next', 'href')).toMatch(/profile\/byText\?text=&_lineCount=20&_order=email%20desc&_lineStart=@/);
    const sorted = [first, ...others].flatMap(emails);
    expect(sorted).toHaveLength(60);
    expect(sorted).toEqual([...sorted].sort().reverse());
  });

  it('print the count inline where everything fits one page', async () => {
    const { json } = await started.client.get(`${PROFILES}?_lineCount=60`);
    expect(at(json, 'count', 'value')).toBe(60);
    expect(at(json, 'next')).toBeUndefined();
  });

  it('are counted at count.href with its double slash, whatever the page size', async () => {
    const { client } = started;
    for (const target of [`${PROFILES}?_lineCount=2`, `${PROFILES}/byText?text=A&_lineCount=2`]) {
      const expected = content((await client.get(target.replace('_lineCount=2', '_lineCount=100'))).json).length;
      const href = textAt((await client.get(target)).json, 'count', 'href');
      expect(href).toMatch(/profile\/\/(byText\/)?_count\?/);
      expect((await client.get(href)).json).toEqual({ count: expected });
    }
  });

  it('count with a single slash as well; this is assumed', async () => {
    const { client, simulator } = started;
    expect((await client.get(`${PROFILES}/_count`)).json).toEqual({ count: 60 });
    simulator.assumptions.singleSlashCount = 'rejected';
    expect((await client.get(`${PROFILES}/_count`)).status).toBe(404);
    expect((await client.get(`${PROFILES}//_count`)).json).toEqual({ count: 60 });
  });

  it('of tables above the threshold show next only when forced', async () => {
    const { client, simulator } = started;
    simulator.settings.bigTableThreshold = 59;
    const silent = (await client.get(PROFILES)).json;
    expect(at(silent, 'next')).toBeUndefined();
    expect(at(silent, 'count', 'value')).toBeUndefined();
    expect((await client.get(textAt(silent, 'count', 'href'))).json).toEqual({ count: 60 });
    const all = await pages(`${PROFILES}?_forcePagination=true`);
    expect(all.map((page) => content(page).length)).toEqual([25, 25, 10]);
    simulator.settings.bigTableThreshold = 60;
    expect(at((await client.get(PROFILES)).json, 'next')).toBeDefined();
  });

  it('of tables above the threshold keep being forced from page to page; this is assumed', async () => {
    const { simulator } = started;
    simulator.settings.bigTableThreshold = 59;
    simulator.assumptions.nextForcePagination = 'dropped';
    const all = await pages(`${PROFILES}?_forcePagination=true&_lineCount=20`);
    expect(textAt(all[0], 'next', 'href')).toMatch(/profile\/\?_lineCount=20&_lineStart=@/);
    expect(all.map((page) => content(page).length)).toEqual([20, 20]);
  });

  it('of tables above the threshold say serverSidePagination; this is assumed', async () => {
    const { client, simulator } = started;
    simulator.settings.bigTableThreshold = 59;
    expect(at((await client.get(PROFILES)).json, 'serverSidePagination')).toBe(true);
    simulator.assumptions.serverSidePaginationOnBigTable = false;
    expect(at((await client.get(PROFILES)).json, 'serverSidePagination')).toBe(false);
    expect(at((await client.get(`${PROFILES}?_forcePagination=true`)).json, 'serverSidePagination')).toBe(true);
  });

  it.each(['0', '-1', 'x', '1.5', ''])('refuse _lineCount=%s; this is assumed, else the default applies', async (lineCount) => {
    const { client, simulator } = started;
    const reply = await client.get(`${PROFILES}?_lineCount=${lineCount}`);
    expect([reply.status, reply.text]).toEqual([500, GENERIC]);
    simulator.assumptions.invalidLineCount = 'default';
    expect(content((await client.get(`${PROFILES}?_lineCount=${lineCount}`)).json)).toHaveLength(25);
  });

  it('have no upper bound for _lineCount; this is assumed', async () => {
    const { simulator } = started;
    expect((await pages(`${PROFILES}?_lineCount=50`)).map((page) => content(page).length)).toEqual([50, 10]);
    simulator.assumptions.maximumLineCount = 30;
    expect((await pages(`${PROFILES}?_lineCount=50`)).map((page) => content(page).length)).toEqual([30, 30]);
  });

  it('end without an empty page; this is assumed', async () => {
    const { simulator } = started;
    expect((await pages(`${PROFILES}?_lineCount=30`)).map((page) => content(page).length)).toEqual([30, 30]);
    simulator.assumptions.emptyLastPage = true;
    expect((await pages(`${PROFILES}?_lineCount=30`)).map((page) => content(page).length)).toEqual([30, 30, 0]);
  });

  it('print no count.value on the last of several pages; this is assumed', async () => {
    const { simulator } = started;
    expect((await pages(PROFILES)).map((page) => at(page, 'count', 'value'))).toEqual([undefined, undefined, undefined]);
    simulator.assumptions.countValueOnLastPage = true;
    expect((await pages(PROFILES)).map((page) => at(page, 'count', 'value'))).toEqual([undefined, undefined, 60]);
  });

  it('refuse a _lineStart that was never given out, and assume that one of another query is refused', async () => {
    const { client, simulator } = started;
    const cursor = textAt((await client.get(PROFILES)).json, 'next', 'href').split('_lineStart=')[1] ?? '';
    for (const wrong of ['1', '@', `@${'A'.repeat(48)}`, cursor.slice(0, -1)]) {
      expect((await client.get(`${PROFILES}?_lineStart=${wrong}`)).status).toBe(500);
    }
    expect((await client.get(`${PROFILES}?_order=email&_lineStart=${cursor}`)).status).toBe(500);
    simulator.assumptions.cursorOfAnotherQuery = 'accepted';
    expect(content((await client.get(`${PROFILES}?_order=email&_lineStart=${cursor}`)).json)).toHaveLength(25);
  });

  it('show what was written in between', async () => {
    const { client, simulator } = started;
    const sorted = `${PROFILES}?_order=lastName&_lineCount=1`;
    await client.get(sorted);
    simulator.profiles.add({ firstName: 'Aa', lastName: '!first', email: 'first@northwind.example' });
    expect(emails((await client.get(sorted)).json)).toEqual(['first@northwind.example']);
    expect((await client.get(`${PROFILES}/_count`)).json).toEqual({ count: 61 });
  });

  it('are sorted by one attribute, ascending unless desc follows a space', async () => {
    const { client, simulator } = started;
    const names = async (order: string): Promise<unknown[]> =>
      content((await client.get(`${PROFILES}?_lineCount=60&_order=${order}`)).json).map((row) => at(row, 'lastName'));
    const sorted = simulator.profiles
      .all()
      .map(({ lastName }) => String(lastName))
      .sort();
    expect(await names('lastName')).toEqual(sorted);
    expect(await names('lastName%20desc')).toEqual(sorted.reverse());
    expect(await names('lastName+desc')).toEqual(sorted);
  });

  it.each(['nothing', 'location', 'subscriptions', 'PKey', 'lastName,firstName', 'lastName%20asc', 'lastName%20desc%20x', 'cusPoints'])(
    'refuse _order=%s; this is assumed, else the order is ignored',
    async (order) => {
      const { client, simulator } = started;
      expect((await client.get(`${PROFILES}?_order=${order}`)).status).toBe(500);
      simulator.assumptions.invalidOrder = 'ignored';
      expect((await client.get(`${PROFILES}?_order=${order}`)).status).toBe(200);
    },
  );

  it('tolerate parameters they do not know, without effect', async () => {
    expect(content((await started.client.get(`${PROFILES}?limit=5&page=0`)).json)).toHaveLength(25);
  });

  it('can be asked for with the .json extension and with a slash at the end', async () => {
    const { client } = started;
    const { json } = await client.get(PROFILES);
    expect((await client.get(`${PROFILES}.json`)).json).toEqual(json);
    expect((await client.get(`${PROFILES}/`)).json).toEqual(json);
  });

  it('print hrefs below the origin they are told to, and older ACS instances a relative next', async () => {
    const { client, simulator } = started;
    simulator.settings.publicUrl = 'https://mc.adobe.io';
    expect(textAt((await client.get(PROFILES)).json, 'next', 'href')).toMatch(
      /^https:\/\/mc\.adobe\.io\/northwind\/campaign\/profileAndServices\/profile\/\?_lineStart=/,
    );
    simulator.settings.relativeNextHrefs = true;
    expect(textAt((await client.get(PROFILES)).json, 'next', 'href')).toMatch(/^\/profileAndServices\/profile\/\?_lineStart=/);
  });
});

describe.each(DIALECTS)('attribute lists on %s', (dialect) => {
  const started = useSimulator({ dialect });

  it('are arrays of values, duplicates included', async () => {
    const { json } = await started.client.get(`${PROFILES}/email?_lineCount=50`);
    expect(at(json, 'content')).toEqual(started.simulator.profiles.all().map(({ email }) => email));
    expect(at(json, 'count', 'value')).toBe(dialect === 'v8' ? CAST_SIZE : undefined);
  });

  it('have next; count and serverSidePagination on v8 only', async () => {
    const { client } = started;
    const { json } = await client.get(`${PROFILES}/email?_lineCount=2`);
    expect(Object.keys(Object(json))).toEqual(
      dialect === 'v8' ? ['content', 'count', 'next', 'serverSidePagination'] : ['content', 'next'],
    );
    expect(textAt(json, 'next', 'href')).toMatch(/profile\/email\?_lineCount=2&_lineStart=@[\w-]{48}$/);
    expect(at((await client.get(textAt(json, 'next', 'href'))).json, 'content')).toEqual(['zoe.mueller@mail.com', '']);
  });

  it('can be filtered, and list keys that work', async () => {
    const { client } = started;
    const { json } = await client.get(`${PROFILES}/byEmail/PKey?email=amy.dakota@mail.com`);
    expect(at((await client.get(`${PROFILES}/${textAt(json, 'content', 0)}`)).json, 'firstName')).toBe('Amy');
    expect(at((await client.get(`${PROFILES}/location?_lineCount=1`)).json, 'content', 0, 'city')).toBe('');
    expect(textAt((await client.get(`${PROFILES}/subscriptions?_lineCount=1`)).json, 'content', 0, 'href')).toMatch(/\/subscriptions\/$/);
  });

  it('exist for attributes that records print, no others', async () => {
    const { client } = started;
    for (const attribute of ['cusPoints', 'logs', 'nothing'])
      expect((await client.get(`${PROFILES}/${attribute}`)).status).toBeGreaterThanOrEqual(404);
  });
});
