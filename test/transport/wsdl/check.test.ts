import { UnreadableText } from '../../../src/transport/formats/unreadable-text';
import { checkWsdl, type WsdlFinding, type WsdlUse } from '../../../src/transport/wsdl/check';

const wsdl = (schema: string, messages: string, operations: string): string =>
  '<?xml version="1.0"?><w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:x="http://www.w3.org/2001/XMLSchema" ' +
  `xmlns:t="urn:t" targetNamespace="urn:t"><w:types><x:schema targetNamespace="urn:t">${schema}</x:schema></w:types>` +
  `${messages}<w:portType name="P">${operations}</w:portType></w:definitions>`;
const operation = (name: string): string =>
  `<w:operation name="${name}"><w:input message="t:${name}In"/><w:output message="t:${name}Out"/></w:operation>`;

const order = '<x:element name="order_ref" type="x:string"/><x:element name="amount" type="x:decimal"/>';
/** One service, as PHP describes it and as others do. */
const styles: readonly (readonly [string, string])[] = [
  [
    'rpc/encoded with arrays of SOAP encoding',
    wsdl(
      `<x:complexType name="Order"><x:all>${order}<x:element name="to" type="t:To"/><x:element name="lines" type="t:Lines"/></x:all></x:complexType>` +
        '<x:complexType name="To"><x:all><x:element name="city" type="x:string"/></x:all></x:complexType>' +
        '<x:complexType name="Line"><x:all><x:element name="sku" type="x:string"/></x:all></x:complexType>' +
        '<x:complexType name="Lines"><x:complexContent><x:restriction base="e:Array"><x:attribute ref="e:arrayType" w:arrayType="t:Line[]"/></x:restriction></x:complexContent></x:complexType>' +
        '<x:complexType name="Orders"><x:complexContent><x:restriction base="e:Array"><x:attribute ref="e:arrayType" w:arrayType="t:Order[,5]"/></x:restriction></x:complexContent></x:complexType>',
      '<w:message name="listIn"><w:part name="since" type="x:dateTime"/></w:message>' +
        '<w:message name="listOut"><w:part name="return" type="t:Orders"/></w:message>',
      operation('list'),
    ),
  ],
  [
    'document/literal with sequences, wrappers, references, anonymous and derived types',
    wsdl(
      '<x:complexType name="Base"><x:sequence><x:element name="order_ref" type="x:string"/></x:sequence></x:complexType>' +
        '<x:complexType name="Order"><x:complexContent><x:extension base="t:Base"><x:sequence><x:choice>' +
        '<x:element name="amount"><x:simpleType><x:restriction base="x:decimal"/></x:simpleType></x:element></x:choice>' +
        '<x:element name="to"><x:complexType><x:sequence><x:element name="city" type="x:string"/></x:sequence></x:complexType></x:element>' +
        '<x:element ref="t:lines"/></x:sequence></x:extension></x:complexContent></x:complexType>' +
        '<x:element name="lines"><x:complexType><x:sequence><x:element name="line" maxOccurs="unbounded"><x:complexType><x:sequence>' +
        '<x:element name="sku" type="t:Sku"/></x:sequence></x:complexType></x:element></x:sequence></x:complexType></x:element>' +
        '<x:complexType name="Sku"><x:simpleContent><x:extension base="x:string"><x:attribute name="kind"/></x:extension></x:simpleContent></x:complexType>' +
        '<x:element name="list"><x:complexType><x:sequence><x:element name="since" type="x:dateTime"/></x:sequence></x:complexType></x:element>' +
        '<x:element name="listResponse"><x:complexType><x:sequence><x:element name="listResult" type="t:Order" maxOccurs="9"/></x:sequence></x:complexType></x:element>',
      '<w:message name="listIn"><w:part name="parameters" element="t:list"/></w:message>' +
        '<w:message name="listOut"><w:part name="parameters" element="t:listResponse"/></w:message>',
      operation('list'),
    ),
  ],
];

const use: WsdlUse = {
  operations: [
    {
      name: 'list',
      method: 'list',
      parts: [{ name: 'since', path: 'since' }],
      answer: [{ name: 'answer', path: '*', record: 'Order', isList: true, isRequired: true }],
    },
  ],
  records: {
    Order: [
      { name: 'orderRef', path: 'order_ref', isRequired: true },
      { name: 'total', path: 'amount' },
      { name: 'city', path: 'to.city' },
      { name: 'lines', path: 'lines', record: 'Line', isList: true },
    ],
    Line: [{ name: 'sku', path: 'sku' }],
  },
};
const used = [
  'list',
  'list.since',
  'list.answer',
  'Order.orderRef',
  'Order.total',
  'Order.city',
  'Order.lines',
  'Line.sku',
];

const notThere = (findings: readonly WsdlFinding[]) => findings.filter(({ state }) => state !== 'there');

