import * as fc from 'fast-check';
import { parseJsonAsText } from '../../../src/transport/formats/json';
import { asRequestId } from '../../../src/transport/http/request-id';
import { screenXml } from '../../../src/transport/formats/screen';
import { UnreadableText } from '../../../src/transport/formats/unreadable-text';
import { isXmlText, parseXml, writeXml } from '../../../src/transport/formats/xml';
import { LINEAR, growth } from '../../growth';

function codeOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableText) return error.code;
    throw error;
  }
}

const xsiPrefixes = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `xmlns:p${i}="http://www.w3.org/2001/XMLSchema-instance"`);

describe('the screen', () => {
  it.each([
    ['<a/>', undefined],
    ['\n<?xml version="1.0"?><!-- <b> --><a x="1 > 0"><b>t</b><![CDATA[<c>]]></a>\n', undefined],
    ['<n:a xmlns:n="u"><n:b/></n:a >', undefined],
    ['<é>x</é>', undefined],
    ['<a>__proto__ and constructor</a>', undefined],
    ['', 'EMPTY'],
    ['  \n', 'EMPTY'],
    ['Warning: x in y.php <a/>', 'NOT_XML'],
    ['<a/> trailing', 'NOT_XML'],
    ['<a/><b/>', 'NOT_XML'],
    ['<a></b>', 'NOT_XML'],
    ['</a>', 'NOT_XML'],
    ['<a><1/></a>', 'NOT_XML'],
    ['<a <b/></a>', 'NOT_XML'],
    ['{"a":1}', 'NOT_XML'],
    ['<a>', 'TRUNCATED'],
    ['<a', 'TRUNCATED'],
    ['<a x="', 'TRUNCATED'],
    ['<a></a', 'TRUNCATED'],
    ['<a><!-- x', 'TRUNCATED'],
    ['<!DOCTYPE html><html></html>', 'DOCTYPE'],
    ['<?xml version="1.0"?><!doctype a [<!ENTITY e "x">]><a>&e;</a>', 'DOCTYPE'],
    ['<a id="__proto__"/>', 'HOSTILE_NAME'],
    ['<a id="&#95;_proto&#x5f;_"/>', 'HOSTILE_NAME'],
    ['<a href="#constructor"/>', 'HOSTILE_NAME'],
    ['<__proto__/>', 'HOSTILE_NAME'],
    ['<a>'.repeat(100_000), 'TOO_DEEP'],
    [`<a ${Array.from({ length: 40 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}/>`, 'TOO_MANY_PREFIXES'],
    [`<a ${xsiPrefixes(40).join(' ')}/>`, 'TOO_MANY_PREFIXES'],
    [
      `<a>${xsiPrefixes(40)
        .map((binding) => `<b ${binding}/>`)
        .join('')}</a>`,
      'TOO_MANY_PREFIXES',
    ],
    [`<a ${xsiPrefixes(3_000).join(' ')}/>`, 'TAG_TOO_LONG'],
    [`<a ${'x="1" '.repeat(20_000)}/>`, 'TAG_TOO_LONG'],
    [`<a>${Array.from({ length: 9_999 }, (_, i) => `<a${i}/>`).join('')}</a>`, undefined],
    [`<a>${Array.from({ length: 10_000 }, (_, i) => `<a${i}/>`).join('')}</a>`, 'TOO_MANY_NAMES'],
    [`<a>${'<b/>'.repeat(6_000_000)}</a>`, 'TOO_MANY_VALUES'],
    [`<a>${`<b ${'x="" '.repeat(9_999)}/>`.repeat(4_000)}</a>`, 'TOO_MANY_VALUES'],
  ])('judges %.60s', (text, code) => {
    expect(codeOf(() => screenXml(text))).toBe(code);
  });

  it.each([
    ['an HTML page', (count: number) => `<html>${'<p>vendor is down<br></p>\n'.repeat(count / 5)}</html>`],
    ['opening brackets', (count: number) => '<'.repeat(count * 5)],
    ['opening tags', (count: number) => '<a '.repeat(count * 2)],
    ['quotes', (count: number) => '<a x="'.repeat(count)],
    ['a long document', (count: number) => `<a>${'<b>x</b>'.repeat(count)}</a>`],
  ])('takes its time by length for %s', (_, made) => {
    expect(growth(50_000, made, (text) => void codeOf(() => screenXml(text)))).toBeLessThan(LINEAR);
  });

  it('shows elements in order, by depth, name and place', () => {
    const seen: string[] = [];
    screenXml('<s:E xmlns:s="u"><s:B><x/><y>t</y></s:B></s:E>', (depth, name, at) =>
      seen.push(`${depth} ${name} ${at}`),
    );
    expect(seen).toEqual(['1 s:E 0', '2 s:B 17', '3 x 22', '3 y 26']);
  });
});

