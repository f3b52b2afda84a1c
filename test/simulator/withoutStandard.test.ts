import { useSimulator } from './testing/useSimulator';

const GONE = [
  'profileAndServicesExt/orgUnitBase',
  'profileAndServicesExt/geoUnitBase',
  'profileAndServices/history',
  'privacy/privacyTool',
  'profileAndServicesExt/resourceType/orgUnitBase',
];

describe('what Campaign v8 has no longer', () => {
  const started = useSimulator({ dialect: 'v8' });

  it.each(GONE)('is not found: %s', async (path) => {
    const { status, text } = await started.client.get(path);
    expect([status, text]).toEqual([404, `Unsupported endpoint. (endpoint=rest/${path})`]);
  });

  it('is the unit of a profile, too', async () => {
    const { client } = started;
    const { status, text } = await client.patch('profileAndServicesExt/profile/L-000001', { orgUnit: { PKey: '@x' } });
    expect([status, text]).toEqual([500, "'orgUnit' property is not valid for the 'profile' resource."]);
    expect((await client.get('profileAndServicesExt/profile/L-000001')).json).not.toHaveProperty('orgUnit');
  });
});
