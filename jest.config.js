/** Types are checked by `npm run typecheck`; swc only strips them. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/environment/global-setup.ts',
  globalTeardown: '<rootDir>/test/environment/global-teardown.ts',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // The part of the fault matrix has its own script until a whole run of it has been seen to end green.
  testPathIgnorePatterns: ['/node_modules/', '/test/durability/matrix'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
