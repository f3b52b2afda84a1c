/** One jest project a ring (see docs/testing.md); `npm test` runs the first seven. */
const ring = (name, settings = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench/sdk/node_modules', '<rootDir>/test/versions/node_modules'],
  ...settings,
});

const engine = { testMatch: ['<rootDir>/test/engine/**/*.test.ts'] };
/** They try both ways themselves, or send nothing. */
const once = ['<rootDir>/test/engine/bench.test.ts', '<rootDir>/test/engine/simpleExpressions.test.ts'];

module.exports = {
  // By default jest leaves one core unused, and of two that is half of the machine.
  maxWorkers: '100%',
  // A machine that is busy with other things is no fault of what is tested.
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/jest/slowestFirst.js',
  projects: [
    ring('unit'),
    ring('simulator'),
    ring('probe'),
    ring('versions'),
    ring('sides', { globals: { KEEPS_CONNECTIONS: true } }),
    // The same tests twice: over connections that stay open, and as where undici is out of reach.
    ring('engine', { ...engine, globals: { KEEPS_CONNECTIONS: true } }),
    ring('engine-host', {
      ...engine,
      globals: { KEEPS_CONNECTIONS: false },
      resolver: '<rootDir>/test/support/jest/withoutUndici.js',
      testPathIgnorePatterns: once,
    }),
    ring('slow'),
    ring('sdk'),
    ring('host'),
    ring('queue'),
    ring('browser'),
  ],
};
