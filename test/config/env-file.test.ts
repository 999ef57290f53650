import * as fc from 'fast-check';
import { parseEnv } from 'node:util';
import { readEnvFile } from '../../src/config/env-file';

const isOurs = (name: string): boolean => name.startsWith('MANEX_');
const read = (text: string) => readEnvFile(Buffer.from(text), isOurs);

describe('a .env file', () => {
  it('is read as Node reads it, and an honest one has no issues', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Z_]{0,9}$/), { maxLength: 6 });
    const values = fc.constantFrom('', 'x', '"a b"', "'a\nB=1\n# c'", '`"\nB=2`', '"open', ' y # z', '"a" # "b', '==');
    fc.assert(
      fc.property(
        names,
        fc.array(values, { minLength: 6, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        (keys, put, end) => {
          const text = keys.map((key, index) => `${key}=${put[index] ?? ''}`).join(end);
          expect(read(text).values).toEqual(parseEnv(text));
        },
      ),
    );
    expect(read('A="x\nMANEX_A=2\n"\nMANEX_A=3\n# MANEX_A=4\n\nexport B=1').issues).toEqual([]);
  });

  it.each([
    ['plainly', 'MANEX_A=1\n\n# a\nMANEX_A=2', 'MANEX_A is set twice in .env, in lines 1 and 4; remove one of them'],
    ['to nothing first', 'MANEX_A=\nMANEX_A=2', 'MANEX_A is set twice in .env, in lines 1 and 2; remove one of them'],
    [
      'after a value of several lines',
      "A='x\n\ny'\r\nexport A=1",
      'A is set twice in .env, in lines 1 and 4; remove one of them',
    ],
    ['with blanks', ' A = 1\nB="\nA=1', 'A is set twice in .env, in lines 1 and 3; remove one of them'],
  ])('that sets a variable twice is refused, with its lines: %s', (_, text, issue) => {
    expect(read(text).issues).toEqual([issue]);
  });

  it('that has one of our variables in other letters is refused', () => {
    expect(read('manex_api_key=1\nhttp_proxy=x\nHTTP_PROXY=y\nMANEX_Ｂ=1').issues).toEqual([
      'manex_api_key in line 1 of .env is not used; write it MANEX_API_KEY',
      'MANEX_Ｂ in line 4 of .env is not used; write it MANEX_B',
    ]);
  });

  it('may begin with a byte-order mark, and must be UTF-8', () => {
    expect(read('\uFEFFMANEX_A=é')).toEqual({ values: { MANEX_A: 'é' }, issues: [] });
    expect(readEnvFile(Buffer.from('\uFEFFMANEX_A=é', 'utf16le'), isOurs)).toEqual({
      values: {},
      issues: ['.env cannot be read: it is not UTF-8 text; save it as UTF-8'],
    });
  });
});
