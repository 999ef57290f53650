import { join } from 'node:path';
import { readInPlace, type Reading } from '../../../src/transport/reading/reading';
import { UnreadableText } from '../../../src/transport/formats/unreadable-text';
import { memberNames } from '../../../src/vendors/manex/schema';
import { resolveReferences } from '../../../src/transport/formats/json-references';
import { envelopeOf } from '../reading/large';

const before = snapshot();

/** Everything that every object and the functions around it have, as it is now. */
function snapshot(): unknown {
  return [Object, Object.prototype, Array, Array.prototype, Function.prototype, String.prototype, Map.prototype].map(
    (each) =>
      Reflect.ownKeys(each).map((name) => [name, Object.getOwnPropertyDescriptor(each, name)?.value as unknown]),
  );
}

const inherited = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupSetter__',
  'isPrototypeOf',
  'toLocaleString',
  'propertyIsEnumerable',
];

/** A name in every spelling that XML reads as that name in the value of an attribute. */
const spellings: readonly (readonly [string, (name: string) => string])[] = [
  ['as it is', (name) => name],
  ['a padded reference', (name) => name.replace(/.$/, (c) => `&#x${c.charCodeAt(0).toString(16).padStart(12, '0')};`)],
  ['an upper-case X', (name) => name.replace(/^./, (c) => `&#X${c.charCodeAt(0).toString(16).toUpperCase()};`)],
  ['decimal, padded', (name) => name.replace(/^./, (c) => `&#${String(c.charCodeAt(0)).padStart(9, '0')};`)],
  ['references throughout', (name) => Array.from(name, (c) => `&#${c.charCodeAt(0)};`).join('')],
  ['blanks around it', (name) => ` \n${name}\t`],
  ['blanks as references', (name) => `&#32;${name}&#x9;`],
];

/** Where a name of a document is kept by its reader. */
const places: readonly (readonly [string, (name: string) => string])[] = [
  ['an id', (name) => `<a id="${name}">1</a>`],
  ['an id in single quotes', (name) => `<a id='${name}'>1</a>`],
  ['an id after a line break', (name) => `<a x="1"\n\tid\n=\n"${name}">1</a>`],
  ['a reference', (name) => `<a href="#${name}"/>`],
  ['a reference without its mark', (name) => `<a href="x${name}"/>`],
  ['a reference with a coded mark', (name) => `<a href="&#35;${name}"/>`],
  ['a type', (name) => `<a xsi:type="xsi:${name}">1</a>`],
  ['the prefix of a type', (name) => `<a xsi:type="${name}:string">1</a>`],
  ['a namespace', (name) => `<a xmlns:p="${name}" xsi:type="p:string">1</a>`],
];

/** Where XML knows no references. */
const bareNames: readonly (readonly [string, (name: string) => string])[] = [
  ['an element', (name) => `<${name}>1</${name}>`],
  ['an empty element', (name) => `<${name}/>`],
  ['an element of a namespace', (name) => `<xsi:${name}>1</xsi:${name}>`],
  ['a prefix of an element', (name) => `<${name}:a xmlns:${name}="u">1</${name}:a>`],
  ['an attribute', (name) => `<a ${name}="1">1</a>`],
  ['an attribute of a namespace', (name) => `<a xsi:${name}="1">1</a>`],
];

const documents: readonly (readonly [string, (inside: string) => string, Reading])[] = [
  ...(
    [
      ['Claritum', 'claritum/claritum.wsdl', 'getPurchaseOrdersResponse'],
      ['Centra', 'centra/centra.wsdl', 'events_Get'],
      ['iSync', 'isync/isync.wsdl', 'ExecuteResponse'],
    ] as const
  ).map(
    ([vendor, file, declared]) =>
      [
        vendor,
        (inside: string) => envelopeOf(`<ns1:${declared} xmlns:ns1="u">${inside}</ns1:${declared}>`),
        { form: 'soap', wsdlFile: join(__dirname, '../../../src/vendors', file), elements: { declared } },
      ] as const,
  ),
  [
    'NorthScope',
    (inside) => `<NSResponse xmlns:xsi="u">${inside}</NSResponse>`,
    { form: 'either', root: 'NSResponse' },
  ],
  ['a document in an answer', (inside) => `<R xmlns:xsi="u">${inside}</R>`, { form: 'xml', root: 'R' }],
];

