const { availableParallelism } = require('node:os');

/** One jest project a ring (see docs/testing.md); `npm test` runs those up to engine-host. */
const ring = (name, settings = {}) => ({
  displayName: name,
  rootDir: __dirname,
  // Libraries are loaded once in a worker.
  testEnvironment: '<rootDir>/test/support/jest/oneRealm.js',
  runtime: '<rootDir>/test/support/jest/sharedLibraries.js',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench/sdk/node_modules', '<rootDir>/test/versions/node_modules'],
  ...settings,
});

const engineTests = (...names) => names.map((name) => `<rootDir>/test/engine/${name}.test.ts`);
/** Tests of what a request meets on its way: faults, waiting, stopping, headers, bodies, tokens. */
const onTheWay = engineTests(
  ...['access', 'createDelete', 'event', 'oddServers', 'outage', 'pace', 'signal'],
  ...['subscription', 'transport', 'twoRuns', 'wire', 'workflow'],
);
/** They try both ways themselves, or send nothing. */
const once = engineTests('bench', 'simpleExpressions');
/** Tests that draw a sample, and all of it in the ring `slow` (test/support/sample.ts). */
const sampled = [
  ...engineTests('model', 'simpleExpressions', 'triggerLongRun', 'undoRandom'),
  '<rootDir>/test/probe/readsBack.test.ts',
  ...['model', 'roundTrip'].map((name) => `<rootDir>/test/unit/properties/${name}.test.ts`),
];
/** As where undici is out of reach: n8n's helper sends everything. */
const host = { globals: { KEEPS_CONNECTIONS: false }, resolver: '<rootDir>/test/support/jest/withoutUndici.js' };

module.exports = {
  // More than there are cores: many tests wait for what takes its time, and another can run meanwhile. (Jest reads more than 100% as a
  // number of workers.)
  maxWorkers: 2 * availableParallelism(),
  // A machine that is busy with other things is no fault of what is tested.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/support/jest/slowestFirst.js',
  projects: [
    ring('unit'),
    ring('simulator'),
    ring('probe'),
    ring('versions'),
    ring('sides', { globals: { KEEPS_CONNECTIONS: true } }),
    // The same tests over both ways: over connections that stay open, and over n8n's helper. Of the latter, `npm test` runs those that the
    // way matters to, and `npm run test:e2e` the rest.
    ring('engine', { testMatch: engineTests('**/*'), globals: { KEEPS_CONNECTIONS: true } }),
    ring('engine-host', { testMatch: onTheWay, ...host }),
    ring('engine-host-rest', { testMatch: engineTests('**/*'), testPathIgnorePatterns: [...onTheWay, ...once], ...host }),
    ring('slow', { testMatch: ['<rootDir>/test/slow/**/*.test.ts', ...sampled], globals: { KEEPS_CONNECTIONS: true, DRAWS_ALL: true } }),
    ring('sdk'),
    ring('host'),
    ring('queue'),
    ring('browser'),
  ],
};
