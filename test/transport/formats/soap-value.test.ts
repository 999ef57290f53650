import { UnreadableText } from '../../../src/transport/formats/unreadable-text';
import { itemsOf, unsendable, unwrap } from '../../../src/transport/formats/soap-value';

const typed = (value: string): object => ({ attributes: { 'xsi:type': 'xsd:string' }, $value: value });

describe('a SOAP value', () => {
  it.each<[string, unknown, unknown]>([
    ['plain text', 'a', 'a'],
    ['typed text', typed('a'), 'a'],
    ['nil', null, null],
    ['nothing', undefined, null],
    ['nil by attribute', { attributes: { 'p:nil': 'true' } }, null],
    ['attributes only', { attributes: { 'xsi:type': 'xsd:string' } }, ''],
    [
      'a record',
      { attributes: { 'xsi:type': 'ns1:Order' }, uid: typed('007'), note: null },
      { uid: '007', note: null },
    ],
    ['an array', { attributes: {}, item: [typed('a'), 'b'] }, { item: ['a', 'b'] }],
    ['a record without prototype', Object.assign(Object.create(null), { a: 'b' }), { a: 'b' }],
  ])('is unwrapped: %s', (_, value, unwrapped) => {
    expect(unwrap(value)).toEqual(unwrapped);
  });

  it.each<[string, unknown]>([
    ['a reference to nowhere', { attributes: { href: '#r9' } }],
    ['a number', 1],
    ['a member every object has', { constructor: [Object, 'x'] }],
    ['a circle', circle()],
  ])('is refused: %s', (_, value) => {
    expect(() => unwrap(value)).toThrow(UnreadableText);
  });
});

describe('an array', () => {
  it.each<[string, unknown, unknown[]]>([
    ['none', undefined, []],
    ['nil', null, []],
    ['empty', '', []],
    ['one record', { item: { uid: '1' } }, [{ uid: '1' }]],
    ['one text', { item: 'a' }, ['a']],
    ['many', { item: ['a', 'b'] }, ['a', 'b']],
    ['entries of another name', { PurchaseOrder: [{ uid: '1' }] }, [{ uid: '1' }]],
    ['a list already', ['a'], ['a']],
    ['a lone text', 'a', ['a']],
  ])('has its entries: %s', (_, array, items) => {
    expect(itemsOf(array)).toEqual(items);
  });
});

describe('an argument', () => {
  it.each<[string, unknown, string | undefined]>([
    ['text and records', { a: 'x', b: { item: ['1', null, { c: '<&>' }] } }, undefined],
    ['a control character', { a: { b: ['ok', '\u0001'] } }, 'a.b[1]'],
    ['a lone surrogate', { a: '\uD800' }, 'a'],
    ['CDATA', { a: '<![CDATA[x]]></a><b>evil</b>' }, 'a'],
    ['a date', { a: new Date(0).getTime() }, 'a'],
    ['nothing', { a: undefined }, 'a'],
    ['raw XML', { a: { $xml: '<evil/>' } }, 'a (a name)'],
    ['attributes', { a: { attributes: { x: '"' } } }, 'a (a name)'],
  ])('is looked at before node-soap writes it: %s', (_, input, path) => {
    expect(unsendable(input)).toBe(path);
  });
});

function circle(): object {
  const record: Record<string, unknown> = {};
  record['self'] = record;
  return record;
}
