const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const sameId = (id) => id;
const valuesOf = (object) => new Map(Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, { value }]) => [name, value]));

/**
 * Jest's environment without a realm of its own: tests run beside Node's own `Array` and `Error`, as n8n and its packages do. A realm for
 * each file of tests would need all libraries anew in each (sharedLibraries.js), and is slow at whatever is global.
 *
 * What a file of tests changed of the process goes with it.
 */
module.exports = class OneRealm {
  constructor({ projectConfig: config }) {
    this.global = globalThis;
    this.environment = { ...process.env };
    this.exit = process.exit;
    this.globals = valuesOf(globalThis);
    this.staying = new Set(Reflect.ownKeys(globalThis));
    Object.assign(globalThis, config.globals);
    this.moduleMocker = new ModuleMocker(globalThis);
    const timers = { config, global: globalThis };
    this.fakeTimers = new LegacyFakeTimers({
      ...timers,
      moduleMocker: this.moduleMocker,
      timerConfig: { idToRef: sameId, refToId: sameId },
    });
    this.fakeTimersModern = new ModernFakeTimers(timers);
  }

  /** Runs what loads a library: what that makes global stays, because it loads once. */
  keeping(load) {
    const before = new Set(Reflect.ownKeys(globalThis));
    try {
      return load();
    } finally {
      for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) this.staying.add(key);
    }
  }

  async setup() {}

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    process.exit = this.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.environment)) delete process.env[name];
    Object.assign(process.env, this.environment);
    // Jest's own are among them, such as `expect` and a timeout that was set.
    for (const key of Reflect.ownKeys(globalThis)) if (!this.staying.has(key)) Reflect.deleteProperty(globalThis, key);
    for (const [name, value] of this.globals) {
      if (value !== undefined && !Object.is(Object.getOwnPropertyDescriptor(globalThis, name)?.value, value)) globalThis[name] = value;
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** None: see sharedLibraries.js. */
  getVmContext() {
    return null;
  }
};
