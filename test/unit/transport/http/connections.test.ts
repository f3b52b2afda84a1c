import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { SsrfProtectionService } from '@n8n/backend-network';
import type { NodeEgressFilter } from 'n8n-workflow';

import { connectionsTo, type Connections } from '../../../../nodes/shared/transport/http/connections';
import { PooledSender } from '../../../../nodes/shared/transport/http/pooledSender';
import { makeCertificate, type ServerCertificate } from '../../../simulator/certificate';
import { rejectionOf } from '../../support/errors';
import { serve, serveProxy, type LocalServer } from '../../support/servers';

const ACCESS = { Authorization: 'Bearer the-token' };
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];

const context = (egress?: NodeEgressFilter) => ({ helpers: { getSecureEgressFilter: () => egress as NodeEgressFilter } });

/** n8n's own egress filter; the addresses of a name are `answers`, one for each time it is asked. */
function filter(rules: { blockedHostnames?: string[]; blockedIpRanges?: string[] }, answers: string[] = []): NodeEgressFilter {
  const config = { blockedIpRanges: ['127.0.0.0/8'], allowedIpRanges: [], allowedHostnames: [], blockedHostnames: [], ...rules };
  const resolver = { lookup: async () => [{ address: answers.length > 1 ? answers.shift() : answers[0], family: 4 }] };
  const logger = { scoped: () => ({ warn: () => {} }) };
  const [settings, dns, log] = [config, resolver, logger] as unknown as ConstructorParameters<typeof SsrfProtectionService>;
  return new SsrfProtectionService(settings, dns, log);
}

const servers: LocalServer[] = [];
async function running(server: Promise<LocalServer>): Promise<LocalServer> {
  servers.push(await server);
  return await server;
}

async function opened(url: string, egress?: NodeEgressFilter): Promise<Connections> {
  const connections = connectionsTo(context(egress), url);
  if (!connections) throw new Error('There is no pool');
  return connections;
}

async function get(url: string, egress?: NodeEgressFilter): Promise<unknown> {
  return await new PooledSender(await opened(url, egress), 10_000).send({ method: 'GET', url }, ACCESS);
}

afterEach(async () => {
  for (const name of PROXY_VARIABLES) Reflect.deleteProperty(process.env, name);
  await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});

describe('connections', () => {
  it('are shared by all that send to an origin under the same rules', async () => {
    const egress = filter({}, ['203.0.113.7']);

    expect(await opened('https://mc.adobe.io/one')).toBe(await opened('https://mc.adobe.io/two'));
    expect(await opened('https://mc.adobe.io', egress)).toBe(await opened('https://mc.adobe.io', egress));
  });

  it('are not shared between origins, rules or proxies', async () => {
    const all = [
      await opened('https://mc.adobe.io'),
      await opened('https://mc-stage.adobe.io'),
      await opened('https://mc.adobe.io:8443'),
      await opened('https://mc.adobe.io', filter({}, ['203.0.113.7'])),
    ];
    process.env.HTTPS_PROXY = 'http://127.0.0.1:3128';
    all.push(await opened('https://mc.adobe.io'));

    expect(new Set(all).size).toBe(all.length);
  });

  it("are n8n's business where it does not show its egress rules: it may have some", async () => {
    expect(connectionsTo({ helpers: {} }, 'https://mc.adobe.io')).toBeUndefined();
  });

  it.each(['socks5://127.0.0.1:1080', 'http://'])("are n8n's business with a proxy that is none for http: %s", async (proxy) => {
    process.env.ALL_PROXY = proxy;

    expect(connectionsTo(context(), 'https://mc.adobe.io')).toBeUndefined();
  });
});

