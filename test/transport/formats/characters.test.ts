import * as fc from 'fast-check';
import { mendXml, withoutForbidden } from '../../../src/transport/formats/characters';
import { readInPlace } from '../../../src/transport/reading/reading';
import { LINEAR, growth } from '../../growth';

const inXml = async (content: string): Promise<unknown> =>
  readInPlace({ text: `<r><v>${content}</v></r>` }, { form: 'xml', root: 'r' }).then((read) =>
    typeof read === 'object' && read !== null && 'v' in read ? read['v'] : read,
  );
const inJson = async (content: string): Promise<unknown> =>
  readInPlace({ text: `{"v":"${content}"}` }, { form: 'json' }).then((read) =>
    typeof read === 'object' && read !== null && 'v' in read ? read['v'] : read,
  );

describe('what XML does not allow', () => {
  it.each([
    ['a control character', '&#x1F;', '\uFFFD'],
    ['a vertical tab', '&#xB;', '\uFFFD'],
    ['a form feed, in decimal', '&#12;', '\uFFFD'],
    ['nothing at all', '&#0;', '\uFFFD'],
    ['U+FFFE', '&#xFFFE;', '\uFFFD'],
    ['U+FFFF, with zeros before it', '&#x0000000FFFF;', '\uFFFD'],
    ['a character beyond the last', '&#x110000;', '\uFFFD'],
    ['a number beyond all', '&#99999999;', '\uFFFD'],
    ['a number that never ends', `&#x${'9'.repeat(5_000)};`, '\uFFFD'],
    ['half of a pair', '&#xD83D;', '\uFFFD'],
    ['the wrong half first', '&#xDE00;&#xD83D;', '\uFFFD\uFFFD'],
    ['a pair of halves', '&#xD83D;&#xDE00;', '😀'],
    ['a pair of halves, in decimal', '&#55357;&#56832;', '😀'],
    ['a raw control character', '\u001F', '\uFFFD'],
    ['a raw U+FFFE', '\uFFFE', '\uFFFD'],
    ['half of a pair, raw', 'x\uD83Dx', 'x\uFFFDx'],
  ])('is lost, and only that: %s', async (_, written, read) => {
    expect(await inXml(`a ${written} b`)).toBe(`a ${read} b`);
  });

  it.each([
    ['a letter', '&#233;&#x20AC;', 'é€'],
    ['with leading zeros', '&#x00000041;&#0000000065;', 'AA'],
    ['beyond the first plane', '&#x1F600;', '😀'],
    ['that is a control character of the second row, and allowed', '&#x85;', '\u0085'],
    ['that is markup', '&#60;b&#62;&#38;#x1F;&#x0026;', '<b>&#x1F;&'],
    ['that is a blank', '&#9;&#xA;&#13;', '\t\n\r'],
    ['in a CDATA section, where it is none', '<![CDATA[&#x1F;]]>&#x1F;', '&#x1F;\uFFFD'],
    ['after what only looks like a CDATA section', '<!-- <![CDATA[ -->&#x1F;', '\uFFFD'],
  ])('leaves a reference as it is meant: %s', async (_, written, read) => {
    expect(await inXml(`a${written}b`)).toBe(`a${read}b`);
  });

  it.each([
    ['an escape', String.raw`\u001f\u000B\u0000`, '\uFFFD\uFFFD\uFFFD'],
    ['a short escape', String.raw`\b\f`, '\uFFFD\uFFFD'],
    ['U+FFFE', String.raw`\ufffe\uFFFF`, '\uFFFD\uFFFD'],
    ['half of a pair', String.raw`\ud83d`, '\uFFFD'],
    ['a raw control character', '\u001F', '\uFFFD'],
  ])('is lost in JSON as in XML: %s', async (_, written, read) => {
    expect(await inJson(`a${written}b`)).toBe(`a${read}b`);
  });

  it.each([
    ['a pair', String.raw`\ud83d\ude00`, '😀'],
    ['blanks', String.raw`\t\n\r`, '\t\n\r'],
    ['what is escaped itself', String.raw`\\u001f \" \\`, String.raw`\u001f " ` + '\\'],
  ])('leaves in JSON what is allowed: %s', async (_, written, read) => {
    expect(await inJson(`a${written}b`)).toBe(`a${read}b`);
  });

  it('is one rule: text, reference and escape of one character are read alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0x10ffff }), async (point) => {
        const [low, high] = [point & 0x3ff, (point - 0x10000) >> 10];
        const units = point > 0xffff ? [0xd800 + high, 0xdc00 + low] : [point];
        const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
        const read = await inXml(`&#${point};`);
        expect(read).toBe(withoutForbidden(String.fromCodePoint(point)));
        expect(await inXml(units.map((unit) => `&#x${unit.toString(16)};`).join(''))).toBe(read);
        expect(await inJson(escaped)).toBe(read);
      }),
    );
  });
});

describe('a hostile name', () => {
  it.each(['constru&#x00000063;tor', 'constru&#0000000000099;tor', '&#x00005f;_proto__'])(
    'is seen through its references: %s',
    async (id) => {
      await expect(
        readInPlace({ text: `<r><v id="${id}">x</v></r>` }, { form: 'xml', root: 'r' }),
      ).rejects.toMatchObject({ code: 'HOSTILE_NAME' });
    },
  );
});

it.each([
  ['references', (count: number) => `<a>${'&#x1F;'.repeat(count)}</a>`],
  ['references without an end', (count: number) => `<a>${'&#'.repeat(count)}</a>`],
  ['a long reference', (count: number) => `<a>&#${'0'.repeat(count)}</a>`],
  ['halves of pairs', (count: number) => `<a>${'&#xD83D;'.repeat(count)}</a>`],
  ['CDATA sections', (count: number) => `<a>${'<![CDATA[&#]]>'.repeat(count)}</a>`],
  ['quotes', (count: number) => `<a>&#1;<![CDATA[]]>${'<b x="'.repeat(count)}</a>`],
])('takes its time by length for %s', (_, made) => {
  expect(growth(100_000, made, mendXml)).toBeLessThan(LINEAR);
});