describe.each(styles)('a WSDL in %s', (_, text) => {
  it('is found to have what it has', () => {
    const { findings, imports } = checkWsdl(use, text);
    expect(findings.map((finding) => finding.used)).toEqual(used);
    expect([notThere(findings), imports]).toEqual([[], []]);
  });

  it('is found to lack what it lacks, with the likeliest names for it', () => {
    const wanted: WsdlUse = {
      operations: [
        { name: 'listAll', method: 'lists', parts: [], answer: [] },
        {
          name: 'list',
          method: 'list',
          parts: [{ name: 'from', path: 'from', isRequired: true }],
          answer: use.operations[0]?.answer ?? [],
        },
      ],
      records: {
        Order: [
          { name: 'orderRef', path: 'orderRef', isRequired: true },
          { name: 'street', path: 'to.street' },
          { name: 'to', path: 'to' },
          { name: 'lines', path: 'lines', record: 'Line' },
        ],
      },
    };
    const { findings } = checkWsdl(wanted, text);
    expect(notThere(findings)).toEqual([
      { used: 'listAll', path: 'lists', operation: 'listAll', isRequired: true, state: 'missing', candidates: [] },
      { used: 'list.from', path: 'from', operation: 'list', isRequired: true, state: 'missing', candidates: ['since'] },
      {
        used: 'Order.orderRef',
        path: 'orderRef',
        operation: 'list',
        isRequired: true,
        state: 'missing',
        candidates: ['order_ref', 'amount'],
      },
      {
        used: 'Order.street',
        path: 'to.street',
        operation: 'list',
        isRequired: false,
        state: 'missing',
        candidates: ['to.city'],
      },
      { used: 'Order.to', path: 'to', operation: 'list', isRequired: false, state: 'other-shape', candidates: [] },
      {
        used: 'Order.lines',
        path: 'lines',
        operation: 'list',
        isRequired: false,
        state: 'other-shape',
        candidates: [],
      },
      { used: 'list.since', path: 'since', operation: 'list', isRequired: false, state: 'unused', candidates: [] },
    ]);
  });
});

describe('what a WSDL leaves open', () => {
  const list = (schema: string, type = 't:Orders') =>
    wsdl(
      schema,
      '<w:message name="listIn"><w:part name="since" type="x:dateTime"/></w:message>' +
        `<w:message name="listOut"><w:part name="return" type="${type}"/></w:message>`,
      operation('list'),
    );

  it.each([
    ['anyType', list('', 'x:anyType')],
    ['an array of anything', list('', 'e:Array')],
    ['any element', list('<x:complexType name="Orders"><x:sequence><x:any/></x:sequence></x:complexType>')],
  ])('is no difference: %s', (_, text) => {
    expect(notThere(checkWsdl(use, text).findings)).toEqual([]);
  });

  it('for another document is named, and found in it once it is there', () => {
    const [, text] = styles[0] ?? ['', ''];
    const schema = /<x:schema.*<\/x:schema>/.exec(text)?.[0] ?? '';
    const outside = text.replace(
      schema,
      '<x:schema><x:import namespace="urn:t" schemaLocation="orders.xsd"/></x:schema>',
    );
    expect(checkWsdl(use, outside).imports).toEqual(['orders.xsd']);
    const imported = schema.replace('<x:schema', '<x:schema xmlns:x="x" xmlns:t="t" xmlns:w="w" xmlns:e="e"');
    const { findings, imports } = checkWsdl(use, outside, imported);
    expect([notThere(findings), imports]).toEqual([[], []]);
  });

  it('for ever ends: types that hold, or derive from, themselves', () => {
    const circular =
      '<x:complexType name="Orders"><x:sequence><x:element name="o" maxOccurs="unbounded" type="t:Order"/></x:sequence></x:complexType>' +
      '<x:complexType name="Order"><x:complexContent><x:extension base="t:Other"><x:sequence><x:element name="lines" type="t:Orders"/></x:sequence></x:extension></x:complexContent></x:complexType>' +
      '<x:complexType name="Other"><x:complexContent><x:extension base="t:Order"/></x:complexContent></x:complexType>';
    const own: WsdlUse = {
      ...use,
      records: { Order: [{ name: 'lines', path: 'lines', record: 'Order', isList: true }] },
    };
    expect(notThere(checkWsdl(own, list(circular)).findings)).toEqual([]);
  });
});

describe('what is no WSDL', () => {
  it.each([
    ['a page', '<html><body/></html>', 'WRONG_ROOT'],
    ['a schema alone', '<x:schema xmlns:x="x"/>', 'WRONG_ROOT'],
    ['nothing', '', 'EMPTY'],
    ['half of one', '<w:definitions xmlns:w="w">', 'TRUNCATED'],
    ['a document type', '<!DOCTYPE x><w:definitions xmlns:w="w"/>', 'DOCTYPE'],
  ])('is refused: %s', (_, text, code) => {
    expect(() => checkWsdl(use, text)).toThrow(expect.objectContaining({ code }));
    expect(() => checkWsdl(use, text)).toThrow(UnreadableText);
  });
});
