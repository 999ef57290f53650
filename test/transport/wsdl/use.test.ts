import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableText } from '../../../src/transport/formats/unreadable-text';
import { checkWsdl } from '../../../src/transport/wsdl/check';
import { usedWhole } from '../../../src/transport/wsdl/use';

const wsdl = (schema: string, part: string): string =>
  '<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t">' +
  `<w:types><x:schema>${schema}</x:schema></w:types>` +
  `<w:message name="putIn">${part}</w:message><w:message name="putOut"><w:part name="return" type="x:boolean"/></w:message>` +
  '<w:portType name="P"><w:operation name="put"><w:input message="t:putIn"/><w:output message="t:putOut"/></w:operation>' +
  '</w:portType></w:definitions>';
const type = (name: string, members: string): string =>
  `<x:complexType name="${name}"><x:sequence>${members}</x:sequence></x:complexType>`;
const member = (name: string, of: string, more = ''): string => `<x:element name="${name}" type="${of}"${more}/>`;
const MANY = ' maxOccurs="unbounded"';

describe('a WSDL as a table of what is used', () => {
  const schema =
    type('Order', member('id', 'x:string') + member('lines', 't:Lines') + member('extra', 'x:anyType')) +
    type('Lines', member('line', 't:Line', MANY)) +
    type('Line', member('id', 'x:string') + member('of', 't:Order') + member('notes', 'x:string', MANY));
  const use = usedWhole(wsdl(schema, '<w:part name="order" type="t:Order"/>'));

  it('has every operation with its parts and its answer', () => {
    expect(use.operations).toEqual([
      {
        ...{ name: 'put', method: 'put', isRequired: true },
        parts: [{ name: 'order', path: 'order', isList: false, record: 'order' }],
        answer: [{ name: 'return', path: 'return', isList: false }],
      },
    ]);
  });

  it('has every record once, also one that holds itself', () => {
    expect(use.records).toEqual({
      order: [
        { name: 'id', path: 'id', isList: false },
        { name: 'lines', path: 'lines', isList: true, record: 'lines' },
        { name: 'extra', path: 'extra', isList: false, isOpen: true },
      ],
      lines: [
        { name: 'id', path: 'id', isList: false },
        { name: 'of', path: 'of', isList: false, record: 'order' },
        { name: 'notes', path: 'notes', isList: true },
      ],
    });
  });

  it('tells two records of one name apart', () => {
    const two =
      type('A', member('to', 't:ToA')) + type('ToA', member('a', 'x:string')) + type('B', member('to', 't:ToB'));
    const parts = '<w:part name="one" type="t:A"/><w:part name="other" type="t:B"/>';
    const { records } = usedWhole(wsdl(two + type('ToB', member('b', 'x:string')), parts));
    expect(Object.keys(records)).toEqual(['one', 'to', 'other', 'to 2']);
    expect([records['to']?.[0]?.name, records['to 2']?.[0]?.name]).toEqual(['a', 'b']);
  });

  it('says which operations are needed', () => {
    const text = wsdl('', '<w:part name="order" type="x:string"/>');
    expect(usedWhole(text, (name) => name !== 'put').operations).toMatchObject([{ name: 'put', isRequired: false }]);
    const gone = checkWsdl(
      usedWhole(text, () => false),
      text.replaceAll('"put"', '"post"'),
    );
    expect(gone.findings).toMatchObject([{ used: 'put', state: 'missing', isRequired: false, candidates: ['post'] }]);
  });

  it('leaves open what it leaves open: a text, a record or a list may stand there', () => {
    const open = usedWhole(wsdl(type('Order', member('extra', 'x:anyType')), '<w:part name="order" type="t:Order"/>'));
    const texts = ['x:string', 't:Extra', 't:Extras'].map((of) =>
      wsdl(
        type('Order', member('extra', of)) +
          type('Extra', member('a', 'x:string') + member('b', 'x:string')) +
          type('Extras', member('e', 'x:string', MANY)),
        '<w:part name="order" type="t:Order"/>',
      ),
    );
    const states = texts.flatMap((text) => checkWsdl(open, text).findings.map(({ state }) => state));
    expect(new Set(states)).toEqual(new Set(['there']));
  });

  it('is nothing without a WSDL', () => {
    expect(() => usedWhole('<html></html>')).toThrow(UnreadableText);
  });
});

describe.each([
  ['centra/centra.wsdl', 17],
  ['centra/navision-soap.wsdl', 17],
  ['centra/navision-api.wsdl', 17],
  ['isync/isync.wsdl', 3],
])('the packaged %s', (path, count) => {
  const text = readFileSync(join(__dirname, '../../../src/vendors', path), 'utf8');

  it('is all that it uses', () => {
    const use = usedWhole(text);
    expect(use.operations).toHaveLength(count);
    const { findings, imports } = checkWsdl(use, text);
    expect(findings.filter(({ state }) => state !== 'there')).toEqual([]);
    expect(imports).toEqual([]);
  });
});
