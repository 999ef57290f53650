import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from '../documentation/citations';
import { Copy } from './copy';
import { root } from './imports';
import { changed, writtenSteps } from './written-steps';

jest.setTimeout(300_000);

const steps = writtenSteps('docs/add-a-process.md');
const sources = [...new Set(steps.map(({ file }) => file))].filter((file) => file.endsWith('.ts'));

let copy: Copy;
beforeAll(() => {
  copy = new Copy();
  for (const { file, isChange, text } of steps) copy.write(file, isChange ? changed(copy.text(file), text) : text);
});
afterAll(() => copy.remove());

/** Runs tests of the copy in a Jest of their own. @returns the titles of those that passed */
async function passed(tests: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const result = copy.path('result.json');
  const args = ['--runInBand', '--ci', '--json', `--outputFile=${result}`, ...tests];
  const { isGood, stderr } = await copy.run('jest/bin/jest.js', args, environment);
  if (!isGood) throw new Error(stderr);
  const { testResults }: Result = JSON.parse(readFileSync(result, 'utf8'));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ status, title }) => (status === 'passed' ? [title] : []));
}

interface Result {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

describe('a process added by the page', () => {
  it('needs no line of what every process shares', () => {
    expect(steps.length).toBeGreaterThan(15);
    expect(steps.filter(({ file }) => file.startsWith('workflows/case/'))).toEqual([]);
    expect(steps.filter(({ file, isChange }) => isChange !== existsSync(join(root, file)))).toEqual([]);
  });

  it('pleases the compiler', async () => {
    expect(Object.fromEntries(await copy.complaints('tsconfig.json'))).toEqual({});
  });

  it('is written as everything else here', async () => {
    const [formatted, linted] = await Promise.all([
      copy.run('prettier/bin/prettier.cjs', ['--check', ...sources]),
      copy.run('oxlint/bin/oxlint', sources),
    ]);
    expect([formatted.isGood ? '' : formatted.stderr, linted.isGood ? '' : linted.stdout]).toEqual(['', '']);
  });

  it('runs on a real server and the sandbox, is replayed, and is told where people look', async () => {
    const pages = ['test/documentation/activities.test.ts', 'test/documentation/decisions.test.ts'];
    const recording = ['test/workflows/send-sample.test.ts', ...pages];
    expect(await passed(recording, { WAYBILL_RECORD: '1' })).toEqual(
      expect.arrayContaining([
        'adopts the order whose answer was lost, goes on in another history, and leaves when somebody says so',
        'is called off by a message: the question is taken back, and the order marked cancelled',
      ]),
    );
    expect(copy.text('docs/decisions.md')).toContain('### `sample-release`');
    expect(copy.text('docs/activities.md')).toContain(
      '| `placeSample` | writes | ManEx: create the order of a sample |',
    );
    const replayed = 'replays the golden history send-sample.lost-answer.json on the workflows of today';
    expect(await passed(['test/workflows/replay.test.ts', '-t', 'golden history send-sample'])).toContain(replayed);
  });

  it('keeps to the walls, and to what the documents say of all', async () => {
    const all = await passed(['test/architecture.test.ts', 'test/documentation/promises.test.ts']);
    expect(all.length).toBeGreaterThan(30);
    const named = 'name files and folders that exist';
    expect(await passed(['test/documentation/documents.test.ts', '-t', named])).toEqual([named]);
    const added = steps.filter(({ isChange }) => !isChange);
    expect(added.flatMap(({ file, text }) => follow(file, text).astray)).toEqual([]);
  });
});
