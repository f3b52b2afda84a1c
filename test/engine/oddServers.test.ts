import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { Engine } from '../support/engine';
import { chain, CREDENTIAL_ID, getParameters, locator, profileStep } from '../support/workflows';
import { STEP } from '../support/campaign';

const TOKEN = 'opaque+token/of=nobody-in-particular-0815';
const PROFILE = JSON.stringify({ PKey: '@a', email: 'amy@mail.com', href: 'x' });
const answer = (status: string, headers: readonly string[], body: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, ...headers, `content-length: ${Buffer.byteLength(body)}`, '', ''].join('\r\n')),
    Buffer.from(body),
  ]);

const sockets = new Set<Socket>();

/** A server that knows nothing of HTTP and sends what a test gives it, and what it was sent. */
async function serving(bytes: () => Buffer | string, ends = false): Promise<{ port: number; received: string[]; server: Server }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      received.push(data.toString());
      if (ends) socket.end(bytes());
      else socket.write(bytes());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, received, server };
}

describe('a server that is no Campaign', () => {
  let engine: Engine;
  const servers: Server[] = [];
  let organizations = 0;

  beforeAll(async () => void (engine = await Engine.load()));
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of servers.splice(0)) server.close();
  });

  /** What comes of two items, the second over a connection that is kept where one can be. */
  const ask = async (bytes: () => Buffer | string, ends = false) => {
    const { port, received, server } = await serving(bytes, ends);
    servers.push(server);
    engine.setCredential(CREDENTIAL_ID, 'adobeCampaignApi', {
      authentication: 'accessToken',
      organization: `odd${(organizations += 1)}`,
      apiKey: 'client-id-0123456789',
      bearerToken: TOKEN,
      baseUrl: `http://127.0.0.1:${port}`,
    });
    const parameters = getParameters(locator('pKey', '@a'), {
      api: 'profileAndServices',
      output: 'raw',
      options: { waitForCampaign: 0, timeout: 5 },
    });
    const result = await engine.run(chain(profileStep(STEP, parameters, { onError: 'continueRegularOutput' })), [{}, {}]);
    return { rows: result.json(STEP), text: JSON.stringify(result.run.data), received };
  };

  it.each([301, 302, 303, 307, 308])('gets no token to another place: %i', async (status) => {
    const thief = await serving(() => answer('200 OK', ['content-type: application/json'], PROFILE));
    servers.push(thief.server);
    const { rows } = await ask(() => answer(`${status} Moved`, [`location: http://127.0.0.1:${thief.port}/steal`]));

    expect(rows.map(({ error }) => error)).toEqual(Array(2).fill(expect.stringContaining(`a redirect (${status}), which is not followed`)));
    expect(thief.received).toEqual([]);
  });

  it('may speak HTTP/1.0 and end its answers with the connection', async () => {
    const { rows } = await ask(() => `HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${PROFILE}`, true);

    expect(rows.map(({ email }) => email)).toEqual(['amy@mail.com', 'amy@mail.com']);
  });

  it('is asked again for a packed answer that was cut, and not for one that is not packed', async () => {
    const packed = gzipSync(PROFILE.repeat(50));
    const cut = await ask(() => answer('200 OK', ['content-encoding: gzip'], packed.subarray(0, packed.length / 2)));
    const none = await ask(() => answer('200 OK', ['content-encoding: gzip'], PROFILE));

    expect(cut.received.length).toBeGreaterThan(2);
    expect(none.received).toHaveLength(2);
    expect(none.rows.map(({ message }) => message)).toEqual(Array(2).fill(expect.objectContaining({ reason: 'unreadableAnswer' })));
  });

  it.each<[string, (value: string) => string]>([
    ['plain', (value) => value],
    ['in JSON, slashes escaped', (value) => JSON.stringify({ message: value }).replace(/\//g, '\\/')],
    [
      'in JSON, in numbers',
      (value) => `{"message":"${Array.from(value, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
    ],
    ['in an address within an address', (value) => encodeURIComponent(encodeURIComponent(value))],
    ['in Base64', (value) => Buffer.from(`Bearer ${value}`).toString('base64')],
  ])('shows no token that it repeats %s, in body or headers', async (_, form) => {
    const repeated = form(TOKEN);
    const { text, rows } = await ask(() =>
      answer('400 Bad Request', ['content-type: application/json', `x-request-id: ${repeated}`], repeated),
    );

    expect(rows.every(({ error }) => error !== undefined)).toBe(true);
    for (const part of [TOKEN, 'nobody-in-particular', encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString('base64').slice(4, 40)])
      expect(text).not.toContain(part);
  });
});
