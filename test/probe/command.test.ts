import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'undici';
import { startSimulator, type Simulator } from '../simulator';
import { parseReport } from '../../probe/report';

// Each test starts Node anew, on a machine that may be busy; the probe sends two requests a second.
jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '..', '..');

/** Runs a script with answers typed in, and returns its exit code and everything printed. */
async function run(script: string, options: readonly string[], answers: readonly string[]): Promise<{ code: unknown; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], { cwd: ROOT });
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (output += String(text)));
  child.stdin.end(answers.map((answer) => `${answer}\n`).join(''));
  const closed: unknown[] = await once(child, 'close');
  return { code: closed[0], output };
}

describe('npm run probe', () => {
  let folder: string;
  let simulator: Simulator;
  let credentials: string;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-probe-'));
    simulator = await startSimulator({ profiles: 3, dialect: 'acs', assumptions: { serviceTemplates: 'hidden', deleteStatus: 204 } });
    const { url, tokenUrl, organization, apiKey, clientSecret } = simulator;
    credentials = path.join(folder, 'credentials.json');
    writeFileSync(credentials, JSON.stringify({ organization, apiKey, clientSecret, apiBaseUrl: url, tokenUrl }));
  });
  afterEach(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  it('says what it is going to do, asks, reads, and writes a report that the simulator takes', async () => {
    const report = path.join(folder, 'report');
    const { code, output } = await run('probe/index.ts', ['--file', credentials, '--report', report], ['y']);
    expect([code, output]).toEqual([0, expect.stringContaining('It writes nothing.')]);
    for (const secret of [simulator.apiKey, simulator.clientSecret, simulator.organization]) expect(output).not.toContain(secret);
    const text = readFileSync(`${report}.json`, 'utf8');
    expect(parseReport(text)).toMatchObject({ dialect: 'acs', assumptions: { serviceTemplates: 'hidden' } });
    expect(readFileSync(`${report}.txt`, 'utf8')).toContain('serviceTemplates: "hidden", not "listed"');
    expect(simulator.stats.writesApplied).toBe(0);

    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/simulator.ts', '--port', '0', '--assumptions', `${report}.json`], {
      cwd: ROOT,
    });
    const ended = once(child, 'close');
    const printed: unknown[] = await once(child.stdout, 'data');
    const value = (label: string): string => new RegExp(`^${label} +(.+)$`, 'm').exec(String(printed[0]))?.[1] ?? '';
    const { body } = await request(`${value('API base URL')}/northwind/campaign/profileAndServices/service?_lineCount=50`, {
      headers: { authorization: `Bearer ${value('Access token')}`, 'x-api-key': value('API key') },
    });
    const services = await body.text();
    expect(services).toContain('weekly_offers');
    expect(services).not.toContain('"isTemplate":true');
    child.kill('SIGTERM');
    await ended;
  });

  it('asks nothing unless told to go ahead', async () => {
    const report = path.join(folder, 'report');
    const { code, output } = await run('probe/index.ts', ['--file', credentials, '--report', report], ['n']);
    expect([code, output]).toEqual([1, expect.stringContaining('Nothing was asked.')]);
    expect([simulator.stats.requests, existsSync(`${report}.json`)]).toEqual([0, false]);
  });

  it('asks for the credentials, and shows no secret', async () => {
    const { code, output } = await run(
      'probe/index.ts',
      ['--report', path.join(folder, 'report')],
      ['northwind', 'key-000', 'secret-000', '', 'n'],
    );
    expect(code).toBe(1);
    expect(output).toContain('Client secret');
    expect(output).not.toMatch(/key-000|secret-000/);
  });

  it('reads no file that git would take in', async () => {
    const { code, output } = await run('probe/index.ts', ['--file', 'package.json'], []);
    expect([code, output]).toEqual([1, expect.stringContaining('git would take package.json in.')]);
  });

  it.each([
    [{ apiKey: 'k', clientSecret: 's' }, '"organization" is missing'],
    [{ organization: 'o', clientSecret: 's' }, '"apiKey" is missing.'],
    [{ organization: 'o', apiKey: 'k' }, '"clientSecret" or "accessToken" is needed.'],
    [{ organization: 'o/../p', apiKey: 'k', clientSecret: 's' }, '"organization" is missing, or is not the name of an organization.'],
    [{ organization: 'o', apiKey: 'k', clientSecret: 's', apiBaseUrl: 'http://mc.adobe.io' }, '"apiBaseUrl" is not an https address.'],
  ])('says in a sentence what is wrong with the credentials %j', async (content, sentence) => {
    writeFileSync(credentials, JSON.stringify(content));
    expect(await run('probe/index.ts', ['--file', credentials], [])).toEqual({ code: 1, output: expect.stringContaining(sentence) });
  });

  it.each([['--client-secret', 'x'], ['x']])('takes no credentials as options (%j)', async (...options) => {
    expect((await run('probe/index.ts', options, [])).code).toBe(1);
  });

  it('explains itself', async () => {
    expect(await run('probe/index.ts', ['--help'], [])).toEqual({ code: 0, output: expect.stringContaining('--write') });
  });
});
