import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { request } from 'undici';
import { startSimulator } from '.';

// Each test starts Node anew, on a machine that may be busy.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '..', '..');

/** `npm run simulator -- …`, without npm in between so that signals arrive. */
function run(...options: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/simulator.ts', ...options], { cwd: ROOT });
}

/** Exit code and everything printed. */
async function finished(child: ChildProcess): Promise<{ code: unknown; output: string }> {
  let output = '';
  child.stdout?.on('data', (text) => (output += String(text)));
  child.stderr?.on('data', (text) => (output += String(text)));
  const closed: unknown[] = await once(child, 'close');
  return { code: closed[0], output };
}

describe('npm run simulator', () => {
  it('prints what a client needs, answers, and ends on Ctrl-C', async () => {
    const child = run('--port', '0', '--dialect', 'acs', '--profiles', '3');
    const end = finished(child);
    const chunks: unknown[] = await once(child.stdout ?? child, 'data');
    const printed = String(chunks[0]);
    const value = (label: string): string => new RegExp(`^${label} +(.+)$`, 'm').exec(printed)?.[1] ?? '';
    expect(value('Organization')).toBe('northwind');
    expect(printed).toContain(`-H 'X-Api-Key: ${value('API key')}'`);
    const curl = /^curl '(\S+)'/m.exec(printed)?.[1] ?? '';
    const headers = { authorization: `Bearer ${value('Access token')}`, 'x-api-key': value('API key') };
    const { statusCode, body } = await request(curl, { headers });
    expect([statusCode, await body.json()]).toEqual([
      200,
      expect.objectContaining({ content: [expect.objectContaining({ lastName: 'Dakota' })] }),
    ]);
    child.kill('SIGINT');
    expect((await end).code).toBe(0);
  });

  it('says in a sentence that the port is taken', async () => {
    const simulator = await startSimulator({ profiles: 1 });
    const { port } = new URL(simulator.url);
    expect(await finished(run('--port', port))).toEqual({ code: 1, output: expect.stringContaining(`Port ${port} is taken.`) });
    await simulator.close();
  });

  it.each([
    [['--dialect', 'x'], '--dialect is v8 or acs, not "x".'],
    [['--rps', 'many'], '--rps takes a whole number of at least 1, not "many".'],
    [['--nothing'], "Unknown option '--nothing'"],
    [['--assumptions', 'no-such-report.json'], 'The report no-such-report.json cannot be read.'],
    [['--assumptions', 'package.json'], 'This is not a report of the probe'],
  ])('says in a sentence what is wrong with %j', async (options, sentence) => {
    expect(await finished(run(...options))).toEqual({ code: 1, output: expect.stringContaining(sentence) });
  });

  it('explains itself', async () => {
    expect(await finished(run('--help'))).toEqual({ code: 0, output: expect.stringContaining('--fresh-keys') });
  });
});
