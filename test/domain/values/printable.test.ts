import * as fc from 'fast-check';
import { isPrintable, printable, printableJson, printableLines } from '../../../src/domain/values/printable';
import { LINEAR, growth } from '../../growth';
import { hostileText, naughtyStrings } from './naughty';

/** What no terminal may be sent, and no reader could see. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|\p{M}{5}|^\p{M}| {2}|^ | $/u;

describe('printable', () => {
  it.each([
    ['\u001B[31mred\u001B[0m', 'red'],
    ['\u009B31mred', 'red'],
    ['\uFFFD[31mred', 'red'],
    ['\u001B]0;a title\u0007of a window', ']0;a title of a window'],
    ['two\r\nlines\tand a bell\u0007', 'two lines and a bell'],
    ['three\u2028separated\u2029parts\u0085', 'three separated parts'],
    ['evil\u202Etxt.exe', 'evil txt.exe'],
    ['zero\u200Bwidth\u2060joined\uFEFF', 'zero width joined'],
    ['soft\u00ADhyphen', 'soft hyphen'],
    ['tag\u{E0041}ged', 'tag ged'],
    ['filled\u3164with\u2800nothing', 'filled with nothing'],
    ['no\u00A0break \u3000wide', 'no break wide'],
    [' \uD800 ', ''],
    ['a\uDC00b', 'a b'],
    [`e${'\u0301'.repeat(500)}x`, `e${'\u0301'.repeat(4)}x`],
    ['\u0338 = 1', '= 1'],
    ['Straße, naïve, Ελλάδα, 日本, हिन्दी, שלום', 'Straße, naïve, Ελλάδα, 日本, हिन्दी, שלום'],
  ])('%j becomes %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(isPrintable(text)).toBe(text === shown);
  });

  it('lets nothing of a naughty string through that is obeyed or unseen', () => {
    for (const text of naughtyStrings) expect(printable(text)).not.toMatch(FORBIDDEN);
  });

  it('lets nothing through that is obeyed or unseen, and changes nothing twice', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(FORBIDDEN);
        expect(printable(shown)).toBe(shown);
        expect(isPrintable(shown)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is as short as is asked for, and says so where something is missing', () => {
    expect(printable('x'.repeat(51), 50)).toBe(`${'x'.repeat(49)}…`);
    expect(printable('x'.repeat(50), 50)).toBe('x'.repeat(50));
    expect(printable(`${'\u0000'.repeat(500)}after`, 50)).toBe('…');
    expect(printable(`${'x'.repeat(48)}😀y`, 50)).toBe(`${'x'.repeat(48)}…`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const shown = printable(text, 50);
        expect(shown.length).toBeLessThanOrEqual(50);
        expect(shown).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('keeps the lines and the indentation of a log', () => {
    expect(printableLines('Error: a\u001b[2J\r\n    at b  c\n\n')).toBe('Error: a\n    at b c\n\n');
  });

  it('writes JSON that says the same, without what a terminal obeys', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), (value) => {
        const json = printableJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u200b\u2028\u2029]/u);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const texts = (length: number): string[] =>
      ['a', ' ', '\u001b[', '\u0301', '\ufffd[0', '\u200b', 'a '].map((part) => part.repeat(length / part.length));
    expect(growth(50_000, texts, (each) => each.forEach((text) => void printable(text)))).toBeLessThan(LINEAR);
  });
});
