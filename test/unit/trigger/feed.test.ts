import { openFeed } from '../../../nodes/AdobeCampaignProfileTrigger/feed';
import { readSettings } from '../../../nodes/AdobeCampaignProfileTrigger/settings';
import { StepParameters } from '../../../nodes/shared/execution/stepParameters';
import { node } from '../support/context';
import { clientOver, EXTENDED_PROFILES, FakeTransport, json, METADATA, PROFILES, profile, ROOT } from '../support/campaign';

class Entered extends StepParameters {
  override readonly node = node();
  override readonly zone = 'utc';

  constructor(private readonly values: Readonly<Record<string, unknown>>) {
    super();
  }

  override value(name: string, fallback?: unknown): unknown {
    return this.values[name] ?? fallback;
  }
}

const FILTERS_URL = `${ROOT}/profileAndServicesExt/resourceType/@f`;
const floor = Date.UTC(2026, 0, 15, 9);
const warn = () => {};
const onePage = json({ content: [profile('@1')] });

describe('the list that a poll reads', () => {
  it('is sorted, newest first, and breaks elsewhere when it is read again', async () => {
    const transport = new FakeTransport(onePage, onePage);
    const feed = await openFeed(
      clientOver(transport),
      readSettings(new Entered({ 'options.pageSize': 30 }), 'profileAndServices'),
      { given: [], floor },
      warn,
    );
    for (const attempt of [0, 1]) for await (const page of feed.pages(undefined, attempt)) expect(page.content).toHaveLength(1);

    expect(feed.isSorted).toBe(true);
    expect(transport.log).toEqual(
      [30, 20].map((size) => `GET ${PROFILES}?_order=lastModified%20desc&_lineCount=${size}&_forcePagination=true`),
    );
  });

  it('is what a custom filter gives since the floor, with room for filters that are exact to the second', async () => {
    const described = json({ ...METADATA, filters: { href: FILTERS_URL } });
    const filters = json({
      changedSince: { label: 'Changed since', data: '/profileAndServicesExt/profile/changedSince?since_parameter=$value' },
    });
    const transport = new FakeTransport(described, filters, onePage);
    const entered = {
      'options.startDate': '2026-01-01',
      'options.sinceFilter': { filter: { name: 'changedSince', parameter: 'since' } },
    };
    const feed = await openFeed(
      clientOver(transport),
      readSettings(new Entered(entered), 'profileAndServicesExt'),
      { given: [], floor },
      warn,
    );
    for await (const page of feed.pages(undefined, 0)) expect(page.content).toHaveLength(1);

    expect(feed.isSorted).toBe(false);
    expect(transport.log.at(-1)).toBe(
      `GET ${EXTENDED_PROFILES}/changedSince?since_parameter=2026-01-15%2008%3A59%3A59.000Z&_lineCount=200&_forcePagination=true`,
    );
  });

  it('is never read at an address that leads away', async () => {
    const feed = await openFeed(
      clientOver(new FakeTransport()),
      readSettings(new Entered({}), 'profileAndServices'),
      { given: [], floor },
      warn,
    );
    expect(() => feed.pages('https://elsewhere.example/northwind/campaign/x', 0)).toThrow(/elsewhere|host|organization/i);
  });
});
