/** Packages that come as modules only, which Jest must be given as CommonJS: the Web UI's Markdown renderer. */
const modulesOnly = [
  ...['@ungap', 'character-entities', 'decode-named', 'devlop', 'hast-util', 'longest-streak', 'markdown-table'],
  ...['mdast-util', 'micromark', 'trim-lines', 'unist-util', 'vfile', 'zwitch'],
];

/** Folders and files of `test/` whose tests need nothing but Node: no server, no bundle, no download. */
const unit = [
  ...['config', 'config.test.ts', 'documentation', 'documents', 'domain', 'payloads', 'policy', 'terminal'],
  ...['durability/auditor.test.ts', 'durability/matrix.test.ts'],
];
/** What reads and writes the wire, most of it against a sandbox on the loopback interface; without Temporal. */
const vendors = ['activities', 'interop', 'sandbox', 'transport', 'vendors'];

const testsIn = (places) => places.map((place) => `**/test/${place}${place.endsWith('.ts') ? '' : '/**/*.test.ts'}`);
const notIn = (places) => testsIn(places).map((glob) => `!${glob}`);

/** Types are checked by `npm run typecheck`; swc only strips them. */
const shared = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transformIgnorePatterns: [`/node_modules/(?!${modulesOnly.join('|')})`],
  transform: {
    '/node_modules/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }],
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
};

module.exports = {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: testsIn(unit) },
    { ...shared, displayName: 'vendors', testMatch: [...testsIn(vendors), ...notIn(unit)] },
    // Whatever is in neither of the two: a new folder is tested, with Temporal at hand.
    {
      ...shared,
      displayName: 'workflows',
      testMatch: ['**/*.test.ts', ...notIn([...unit, ...vendors])],
      globalSetup: '<rootDir>/test/environment/global-setup.ts',
      globalTeardown: '<rootDir>/test/environment/global-teardown.ts',
    },
  ],
};
