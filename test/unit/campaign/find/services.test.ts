import { nameOfService, referToService, serviceByKey } from '../../../../nodes/shared/campaign/find/services';
import { clientOver, FakeTransport, INSTANCE, json, ROOT } from '../../support/campaign';
import { refusalBy } from '../../support/errors';

const SERVICES = `${ROOT}/profileAndServices/service`;
const byKey = (value: unknown) => serviceByKey(INSTANCE, 'profileAndServices', value, 'Service');

describe('a service', () => {
  it.each([
    [' weekly ', { url: `${SERVICES}/weekly`, shown: "name 'weekly'" }],
    ['@Lc', { url: `${SERVICES}/@Lc`, shown: "PKey '@Lc'" }],
    [` ${ROOT}/profileAndServicesExt/service/@Lc`, { url: `${ROOT}/profileAndServicesExt/service/@Lc`, api: 'profileAndServicesExt' }],
  ])('may be given as %j', (value, expected) => {
    expect(byKey(value)).toMatchObject(expected);
  });

  it.each(['', 'a/b', `${ROOT}/profileAndServices/profile/@a`, 'https://evil.example/x'])('is not %j', (value) => {
    expect(refusalBy(() => byKey(value)).reason).toBe('invalidInput');
  });

  it('is retrieved once, however often it is named', async () => {
    const transport = new FakeTransport(json({ PKey: '@s', name: 'weekly' }));
    const client = clientOver(transport);
    await Promise.all([referToService(client, byKey('weekly')), referToService(client, byKey(' weekly'))]);

    expect(transport.log).toEqual([`GET ${SERVICES}/weekly`]);
  });

  it('is told by its name, and by nothing that could be the name of others', () => {
    expect(nameOfService({ name: 'weekly' })).toBe('weekly');
    for (const name of ['', undefined, null, 7]) expect(refusalBy(() => nameOfService({ name })).reason).toBe('unreadableAnswer');
  });
});
