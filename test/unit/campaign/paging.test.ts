import fc from 'fast-check';

import { forcePagination } from '../../../nodes/shared/campaign/urls';
import type { CampaignRecord } from '../../../nodes/shared/campaign/records';
import { clientOver, INSTANCE, json, PROFILES } from '../support/campaign';
import { refusalOf } from '../support/errors';
import type { CampaignRequest, CampaignResponse } from '../../../nodes/shared/transport/transport';

/** Answers every request by a function and counts them. */
function answering(reply: (url: string, nth: number) => CampaignResponse) {
  const asked: string[] = [];
  const client = clientOver({
    send: async ({ url }: CampaignRequest) => {
      asked.push(url);
      return reply(url, asked.length);
    },
  });
  return { client, asked };
}

async function readAll(client: ReturnType<typeof clientOver>): Promise<CampaignRecord[]> {
  const records: CampaignRecord[] = [];
  for await (const record of client.list(PROFILES, 'profile')) records.push(record);
  return records;
}

describe('every page of every list', () => {
  it.each([
    ['https://a/b', 'https://a/b?_forcePagination=true'],
    ['https://a/b?', 'https://a/b?_forcePagination=true'],
    ['https://a/b?c=d', 'https://a/b?c=d&_forcePagination=true'],
    ['https://a/b?_forcePagination=false&c=d', 'https://a/b?c=d&_forcePagination=true'],
    ['https://a/b?c=d&_forcePagination=', 'https://a/b?c=d&_forcePagination=true'],
    ['https://a/b?x_forcePagination=true', 'https://a/b?x_forcePagination=true&_forcePagination=true'],
    ['https://a/b?_forcePagination=true&_lineStart=@k', 'https://a/b?_forcePagination=true&_lineStart=@k'],
  ])('A9: %s is asked for as %s', (url, asked) => {
    expect(forcePagination(url)).toBe(asked);
  });

  it('A9: the rest of an address stays letter by letter, and asking twice changes nothing', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const asked = forcePagination(url);
        expect(asked.startsWith(url.replace(/[?&]$/, ''))).toBe(true);
        expect(forcePagination(asked)).toBe(asked);
      }),
    );
  });
});

describe('B25: a list without an end', () => {
  const page = (records: CampaignRecord[], next: string, count?: string) =>
    json({ content: records, next: { href: `${PROFILES}?_lineStart=@${next}` }, ...(count ? { count: { href: count } } : {}) });

  it('ends with an error once more has come than there is', async () => {
    const { client, asked } = answering((url, nth) =>
      url.includes('_count')
        ? json({ count: 40 })
        : page([{ PKey: `@${nth}` }, { PKey: `@x${nth}` }], String(nth), `${PROFILES}//_count?_lineStart=@k`),
    );
    expect(await refusalOf(readAll(client))).toMatchObject({
      reason: 'unreadableAnswer',
      message: expect.stringContaining('round in circles'),
    });
    expect(asked.length).toBeLessThan(120);
  });

  it('ends with an error when pages bring nothing new, where nobody says how long it is', async () => {
    const { client, asked } = answering((_, nth) => page([{ PKey: `@${nth}`, email: 'amy@mail.com' }], String(nth)));
    expect(await refusalOf(readAll(client))).toMatchObject({ reason: 'unreadableAnswer' });
    expect(asked.length).toBeLessThan(120);
  });

  it('is told from a long one', async () => {
    const total = 400;
    const { client } = answering((url, nth) => {
      if (url.includes('_count')) return json({ count: total });
      const start = Number(/_lineStart=@(\d+)/.exec(url)?.[1] ?? 0);
      const next = start + 1 < total ? { next: { href: `${PROFILES}?_lineStart=@${start + 1}` } } : {};
      return json({ content: [{ PKey: `@k${nth}` }], count: { href: `${PROFILES}//_count` }, ...next });
    });
    expect(await readAll(client)).toHaveLength(total);
  });

  it('leads to a page that was read: nothing is missing only where the list has no more', async () => {
    const circle = (count: number) =>
      answering((url) => (url.includes('_count') ? json({ count }) : page([{ PKey: '@a' }], 'same', `${PROFILES}//_count?_lineStart=@k`)))
        .client;
    expect(await readAll(circle(2))).toHaveLength(2);
    expect(await refusalOf(readAll(circle(3)))).toMatchObject({ reason: 'unreadableAnswer' });
  });
});

it('B22: no address leads out of the organization, whatever a server behind folds away', async () => {
  const root = `${INSTANCE.baseUrl}/northwind/campaign`;
  for (const way of [
    '..;',
    '..;x=1',
    '.;',
    '%2e%2e',
    '%2e%2e;',
    '.%2e',
    '%252e%252e',
    '%25252e%25252e',
    '..%3b',
    '..%20',
    '%20..',
    '．．',
    '%ef%bc%8e%ef%bc%8e',
    '%c0%ae%c0%ae',
    '..%5c',
    '..%2f',
    '%252f..%252f',
    '%ef%bc%8f..',
    '...;',
    '..\t;',
  ]) {
    const { client, asked } = answering(() =>
      json({ content: [{ PKey: '@a' }], next: { href: `${root}/${way}/${way}/contoso/campaign/x` } }),
    );
    const outcome = await readAll(client).then(
      () => 'followed',
      () => 'refused',
    );
    expect([way, outcome, asked.length]).toEqual([way, 'refused', 1]);
  }
});
