import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program';

const ROOT = resolve(__dirname, '../..');

/** Every document a reader meets, without what is hidden from them in comments. */
const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8').replace(/<!--[\s\S]*?-->/g, '') }));

const found = (pattern: RegExp): { path: string; name: string }[] =>
  documents.flatMap(({ path, text }) => [...text.matchAll(pattern)].map((match) => ({ path, name: match[1] ?? '' })));

/** A vendor and a process that the pages add as an example. */
const EXAMPLES = /acme|sample/;

describe('the documents', () => {
  it('are there, and are more than one', () => {
    expect(documents.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'README.md',
        'ARCHITECTURE.md',
        'CHANGELOG.md',
        'docs/adr/0001-state-only-in-temporal.md',
      ]),
    );
  });

  it.each([
    ['README.md', 130],
    ['ARCHITECTURE.md', 150],
  ])('%s stays short: at most %i lines', (path, most) => {
    const [lines] = documents.filter((each) => each.path === path).map(({ text }) => text.trimEnd().split('\n').length);
    expect(lines).toBeLessThanOrEqual(most);
  });

  it('name files and folders that exist', () => {
    const paths = found(/`((?:src|workflows|activities|worker|test|docs|bin|\.ci)\/[\w./-]+)`/g);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter(({ name }) => !EXAMPLES.test(name) && !existsSync(resolvedPath(name)))).toEqual([]);
  });

  it('name npm scripts that exist', () => {
    const manifest: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const scripts = found(/npm run ([\w:-]+)/g);
    expect(scripts.length).toBeGreaterThan(5);
    expect(scripts.filter(({ name }) => !(name in manifest.scripts))).toEqual([]);
  });

  it('name commands of the command line that exist', () => {
    const program = createProgram();
    const commands = found(/\bwaybill ([a-z]+)(?![\w.-])/g).filter(({ name }) => name !== 'start');
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter(({ name }) => commandOf(program, name) === undefined)).toEqual([]);
    expect(commandOf(program, 'start')?.commands.map((command) => command.name())).toContain('purchase-order');
  });

  it('keep the decisions numbered without a gap, each with the same four parts', () => {
    const decisions = documents.filter(({ path }) => path.startsWith(join('docs', 'adr')));
    decisions.sort((a, b) => a.path.localeCompare(b.path));
    expect(decisions.map(({ text }) => /^# (\d+)\. /.exec(text)?.[1])).toEqual(
      decisions.map((_, index) => String(index + 1)),
    );
    for (const { text } of decisions) {
      expect([...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual([
        'Context',
        'Decision',
        'Consequences',
        'Rejected',
      ]);
    }
  });
});

/** A module may be named without its ending: `src/transport/http/http`; of many at once, the folder they are in counts. */
function resolvedPath(name: string): string {
  const path = join(ROOT, name.replace(/[*$].*$/, ''));
  return existsSync(path) ? path : `${path}.ts`;
}

const commandOf = (program: Command, name: string): Command | undefined =>
  program.commands.find((command) => command.name() === name);
