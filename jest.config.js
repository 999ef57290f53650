/** Packages that come as modules only, which Jest must be given as CommonJS: the Web UI's Markdown renderer. */
const modulesOnly = [
  ...['@ungap', 'character-entities', 'decode-named', 'devlop', 'hast-util', 'longest-streak', 'markdown-table'],
  ...['mdast-util', 'micromark', 'trim-lines', 'unist-util', 'vfile', 'zwitch'],
];

/** Types are checked by `npm run typecheck`; swc only strips them. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/environment/global-setup.ts',
  globalTeardown: '<rootDir>/test/environment/global-teardown.ts',
  transformIgnorePatterns: [`/node_modules/(?!${modulesOnly.join('|')})`],
  transform: {
    '/node_modules/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }],
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  maxWorkers: 2,
  testTimeout: 30_000,
};
