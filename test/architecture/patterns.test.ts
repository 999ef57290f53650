import { checkPatterns, patternFault, productTexts } from './pattern-check';
import { patternsIn } from './patterns';

const found = (text: string) => patternsIn('a.ts', text);
const checked = (text: string) => checkPatterns(new Map([['a.ts', text]])).faults;

describe('the check of patterns', () => {
  it.each([
    ['a square', '/\\s+$/', '2nd degree polynomial'],
    ['a cube', '/\\s*\\s*$/', 'polynomial'],
    ['more than any power', '/^(a|a)*$/', 'exponential'],
    ['a word that begins anywhere', '/est\\w* a/', 'polynomial'],
    ['what looks ahead', '/^(?=a)\\w+$/', 'can only be tried'],
    ['what comes back to a group', '/(a+)\\1$/', 'can only be tried|polynomial'],
    ['what is no pattern', '/(?<a>b)(?<a>c)/', 'cannot be judged'],
  ])('finds %s', (_, literal, why) => {
    expect(checked(`\nconst text = given.trim();\nexport const found = ${literal}.exec(text);\n`)).toEqual([
      expect.stringMatching(new RegExp(`^a\\.ts:3: .*(?:${why})`)),
    ]);
  });

  it('shows a text by which one grows', () => {
    expect(patternFault({ source: '\\s+$', flags: '' })).toMatch(/^2nd degree polynomial, for .*repeat/);
  });

  it.each(['/^\\s+/', '/[^.\\s](?:.*[^.\\s])?/s', '/\\d{1,20}$/', '/^[\\w.:/+=-]{1,100}$/', '/\\p{L}+/gu', '/a+b/y'])(
    'lets %s pass',
    (literal) => {
      expect(checked(`export const it = ${literal};`)).toEqual([]);
    },
  );

  it('names every place of a pattern', () => {
    expect(checked('const a = /b+$/;\nconst c = /b+$/;').map((fault) => fault.slice(0, 12))).toEqual([
      'a.ts:1: /b+$',
      'a.ts:2: /b+$',
    ]);
  });
});

describe('patterns are found', () => {
  it.each([
    ['in an argument', 'export const a = text.replace(/x/g, "");', ['/x/g']],
    [
      'in a class',
      'class A { readonly #a = [/x/, { b: /y/u }]; c(d = /z/) { return () => /w/s; } }',
      ['x', 'y', 'z', 'w'],
    ],
    ['in a template', 'const a = `${/x/.source}`;', ['/x/']],
    ['behind letters of several bytes', '// é\nconst é = "ü"; const a = /ß/;', ['/ß/']],
    ['in a cast', 'const a = (/x/ as RegExp)!;', ['/x/']],
    [
      'made of constants',
      "const N = String.raw`\\d`;\nconst M = `${N}+`;\nconst a = new RegExp(`^${M}$`, 'y');",
      ['^\\d+$'],
    ],
    ['made without new', "const a = RegExp('x');", ['/x/']],
  ])('%s', (_, text, written) => {
    const { patterns, refusals } = found(text);
    expect(refusals).toEqual([]);
    expect(patterns.map(({ source, flags }) => `/${source}/${flags}`)).toEqual(
      written.map((each) => expect.stringContaining(each)),
    );
  });

  it.each([
    ['of an argument', 'const a = (b: string) => new RegExp(b);'],
    ['of an import', "import { B } from './b';\nnew RegExp(`^${B}`);"],
    ['of what may change', "let b = 'c';\nnew RegExp(b);"],
    ['of another pattern', 'new RegExp(/a/.source + other);'],
    ['with flags of an argument', "const a = (b: string) => new RegExp('x', b);"],
    ['under another name', 'const R = RegExp;\nnew R(given);'],
    ['through an object', 'new globalThis.RegExp(given);'],
    ['by match', "text.match('a+$');"],
    ['by search', 'text.search(`${given}$`);'],
    ['by matchAll', 'text?.matchAll(one + two);'],
  ])('or refused: one made %s', (_, text) => {
    expect(found(text).refusals).toHaveLength(1);
  });

  it('not in types', () => {
    expect(found('const f = (a: RegExp): a is RegExp => a instanceof RegExp;')).toEqual({ patterns: [], refusals: [] });
  });

  it('in the product', () => {
    const texts = [...productTexts()];
    expect(texts.map(([file]) => file)).toEqual(
      expect.arrayContaining(['bin/waybill.js', 'src/domain/values/instant.ts', 'worker/logger.ts']),
    );
    const all = texts.map(([file, text]) => patternsIn(file, text));
    expect(all.flatMap(({ refusals }) => refusals)).toEqual([]);
    expect(all.flatMap(({ patterns }) => patterns).length).toBeGreaterThan(250);
  });
});
