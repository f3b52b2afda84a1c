/** One jest project a ring (see docs/testing.md); `npm test` runs the first five. */
const ring = (name, settings = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench/sdk/node_modules'],
  ...settings,
});

const engine = { testMatch: ['<rootDir>/test/engine/**/*.test.ts'] };

module.exports = {
  projects: [
    ring('unit'),
    ring('simulator'),
    ring('probe'),
    // The same tests twice: over connections that stay open, and as where undici is out of reach.
    ring('engine', { ...engine, globals: { KEEPS_CONNECTIONS: true } }),
    ring('engine-host', { ...engine, globals: { KEEPS_CONNECTIONS: false }, resolver: '<rootDir>/test/support/withoutUndici.js' }),
    ring('sides', { globals: { KEEPS_CONNECTIONS: true } }),
    ring('sdk'),
    ring('host'),
    ring('queue'),
    ring('browser'),
  ],
};
