import { relative } from 'node:path';
import { root } from '../architecture/imports';
import { follow, readFiles } from './citations';

const files = readFiles().filter((file) => file !== relative(root, __filename));

it('every reference in a page, a comment or a message leads to a file and a heading that exist', () => {
  expect(files.length).toBeGreaterThan(500);
  const followed = files.map((file) => ({ file, ...follow(file) }));
  expect(followed.flatMap(({ citations }) => citations).length).toBeGreaterThan(300);
  const astray = followed.flatMap((one) => one.astray);
  expect(astray).toEqual([]);
});

it.each([
  ['x.ts', '/** docs/vendors/manex.md#soadd. */'],
  ['x.ts', '// see docs/promises.md (ADR 3), by RFC 9110 \u00a710.2.3'],
  ['x.ts', 'const shown = `ARCHITECTURE.md, "Rooms"`;'],
  ['x.ts', 'const link = "[reading](reading.md)"; type T = Row[I]; // README.md'],
  ['docs/x.md', '[a](promises.md#whose-it-is), [b](../src/sandbox), [c](https://example.com/x.md#y)'],
])('what leads somewhere is no fault: %s %s', (file, text) => {
  const { citations, astray } = follow(file, text);
  expect(astray).toEqual([]);
  expect(citations.length).toBeGreaterThan(0);
});

it.each([
  ['x.ts', '/** docs/vendors/none.md. */', 'docs/vendors/none.md'],
  ['x.ts', '/** docs/vendors/manex.md#so-nothing. */', 'docs/vendors/manex.md#so-nothing'],
  ['x.ts', '/** As manex.md says. */', 'manex.md'],
  ['x.ts', '// by the contract \u00a7B.2', '\u00a7'],
  ['x.ts', ' * whatever the caller says [I].', '[I]'],
  ['x.ts', '// as decided (ADR 999)', 'ADR 999'],
  ['x.ts', '`ARCHITECTURE.md, "Cellar"`', 'ARCHITECTURE.md, "Cellar"'],
  ['docs/x.md', '[gone](gone.md)', '](gone.md)'],
  ['docs/x.md', '[gone](promises.md#gone)', '](promises.md#gone)'],
])('what leads nowhere is found: %s %s', (file, text, astray) => {
  expect(follow(file, `\n${text}`).astray).toContain(`${file}:2: ${astray}`);
});
