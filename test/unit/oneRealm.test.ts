import { readFileSync } from 'node:fs';
import path from 'node:path';

import { UserError } from 'n8n-workflow';

interface Environment {
  keeping<Result>(load: () => Result): Result;
  teardown(): Promise<void>;
}
type EnvironmentClass = new (configuration: { readonly projectConfig: object }) => Environment;

const OneRealm = jest.requireActual<EnvironmentClass>('../support/jest/oneRealm');
const isolated = (name: string): unknown => {
  let loaded: unknown;
  jest.isolateModules(() => {
    loaded = jest.requireActual(name);
  });
  return loaded;
};

describe('the realm that all files of tests share', () => {
  it('is that of Node and of libraries', () => {
    expect(() => readFileSync(path.join(__dirname, 'missing'))).toThrow(Error);
    expect(new UserError('What a library throws')).toBeInstanceOf(Error);
  });

  it('has one of each library, and the modules of this project anew', () => {
    expect(isolated('n8n-workflow')).toBe(jest.requireActual('n8n-workflow'));
    expect(isolated('../support/agent')).not.toBe(jest.requireActual('../support/agent'));
  });

  it('is as before after a file of tests', async () => {
    process.env.LEFT_ALONE = 'before';
    const before = [Reflect.ownKeys(globalThis), JSON, Reflect.get(process, 'exit')];
    const environment = new OneRealm({ projectConfig: { globals: { SAID_IN_CONFIGURATION: true }, fakeTimers: {} } });
    expect(globalThis).toHaveProperty('SAID_IN_CONFIGURATION', true);

    process.env.LEFT_ALONE = 'changed';
    process.env.LEFT_BEHIND = 'new';
    process.exit = () => {
      throw new Error('Jest forbids it to tests');
    };
    Object.assign(globalThis, { LEFT_BEHIND: true, [Symbol.for('LEFT_BEHIND')]: true, JSON: null });
    await environment.teardown();

    expect(process.env.LEFT_ALONE).toBe('before');
    expect(process.env).not.toHaveProperty('LEFT_BEHIND');
    expect([Reflect.ownKeys(globalThis), JSON, Reflect.get(process, 'exit')]).toEqual(before);
  });

  it('keeps what a library put there while it was loaded', async () => {
    const environment = new OneRealm({ projectConfig: { globals: {}, fakeTimers: {} } });
    environment.keeping(() => Object.assign(globalThis, { FROM_LIBRARY: true }));
    await environment.teardown();
    expect(globalThis).toHaveProperty('FROM_LIBRARY', true);
  });
});