describe('the egress rules of the instance', () => {
  it('let through what they allow', async () => {
    const server = await running(serve((_, response) => response.end('{}')));

    expect(await get(server.url, filter({ blockedIpRanges: ['10.0.0.0/8'] }))).toMatchObject({ status: 200 });
  });

  it('block an address before anything is sent', async () => {
    const server = await running(serve((_, response) => response.end()));

    expect(await rejectionOf(get(server.url, filter({})))).toMatchObject({
      failure: 'blocked',
      detail: expect.stringContaining('restricted IP address'),
    });
    expect(server.opened).toBe(0);
  });

  it('block a host by its name', async () => {
    const egress = filter({ blockedHostnames: ['*.internal'] }, ['203.0.113.7']);

    expect(await rejectionOf(get('https://campaign.internal', egress))).toMatchObject({
      failure: 'blocked',
      detail: expect.stringContaining('hostname is restricted'),
    });
  });

  it('block a name that leads elsewhere once it has passed', async () => {
    const server = await running(serve((_, response) => response.end()));
    const { port } = new URL(server.url);
    // Harmless when asked for the check, this machine when asked for the connection.
    const egress = filter({}, ['203.0.113.7', '127.0.0.1']);

    expect(await rejectionOf(get(`http://rebinding.test:${port}`, egress))).toMatchObject({
      failure: 'blocked',
      detail: expect.stringContaining('restricted IP address'),
    });
    expect(server.opened).toBe(0);
  });

  it('are looked at again for every request', async () => {
    const server = await running(serve((_, response) => response.end()));
    const egress = filter({ blockedIpRanges: ['10.0.0.0/8'] });
    const checked = jest.spyOn(egress, 'validateUrl');
    await get(`${server.url}/a`, egress);
    await get(`${server.url}/b`, egress);

    expect(checked.mock.calls).toEqual([[`${server.url}/a`], [`${server.url}/b`]]);
    expect(server.opened).toBe(1);
  });

  it('exempt the proxy, which the administrator has chosen, but not what it is asked for', async () => {
    const proxy = await running(serveProxy());
    process.env.HTTP_PROXY = proxy.url;
    const server = await running(serve((_, response) => response.end('{}')));
    const { port } = new URL(server.url);

    expect(await rejectionOf(get(server.url, filter({})))).toMatchObject({ failure: 'blocked' });
    expect(proxy.requests).toEqual([]);
    // The name passes, its address is the proxy's business, and the proxy is one of the addresses that are blocked.
    await get(`http://localhost:${port}`, filter({}, ['203.0.113.7']));
    expect(proxy.requests).toEqual([`GET http://localhost:${port}/`]);
  });
});

describe("the environment's proxy", () => {
  it.each(['HTTP_PROXY', 'ALL_PROXY'])('carries requests: %s', async (variable) => {
    const proxy = await running(serveProxy());
    const server = await running(serve((request, response) => response.end(request.headers.authorization)));
    process.env[variable] = proxy.url;

    expect(await get(`${server.url}/a?b=c`)).toMatchObject({ status: 200, body: 'Bearer the-token' });
    expect(proxy.requests).toEqual([`GET ${server.url}/a?b=c`]);
  });

  it('is not for hosts that NO_PROXY names', async () => {
    const proxy = await running(serveProxy());
    const server = await running(serve((_, response) => response.end()));
    process.env.ALL_PROXY = proxy.url;
    process.env.NO_PROXY = 'mc.adobe.io,127.0.0.1';
    await get(server.url);

    expect(proxy.opened).toBe(0);
    expect(server.requests).toEqual(['GET /']);
  });

  it('may refuse: nothing was delivered', async () => {
    const proxy = await running(serveProxy(403));
    process.env.HTTPS_PROXY = proxy.url;

    expect(await rejectionOf(get('https://campaign.test'))).toMatchObject({
      failure: 'notDelivered',
      detail: 'the proxy refused the connection',
    });
    expect(proxy.requests).toEqual(['CONNECT campaign.test:443']);
  });

  it('may break the connection: nothing was delivered, and it is not asked again and again', async () => {
    const proxy = await running(serve(() => {}));
    process.env.HTTPS_PROXY = proxy.url;

    expect(await rejectionOf(get('https://campaign.test'))).toMatchObject({ failure: 'notDelivered' });
    expect(proxy.opened).toBe(1);
  });

  it('may be gone: nothing was delivered', async () => {
    const proxy = await serveProxy();
    await proxy.close();
    process.env.HTTPS_PROXY = proxy.url;

    expect(await rejectionOf(get('https://campaign.test'))).toMatchObject({ failure: 'notDelivered', detail: 'ECONNREFUSED' });
  });
});

describe('a process that has sent a request', () => {
  let folder: string;
  let trusted: ServerCertificate;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-pool-'));
    trusted = await makeCertificate('127.0.0.1');
    writeFileSync(path.join(folder, 'ca.pem'), trusted.certificate);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What it prints, once it has ended by itself. */
  async function printed(url: string, environment: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const script = path.join(__dirname, '../../support/pooledRequest.ts');
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'), ...environment };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, url], { env, timeout: 60_000 });
    return JSON.parse(stdout);
  }

  it('is kept alive by nothing, and trusts the certificates that Node was told to trust', async () => {
    const server = await running(serve((_, response) => response.end('{}'), trusted));

    expect(await printed(server.url)).toEqual({ status: 200, body: '{}', held: [] });
    expect(server.opened).toBe(1);
  }, 60_000);

  it("is kept alive by nothing after a tunnel through the environment's proxy, either", async () => {
    const proxy = await running(serveProxy());
    const server = await running(serve((request, response) => response.end(request.headers.authorization), trusted));

    expect(await printed(server.url, { HTTPS_PROXY: proxy.url })).toEqual({ status: 200, body: 'Bearer the-token', held: [] });
    expect(proxy.requests).toEqual([`CONNECT ${new URL(server.url).host}`]);
    expect(server.requests).toEqual(['GET /']);
  }, 60_000);
});
