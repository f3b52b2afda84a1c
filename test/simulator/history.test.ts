import { at, textAt } from './testing/client';
import { useSimulator } from './testing/useSimulator';

const HISTORY = 'profileAndServices/history';
const AMY = 'amy.dakota@mail.com';

describe('marketing history on Campaign Standard', () => {
  const started = useSimulator({ dialect: 'acs' });
  const keyOfAmy = (): string => {
    const { profiles } = started.simulator;
    const [amy] = profiles.byEmail(AMY);
    return amy === undefined ? '' : profiles.keyOf(amy);
  };

  it('is a profile with what its events add up to', async () => {
    const { client, simulator } = started;
    const { status, json } = await client.get(`${HISTORY}/${keyOfAmy()}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      countBroadLogEvents: 2,
      countSubHistoEvents: 1,
      countryIsoA2: '',
      email: AMY,
      events: { href: expect.stringContaining(`${simulator.url}/northwind/campaign/${HISTORY}/@`), metadata: 'subHisto' },
      kpisAndChart: { href: expect.stringMatching(/\/kpisAndChart\/$/) },
      minBroadLogEvents: '2025-12-01 08:44:49.366Z',
      minSubHistoEvents: '2025-11-15 10:00:00.000Z',
    });
    expect((await client.get(`${HISTORY}/${textAt(json, 'PKey')}`)).json).toEqual(json);
  });

  it('has events, in pages', async () => {
    const { client, simulator } = started;
    const href = textAt((await client.get(`${HISTORY}/${keyOfAmy()}`)).json, 'events', 'href');
    const { json } = await client.get(href);
    const first = at(json, 'content', 0);
    expect(first).toEqual({
      PKey: expect.stringMatching(/^@/),
      category: 'email',
      date: '2025-12-01 08:44:49.366Z',
      href: href + textAt(first, 'PKey'),
      label: 'Winter sale',
      metadata: 'broadLog',
      mirrorPage: { href: expect.stringMatching(/\/events\/@[\w-]+\/mirrorPage\/$/) },
      type: 'outbound',
    });
    expect(at((await client.get(textAt(first, 'href'))).json, 'label')).toBe('Winter sale');
    expect(at(json, 'content', 2)).not.toHaveProperty('mirrorPage');
    expect(at(json, 'count', 'value')).toBe(3);
    const page = (await client.get(`${href}?_lineCount=2`)).json;
    expect(at((await client.get(textAt(page, 'next', 'href'))).json, 'content', 0, 'label')).toBe('Weekly offers');
    simulator.resources.get('event').add({ profile: 1, label: 'Spring sale' });
    expect(at((await client.get(href)).json, 'count', 'value')).toBe(4);
  });

  it('is found by the filters of profiles, described, and only read', async () => {
    const { client, simulator } = started;
    const { json } = await client.get(`${HISTORY}/byEmail?email=${AMY}`);
    expect(at(json, 'content', 0)).toMatchObject({ countBroadLogEvents: 2, href: expect.stringContaining(`/${HISTORY}/@`) });
    expect(at((await client.get(HISTORY)).json, 'count', 'value')).toBe(simulator.profiles.size);
    const metadata = (await client.get('profileAndServices/resourceType/history')).json;
    expect(at(metadata, 'content', 'events')).toMatchObject({ type: 'collection', resTarget: 'event' });
    expect((await client.patch(`${HISTORY}/${keyOfAmy()}`, { phone: '1' })).status).toBe(500);
    expect((await client.delete(`${HISTORY}/${keyOfAmy()}`)).status).toBe(500);
    expect(simulator.stats.writesApplied).toBe(0);
    simulator.settings.freshKeys = true;
    const replies = [await client.get(HISTORY), await client.get(HISTORY)];
    const [one, other] = replies.map((reply) => textAt(reply.json, 'content', 0, 'events', 'href'));
    expect(one).not.toBe(other);
    expect((await client.get(one ?? '')).status).toBe(200);
  });
});