const codeOf = async (text: string, reading: Reading): Promise<string> =>
  readInPlace({ text }, reading).then(
    () => 'read',
    (error: unknown) => (error instanceof UnreadableText ? error.code : String(error)),
  );

describe.each(documents)('a member that every object has, in an answer of %s', (_, around, reading) => {
  it.each(places)('is refused as %s, however it is spelled', async (__, put) => {
    for (const name of inherited) {
      for (const [spelling, spell] of spellings) {
        expect([name, spelling, await codeOf(around(put(spell(name))), reading)]).toEqual([
          name,
          spelling,
          'HOSTILE_NAME',
        ]);
      }
    }
  });

  it.each(bareNames)('is refused as %s', async (__, put) => {
    for (const name of inherited) {
      expect([name, await codeOf(around(put(name)), reading)]).toEqual([name, 'HOSTILE_NAME']);
    }
  });

  it.each(bareNames)('cannot be spelled with references as %s', async (__, put) => {
    for (const name of inherited) {
      for (const [, spell] of spellings.slice(1, 5)) {
        expect(await codeOf(around(put(spell(name))), reading)).toMatch(/^(?:NOT_XML|TRUNCATED)$/);
      }
    }
  });

  it.each([
    ['a text', (name: string) => `<a>${name}</a>`],
    ['a text in a CDATA section', (name: string) => `<a><![CDATA[ id="${name}" ]]></a>`],
    ['a comment', (name: string) => `<a><!-- id="${name}" -->1</a>`],
    ['part of a longer value', (name: string) => `<a x="the ${name.replaceAll('_', '')} of it">1</a>`],
  ])('is nobody’s harm as %s', async (__, put) => {
    for (const name of inherited) expect(await codeOf(around(put(name)), reading)).toBe('read');
  });

  it('is not what is escaped twice: a parser reads it once', async () => {
    expect(await codeOf(around('<a id="constru&amp;#x63;tor">1</a>'), reading)).toBe('read');
    expect(await codeOf(around('<a id="&quot;constructor&quot;">1</a>'), reading)).toBe('read');
  });
});

it.each([
  ['unquoted', '<a id=constructor>1</a>'],
  ['twice', '<a id="x" id="y">1</a>'],
  ['behind another without a blank', '<a x="1"id="constructor">1</a>'],
  ['without a value', '<a id>1</a>'],
  ['with an entity of nobody', '<a id="&constructor;">1</a>'],
])('an id is refused by every reader: %s', async (_, inside) => {
  for (const [, around, reading] of documents.slice(0, 3)) {
    expect(await codeOf(around(inside), reading)).toMatch(/^(?:NOT_XML|NOT_SOAP)$/);
  }
});

describe('a member that every object has, in JSON', () => {
  const escaped = (name: string): string =>
    Array.from(name, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

  it('is a member like any other, escaped or not; but for __proto__, which vanishes', async () => {
    for (const name of inherited) {
      for (const spelled of [name, escaped(name), escaped(name).toUpperCase().replaceAll('U', 'u')]) {
        const text = `{"NSResponse":{"${spelled}":{"polluted":"yes"},"a":["${spelled}"]}}`;
        const read = await readInPlace({ text }, { form: 'either', root: 'NSResponse' });
        expect(read).toEqual({
          NSResponse: { ...(name === '__proto__' ? {} : { [name]: { polluted: 'yes' } }), a: [name] },
        });
        const resolved = resolveReferences(read, memberNames);
        expect(JSON.stringify(resolved)).toBe(JSON.stringify(read));
      }
    }
  });

  it('is an id like any other', () => {
    for (const name of inherited) {
      const reply = [{ $id: name, PRICE: '1' }, { $ref: name }];
      expect(resolveReferences(reply, memberNames)).toMatchObject([{ PRICE: '1' }, { PRICE: '1' }]);
      expect(() => resolveReferences([{ $ref: name }], memberNames)).toThrow('BAD_REFERENCE');
    }
  });
});

it('nothing has come onto any object by all that', () => {
  const bare: Record<string, unknown> = {};
  expect([bare['obj'], bare['hrefs'], bare['polluted']]).toEqual([undefined, undefined, undefined]);
  expect(snapshot()).toEqual(before);
});
