import { at, textAt } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';
const EXT = 'profileAndServicesExt/profile';
const AMY = 'amy.dakota@mail.com';

describe.each(DIALECTS)('custom keys on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const refusal = async (target: string, body: unknown): Promise<[number, string]> => {
    const { status, text } = await started.client.patch(target, body);
    return [status, text];
  };
  const PREFIX = 'RST-360011 An error has occurred - please contact your administrator.';
  const GENERIC = 'An error has occurred - please contact your administrator.';

  it('stand for the PKey in the Ext API, not in the other one', async () => {
    const { client } = started;
    expect(at((await client.get(`${EXT}/L-000001`)).json, 'firstName')).toBe('Amy');
    expect(at((await client.get(`${EXT}/${encodeURIComponent('L 000/007')}`)).json, 'firstName')).toBe('Xander');
    expect((await client.patch(`${EXT}/L-000001`, { cusPoints: 1300 })).status).toBe(200);
    expect((await client.get(`${PROFILES}/L-000001`)).status).toBe(dialect === 'v8' ? 404 : 500);
    expect((await client.delete(`${EXT}/L-000002`)).status).toBe(200);
    expect((await client.get(`${EXT}/L-000002`)).status).toBe(404);
  });

  it('cannot build the URLs of collections', async () => {
    const { client } = started;
    expect((await client.get(`${EXT}/L-000001/subscriptions/`)).status).toBe(dialect === 'v8' ? 404 : 500);
    expect((await client.get(textAt((await client.get(`${EXT}/L-000001`)).json, 'subscriptions', 'href'))).status).toBe(200);
  });

  it('cannot be changed, may be repeated, and can be given to a record without one', async () => {
    const { client, simulator } = started;
    expect(await refusal(`${EXT}/L-000001`, { cusLoyaltyId: 'L-9' })).toEqual([
      500,
      dialect === 'v8'
        ? GENERIC
        : `${PREFIX}\nRST-360012 Inconsistent operation on resource 'profile' - Cannot update key 'L-000001' to 'L-9'.`,
    ]);
    expect((await client.patch(`${EXT}/L-000001`, { cusLoyaltyId: 'L-000001', phone: '1' })).status).toBe(200);
    const dorian = simulator.profiles.find(({ firstName }) => firstName === 'Dorian');
    const target = `${EXT}/${dorian === undefined ? '' : simulator.profiles.keyOf(dorian)}`;
    expect((await client.patch(target, { cusLoyaltyId: 'L-000004' })).status).toBe(200);
    expect(at((await client.get(`${EXT}/L-000004`)).json, 'firstName')).toBe('Dorian');
    expect(await refusal(target, { cusLoyaltyId: 'L-9' })).toEqual([500, expect.stringContaining(GENERIC)]);
  });

  it('belong to one record', async () => {
    const { client, simulator } = started;
    const [amy] = simulator.profiles.byEmail(AMY);
    const duplicate =
      dialect === 'v8'
        ? GENERIC
        : "A 'Profile' with the same key 'L-000002' already exists.\nPGS-220000 PostgreSQL error: ERROR:  duplicate key value violates unique constraint \"nmsrecipient_cusloyaltyid\" DETAIL:  Key (scusloyaltyid)=(L-000002) already exists.";
    expect(await refusal(`${EXT}/${amy === undefined ? '' : simulator.profiles.keyOf(amy)}`, { cusLoyaltyId: 'L-000002' })).toEqual([
      500,
      duplicate,
    ]);
    const created = await client.post(EXT, { cusLoyaltyId: 'L-000002' });
    expect([created.status, created.text]).toEqual([500, duplicate]);
    expect((await client.post(EXT, { cusLoyaltyId: 'L-000099' })).status).toBe(201);
    expect((await client.get(`${EXT}/L-000099`)).status).toBe(200);
  });

  it('identify the record in the body of a PATCH on the collection; an unknown one is not found, which is assumed', async () => {
    const { client, simulator } = started;
    expect((await client.patch(EXT, { cusLoyaltyId: 'L-000001', phone: '42' })).status).toBe(200);
    expect(simulator.profiles.byEmail(AMY)[0]?.phone).toBe('42');
    const message = "Unable to find document with path 'Profile' from key 'L-9' (document with schema 'profile' and name 'L-9')";
    expect(await refusal(EXT, { cusLoyaltyId: 'L-9', phone: '43' })).toEqual([404, dialect === 'v8' ? message : `${PREFIX}\n${message}`]);
    simulator.assumptions.patchUnknownCustomKey = 'creates';
    expect((await client.patch(EXT, { cusLoyaltyId: 'L-9', phone: '43' })).status).toBe(201);
    expect((await client.patch(PROFILES, { cusLoyaltyId: 'L-000001' })).status).toBe(dialect === 'v8' ? 404 : 500);
  });
});
