import { at } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const PREFIX = 'RST-360011 An error has occurred - please contact your administrator.';

/** Adobe: Recommendations & limitations, the table of error codes; what other tests show already is left out. */
describe.each(DIALECTS)('errors on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const isV8 = dialect === 'v8';
  const schemaText = (name: string): string =>
    `'${name}' attribute unknown (see definition of 'Profiles (nms:recipient)' schema).\nXTK-170036 Unable to parse expression '@id = @${name}'.`;

  it('are plain text; JSON on v8 only and if the settings say so', async () => {
    const { client, simulator } = started;
    const plain = await client.get('profileAndServices/profile/@x');
    expect(plain.headers['content-type']).toBe('text/plain;charset=utf-8');
    expect(plain.headers['x-request-id']).toBeDefined();
    simulator.settings.errorBodies = 'json';
    const reply = await client.get('profileAndServices/profile/@x');
    expect(reply.headers['content-type']).toBe(isV8 ? 'application/json;charset=utf-8' : 'text/plain;charset=utf-8');
    expect(reply.json).toEqual(isV8 ? { code: 404, message: plain.text } : undefined);
  });

  it('name a PKey in the URI that cannot be decrypted', async () => {
    for (const api of ['profileAndServices', 'profileAndServicesExt']) {
      const { status, text } = await started.client.get(`${api}/profile/@jksad`);
      expect([status, text]).toEqual(
        isV8
          ? [404, `Unable to decrypt PKey. (PKey=@jksad)\nUnsupported endpoint. (endpoint=rest/${api}/profile/@jksad)`]
          : [500, schemaText('jksad')],
      );
    }
  });

  it('name a PKey in the body that cannot be decrypted', async () => {
    for (const body of [{ PKey: '@jksad', phone: '1' }, { country: { PKey: '@jksad' } }]) {
      const { status, text } = await started.client.patch('profileAndServicesExt/profile/L-000001', body);
      expect([status, text]).toEqual(isV8 ? [404, 'Unable to decrypt PKey. (PKey=@jksad)'] : [500, schemaText('jksad')]);
    }
  });

  it('name an order that does not parse; v8 hides it', async () => {
    const { status, text } = await started.client.get('profileAndServices/profile?_order=foo');
    expect([status, text]).toEqual([
      500,
      isV8 ? 'An error has occurred - please contact your administrator.' : schemaText('foo').replace('@id = @foo', '@foo'),
    ]);
  });

  it('answer an unknown API as an unknown resource', async () => {
    const { status, text } = await started.client.post('profileAndServices,/profile/,', {});
    expect([status, text]).toEqual([
      404,
      isV8 ? 'Unsupported endpoint. (endpoint=rest/profileAndServices,/profile/,)' : `${PREFIX}\nError rc=-2003`,
    ]);
  });

  it('tell a raw key in the URI from one in the body', async () => {
    const { client } = started;
    const message = (key: string): string =>
      `Unable to find document with path 'Profile' from key '${key}' (document with schema 'profile' and name 'adobe_nl')`;
    const uri = await client.get('profileAndServicesExt/profile/adobe_nl');
    expect([uri.status, uri.text]).toEqual([404, isV8 ? message('adobe_nl') : `${PREFIX}\n${message('adobe_nl:0')}`]);
    const body = await client.patch('profileAndServicesExt/profile/L-000001', { PKey: 'adobe_nl' });
    expect([body.status, body.text]).toEqual([404, isV8 ? message('adobe_nl') : `${PREFIX}\n${message('adobe_nl')}`]);
    const number = await client.get('profileAndServices/profile/4711');
    expect([number.status, number.text]).toEqual([404, expect.stringContaining("from key '4711")]);
  });

  it('answer a resource that is not published; the status on v8 is assumed', async () => {
    const { client, simulator } = started;
    const { status, text } = await client.get('profileAndServicesExt/cusUnpublished');
    expect([status, text]).toEqual([
      404,
      isV8 ? 'Unsupported endpoint. (endpoint=rest/profileAndServicesExt/cusUnpublished)' : `${PREFIX}\nError rc=-2003`,
    ]);
    simulator.assumptions.v8UnknownResourceStatus = 500;
    expect((await client.get('profileAndServices/')).status).toBe(isV8 ? 500 : 404);
  });

  it('of Campaign differ in shape from those of the gateway', async () => {
    const { client } = started;
    expect(at((await client.get('/northwind/nothing')).json, 'code')).toBe(500);
    client.headers = {};
    expect(at((await client.get('profileAndServices/profile')).json, 'error_code')).toBe('403000');
  });
});
