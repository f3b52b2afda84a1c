import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { Child, runToEnd } from './child';
import { parseFlatted } from './flatted';
import { explainInstallFailure } from '../installation/installProblem';
import { takeLock } from './lock';
import { requireSupportedMachine } from '../installation/nodeRuntime';
import { NpmFailure } from '../installation/npm';
import { poll } from './poll';
import { freePort } from './ports';
import { Interrupted } from './problem';
import { spokenDuration } from './progress';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'host-support-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const shell = (script: string) => ({ command: '/bin/sh', args: ['-c', script], cwd: folder, env: process.env });

/** True as long as a process with this id runs. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('Child', () => {
  test('ends what the program has started, even when that ignores being asked', async () => {
    const lines: string[] = [];
    const child = new Child({
      ...shell('sh -c \'trap "" TERM; echo $$; while :; do read line < /dev/zero; done\' & wait'),
      onLine: (line) => lines.push(line),
    });
    const grandchild = Number(await poll(async () => lines[0], { withinMs: 5_000 }));
    expect(runs(grandchild)).toBe(true);
    await child.stop(5_000);
    expect(await poll(async () => (runs(grandchild) ? undefined : 'gone'), { withinMs: 5_000 })).toBe('gone');
  });

  test('does not outlive a process that is killed', async () => {
    const starter = path.join(folder, 'starter.cjs');
    const program = JSON.stringify({ ...shell('echo $$; exec sleep 600'), env: { PATH: process.env.PATH } });
    const start = `new Child({ ...${program}, onLine: (line) => console.log(line) })`;
    writeFileSync(starter, `const { Child } = require(${JSON.stringify(path.join(__dirname, 'child.ts'))}); ${start};`);
    const lines: string[] = [];
    const killed = new Child({
      command: process.execPath,
      args: ['--import', 'tsx', starter],
      cwd: process.cwd(),
      env: process.env,
      onLine: (line) => lines.push(line),
    });
    const grandchild = Number(await poll(async () => lines[0], { withinMs: 20_000 }));
    expect(runs(grandchild)).toBe(true);
    await killed.kill();
    expect(await poll(async () => (runs(grandchild) ? undefined : 'gone'), { withinMs: 20_000 })).toBe('gone');
  });

  test('says why a program cannot be started', async () => {
    const { exit } = await runToEnd({ ...shell(''), command: path.join(folder, 'missing') });
    expect(exit).toEqual({ code: null, reason: expect.stringContaining('ENOENT') });
  });

  test('gives all lines and the exit code', async () => {
    expect(await runToEnd(shell('echo one; echo two >&2; exit 3'))).toEqual({
      exit: { code: 3, reason: 'exit code 3' },
      lines: expect.arrayContaining(['one', 'two']),
    });
  });

  test('is ended by the signal', async () => {
    const controller = new AbortController();
    const run = runToEnd({
      ...shell('echo on; while :; do read line < /dev/zero; done'),
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(run).rejects.toThrow(Interrupted);
  });
});

describe('freePort', () => {
  test('is none that the system gives to connections', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, async () => await freePort()));
    expect(Math.max(...ports)).toBeLessThan(32_768);
    expect(Math.min(...ports)).toBeGreaterThan(1_023);
  });

  test('is another one than that which is taken', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await freePort(port)).not.toBe(port);
    server.close();
    await once(server, 'close');
    expect(await freePort(port)).toBe(port);
  });
});

describe('takeLock', () => {
  test('is held by one process at a time, and free again after release', () => {
    const file = path.join(folder, 'lock');
    writeFileSync(file, String(process.ppid));
    expect(takeLock(file)).toEqual({ heldBy: process.ppid });
    rmSync(file);
    const taken = takeLock(file);
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
    if ('release' in taken) taken.release();
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  test.each(['4194305', 'nonsense', ''])('takes over the lock of a process that is gone (%j)', (holder) => {
    const file = path.join(folder, 'lock');
    writeFileSync(file, holder);
    expect(takeLock(file)).toHaveProperty('release');
  });
});

describe('explainInstallFailure', () => {
  test.each([
    ['npm error code ENOTFOUND', 'registry cannot be reached'],
    ['npm ERR! code ECONNREFUSED', 'registry cannot be reached'],
    ['npm error code E404', 'does not hand out'],
    ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device', 'disk is full'],
    ['gyp ERR! find Python', 'could not be compiled'],
    ['npm error code EACCES', 'may not write'],
    ['npm error something new', 'npm ci failed'],
  ])('%s: %s', (output, expected) => {
    const problem = explainInstallFailure(new NpmFailure('ci', output), 'install.log');
    expect(problem.message).toContain(expected);
    expect(problem.logPath).toBe('install.log');
  });
});

test('requireSupportedMachine turns down what n8n or the scripts cannot run on', () => {
  expect(() => requireSupportedMachine('20.19.0', 'linux-x64')).not.toThrow();
  expect(() => requireSupportedMachine('20.18.3', 'linux-x64')).toThrow('too old');
  expect(() => requireSupportedMachine('22.1.0', 'win32-x64')).toThrow('WSL');
  expect(() => requireSupportedMachine('22.1.0', 'linux-ppc64')).toThrow('Node 24');
  expect(() => requireSupportedMachine('24.1.0', 'linux-ppc64')).not.toThrow();
});

test('parseFlatted puts shared values and cycles in their places', () => {
  const value = parseFlatted('[{"a":"1","b":"2","c":"2","n":1,"t":true,"z":null},"text",["0","1"]]') as Record<string, unknown>;
  expect(value).toMatchObject({ a: 'text', n: 1, t: true, z: null });
  expect(value.b).toBe(value.c);
  expect(value.b).toEqual([value, 'text']);
});

test('poll gives up at the deadline and when it is aborted', async () => {
  expect(await poll<string>(async () => undefined, { withinMs: 20, everyMs: 5 })).toBeUndefined();
  await expect(poll(async () => undefined, { withinMs: 5_000, signal: AbortSignal.abort() })).rejects.toThrow(Interrupted);
});

test('spokenDuration', () => {
  expect([900, 59_400, 61_000, 605_000].map(spokenDuration)).toEqual(['1 s', '59 s', '1 min 01 s', '10 min 05 s']);
});