describe('XML', () => {
  const lists = new Set(['Site']);

  it('is read as text, with its namespaces, attributes and blanks between elements gone', () => {
    const text = `<?xml version="1.0"?>
      <n:R xmlns:n="u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <Sku>00123</Sku> <Price k="v">1.10</Price><Huge>12345678901234567890</Huge><Exp>1e5</Exp>
        <Name>  &amp; &#233; &#x20AC; &lt;b&gt; </Name><Nil xsi:nil="true"/><Empty/><Flag>false</Flag>
        <Cdata><![CDATA[<x>&amp;]]></Cdata><SiteList><Site><ID>1</ID></Site></SiteList>
      </n:R>`;
    expect(parseXml(text, { root: 'R', lists })).toEqual({
      Sku: '00123',
      Price: '1.10',
      Huge: '12345678901234567890',
      Exp: '1e5',
      Name: '  & é € <b> ',
      Nil: null,
      Empty: '',
      Flag: 'false',
      Cdata: '<x>&amp;',
      SiteList: { Site: [{ ID: '1' }] },
    });
  });

  it.each([
    ['<html><body>down</body></html>', 'WRONG_ROOT'],
    ['<R><a></R>', 'NOT_XML'],
    ['<R>', 'TRUNCATED'],
    ['<R><constructor/></R>', 'HOSTILE_NAME'],
    ['', 'EMPTY'],
  ])('is refused: %s', (text, code) => {
    expect(codeOf(() => parseXml(text, { root: 'R' }))).toBe(code);
  });

  it('comes back from the writer as it went in', () => {
    const xmlText = fc.string({ unit: 'grapheme' }).filter(isXmlText);
    fc.assert(
      fc.property(xmlText, fc.array(xmlText, { minLength: 1 }), (one, many) => {
        const text = writeXml('R', { One: one, Left: undefined, Site: many, Deep: { In: one } });
        // XML reads any line end as \n (XML 1.0 §2.11); the writer keeps a lone \r as a reference.
        expect(parseXml(text, { root: 'R', lists })).toEqual({ One: one, Site: many, Deep: { In: one } });
      }),
    );
  });

  it.each(['\u0001', '\uFFFE', '\uD800', 'x<![CDATA[y]]>'])(
    'is not written with %j, and the text is not shown',
    (bad) => {
      const write = (): string => writeXml('R', { Note: `secret ${bad}` });
      expect(write).toThrow(new RangeError('Note holds characters that XML does not allow'));
    },
  );

  it.each(['evil><x', '', '1a', 'a b'])('has no element named %j', (name) => {
    expect(() => writeXml(name, 'x')).toThrow(RangeError);
  });
});

describe('JSON', () => {
  it('keeps every number as it was written', () => {
    const text =
      '{"ORD_QTY": 4.00, "id":12345678901234567890123, "list":[-1.50e+3,0,true,null,"5"], "s":"a \\" 7 \\\\"}';
    expect(parseJsonAsText(text)).toEqual({
      ORD_QTY: '4.00',
      id: '12345678901234567890123',
      list: ['-1.50e+3', '0', true, null, '5'],
      s: 'a " 7 \\',
    });
  });

  it.each(['', '{', '[1', '{1:2}', '01', '1.', '+1', 'NaN', "{'a':1}", '<html></html>', '"\n"', '[1,]'])(
    'is refused: %s',
    (text) => {
      expect(codeOf(() => parseJsonAsText(text))).toBe('NOT_JSON');
    },
  );

  it('is refused where it is deeper than any document', () => {
    expect(codeOf(() => parseJsonAsText('['.repeat(100) + ']'.repeat(100)))).toBe('TOO_DEEP');
  });

  it.each<[string, string, string]>([
    ['more values than any document', `[${'1,'.repeat(6_000_001)}1]`, 'TOO_MANY_VALUES'],
    [
      'more members than any record',
      `{${Array.from({ length: 10_001 }, (_, i) => `"a${i}":1`).join(',')}}`,
      'TOO_MANY_NAMES',
    ],
    ['an opening that nothing closes', '{"a":1,'.repeat(65), 'TOO_DEEP'],
  ])('is refused before it is parsed where it has %s', (_, text, code) => {
    expect(codeOf(() => parseJsonAsText(text))).toBe(code);
  });

  it.each(['{"__proto__":{"polluted":"yes"},"a":1}', '{"\\u005f_proto__":{"polluted":"yes"},"a":1}'])(
    'loses what would touch a prototype: %s',
    (text) => {
      const value = parseJsonAsText(text);
      expect(Object.keys(value as object)).toEqual(['a']);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it.each(['{"a":1,"a":2}', '{"a":1,"b":{"c":[{"d":1,"\\u0064":1}]}}', '[{"__proto__":1,"__proto__":2}]'])(
    'is refused where a member stands there twice: %s',
    (text) => {
      expect(codeOf(() => parseJsonAsText(text))).toBe('REPEATED_NAME');
    },
  );

  it('means what JavaScript reads, but for the numbers', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const asText = (node: unknown): unknown => {
          if (typeof node === 'number') return JSON.stringify(node);
          if (Array.isArray(node)) return node.map(asText);
          if (node === null || typeof node !== 'object') return node;
          return Object.fromEntries(
            Object.entries(node)
              .filter(([name]) => name !== '__proto__')
              .map(([name, child]) => [name, asText(child)]),
          );
        };
        expect(parseJsonAsText(JSON.stringify(value, null, 1))).toEqual(asText(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it('takes its time by length, also for long strings without an end', () => {
    const texts = (count: number): readonly string[] => [
      `["${'a'.repeat(count * 10)}",${'{"b":1},'.repeat(count)}2]`,
      `"${'\\"'.repeat(count * 5)}`,
    ];
    expect(
      growth(50_000, texts, (each) => each.forEach((text) => void codeOf(() => parseJsonAsText(text)))),
    ).toBeLessThan(LINEAR);
  });
});

it('takes request ids of the usual characters only', () => {
  expect(asRequestId('a-1:B/2')).toBe('a-1:B/2');
  expect(asRequestId(['first', 'second'])).toBe('first');
  expect(asRequestId('a b')).toBeUndefined();
  expect(asRequestId('x'.repeat(101))).toBeUndefined();
  expect(asRequestId(undefined)).toBeUndefined();
});
