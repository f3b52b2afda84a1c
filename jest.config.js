/** One jest project a ring (see docs/testing.md); `npm test` runs the first three. */
const ring = (name, settings = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/host/node_modules', '<rootDir>/bench/sdk/node_modules'],
  ...settings,
});

module.exports = {
  projects: ['unit', 'simulator', 'engine', 'host', 'browser'].map((name) => ring(name)),
};
