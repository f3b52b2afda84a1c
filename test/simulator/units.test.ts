import { at, textAt } from './testing/client';
import { useSimulator } from './testing/useSimulator';

const UNITS = 'profileAndServicesExt/orgUnitBase';
const AMY = 'amy.dakota@mail.com';

describe('units of Campaign Standard', () => {
  const started = useSimulator({ dialect: 'acs' });
  const keyOfAmy = (): string => {
    const { profiles } = started.simulator;
    const [amy] = profiles.byEmail(AMY);
    return amy === undefined ? '' : profiles.keyOf(amy);
  };

  it('are listed and renamed, never created or deleted', async () => {
    const { client, simulator } = started;
    const { json } = await client.get(`${UNITS}/`);
    const nordics = at(json, 'content', 1);
    expect(nordics).toEqual({
      PKey: expect.stringMatching(/^@/),
      created: '2026-01-15 09:00:00.001Z',
      desc: '',
      href: `${simulator.url}/northwind/campaign/${UNITS}/${textAt(nordics, 'PKey')}`,
      label: 'Nordics',
      lastModified: '2026-01-15 09:00:00.000Z',
      name: 'nordics',
      parentTitle: 'All (all)',
      title: 'Nordics (nordics)',
    });
    const href = textAt(nordics, 'href');
    expect((await client.patch(href, { label: 'The North', name: 'north' })).status).toBe(200);
    const renamed = (await client.get(href)).json;
    expect(renamed).toMatchObject({ title: 'The North (north)' });
    expect('href' in Object(renamed)).toBe(false);
    expect(simulator.resources.get('orgUnitBase').get(2)?.label).toBe('The North');
    expect(simulator.stats.writes.to(2, 'orgUnitBase')).toBe(1);
    expect((await client.post(UNITS, { label: 'East' })).status).toBe(500);
    expect((await client.delete(href)).status).toBe(500);
    expect(at((await client.get('profileAndServicesExt/geoUnitBase')).json, 'content', 1, 'name')).toBe('europe');
  });

  it('are assigned to a profile by PKey, in the Ext API', async () => {
    const { client } = started;
    const unit = at((await client.get(UNITS)).json, 'content', 2);
    const profile = `profileAndServicesExt/profile/${keyOfAmy()}`;
    expect(at((await client.get(profile)).json, 'orgUnit')).toBeNull();
    expect((await client.patch(profile, { orgUnit: { PKey: textAt(unit, 'PKey') } })).status).toBe(200);
    const { json } = await client.get(profile);
    const href: unknown = expect.stringContaining(`/${UNITS}/@`);
    expect(at(json, 'orgUnit')).toEqual({ PKey: expect.any(String), href, title: 'Iberia (iberia)' });
    expect(at((await client.get(textAt(json, 'orgUnit', 'href'))).json, 'name')).toBe('iberia');
    const plain = await client.patch(`profileAndServices/profile/${keyOfAmy()}`, { orgUnit: { PKey: textAt(unit, 'PKey') } });
    expect(plain.text).toContain("'orgUnit' property is not valid for the 'profile' resource.");
    const service = await client.patch('profileAndServicesExt/service/weekly_offers', { orgUnit: { PKey: textAt(unit, 'PKey') } });
    expect(service.status).toBe(200);
  });
});
